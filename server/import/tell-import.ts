import type { ImportDetail, ImportedKind, ImportPreview, OpenDates } from '#contract/import.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { findBatch, findTaken, rejectedRows } from '#server/import/batch.store.ts'
import { isKept, keptPath } from '#server/import/kept-file.ts'
import { previewFile } from '#server/import/preview-file.ts'
import { labelOf } from '#server/import/settle-dates.ts'
import { fileGone } from '#server/import/upload-import.ts'
import type { Database } from '#server/platform/database.ts'
import { findJob } from '#server/platform/job.ts'

const rejectedShown = 100

/** How far an import is and what was found; the page of an import is made from it at any time. */
export async function tellImport(db: Database, id: string): Promise<ImportDetail | Refusal> {
  const batch = await findBatch(db, id)
  if (!batch) return refuse('not-found', 'There is no such import.')
  const rejected = await db.rows(rejectedRows(id, rejectedShown))
  const job = batch.jobId === null ? undefined : await findJob(db, batch.jobId)
  return {
    ...batch,
    rejected,
    hasFile: await isKept(id),
    job: job
      ? {
          id: job.id,
          state: job.state,
          stepsDone: job.stepsDone,
          stepsTotal: job.stepsTotal,
          message: job.message,
          messageZh: job.messageZh,
        }
      : null,
    openDates: batch.options.dateOrder ? null : openDatesIn(batch.kind, job?.result),
  }
}

/** The question of dates at which a check by a job stopped. */
function openDatesIn(kind: ImportedKind, result: unknown): OpenDates | null {
  // Written by the job that settleDates refused.
  const { facts } = (result as Partial<Refusal> | null)?.refused ?? {}
  if (facts?.question !== 'date-order') return null
  const { example = null, field, readings = [] } = facts as Partial<OpenDates>
  return { field: field ?? '', label: labelOf(kind, field ?? ''), example, readings }
}

/** How the file of an import would be read as it is described now. */
export async function previewImport(db: Database, id: string): Promise<ImportPreview | Refusal> {
  const batch = await findBatch(db, id)
  if (!batch || !(await isKept(id))) return fileGone
  const { kind, options } = batch
  const seen = await previewFile(db, { path: keptPath(id), kind, options })
  if (isRefusal(seen)) return seen
  const { fileBytes: _bytes, fileHash: hash, ...preview } = seen
  const taken = await findTaken(db, { kind, hash, options })
  return {
    ...preview,
    takenBefore: taken ? { id: taken.id, appliedAt: taken.appliedAt, by: taken.createdBy } : null,
  }
}
