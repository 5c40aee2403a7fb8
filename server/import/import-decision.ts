import type { ImportCounts, ImportNote } from '#contract/import.ts'

/** Rows of a batch by what becomes of them, and by what they bring. */
type DecidedCounts = Omit<ImportCounts, 'rows' | 'blank' | 'total' | 'bad'>

/** What the rows of a batch are to what is there now. */
export type Decision = {
  readonly counts: DecidedCounts
  /** Rows that contradict each other or what is there. */
  readonly bad: number
  readonly notes: readonly ImportNote[]
}

export const nothingDecided: DecidedCounts = {
  good: 0,
  updated: 0,
  unchanged: 0,
  repeated: 0,
  newParties: 0,
  newNames: 0,
  invoices: 0,
  creditNotes: 0,
  receipts: 0,
  disputes: 0,
  statements: 0,
}

/** Of a file whose rows were not read yet. */
export const noCounts: ImportCounts = { ...nothingDecided, rows: 0, bad: 0, blank: 0, total: 0 }
