import type { ImportDescription, ImportDetail, ImportPreview } from '#contract/import.ts'

/** What the parts of the page have that describe a file: as it is told, as it is read, a way to tell more. */
export type Describing = {
  readonly detail: ImportDetail
  readonly preview: ImportPreview
  readonly describe: (change: Partial<ImportDescription>) => void
}
