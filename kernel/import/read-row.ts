import type { ImportKind } from '#kernel/import/field.ts'
import type { ColumnGuess } from '#kernel/import/guess-columns.ts'
import { isFootNote, isTotalRow } from '#kernel/import/is-total-row.ts'
import { prepareInvoice } from '#kernel/import/read-invoice.ts'
import { prepareParty } from '#kernel/import/read-party.ts'
import { prepareReceipt } from '#kernel/import/read-receipt.ts'
import { type NoMovement, prepareStatementLine } from '#kernel/import/read-statement-line.ts'
import type {
  ImportRecord,
  InvoiceRecord,
  PartyRecord,
  ReceiptRecord,
  StatementRecord,
} from '#kernel/import/records.ts'
import { planRow, type RowOptions, type RowPlan } from '#kernel/import/row-plan.ts'
import { problemOf, type RowProblem } from '#kernel/import/row-problems.ts'
import type { RowMemory, RowScope } from '#kernel/import/row-scope.ts'

/** What a row came to. `bad` rows go to the error file, `skip` rows are none. */
export type RowReading<R extends ImportRecord = ImportRecord> =
  | { readonly kind: 'ok'; readonly record: R; readonly warnings: readonly RowProblem[] }
  | { readonly kind: 'bad'; readonly problems: readonly RowProblem[] }
  | {
      readonly kind: 'skip'
      readonly why: 'blank' | 'total' | 'note' | 'repeated-header' | 'no-movement'
    }

export type RecordOf = {
  readonly parties: PartyRecord
  readonly invoices: InvoiceRecord
  readonly receipts: ReceiptRecord
  readonly statements: StatementRecord
}

/**
 * Prepares the reading of all rows below a header. The function it gives reads one row: typed
 * fields, then the rules between them; every problem of a row is told, not only the first. Rows
 * that are blank, sum up others, repeat the header or are notes of the program are skipped.
 */
export function prepareRowReader<K extends ImportKind>(
  kind: K,
  columns: readonly ColumnGuess[],
  options: RowOptions,
): (cells: readonly string[]) => RowReading<RecordOf[K]> {
  const plan = planRow(kind, columns, options)
  const read: (row: RowScope) => RecordOf[K] | NoMovement | null = readers[kind](plan)
  const memory: RowMemory = { currencies: new Map(), terms: new Map() }
  const identity = plan.slot(identities[kind]).index
  const used = columns.filter((column) => options.headers[column.index]?.trim())
  const width = options.headers.length
  return (cells) => {
    const why = skipReason(cells, identity, (row) => repeatsHeader(row, used, options.headers))
    if (why !== null) return { kind: 'skip', why }
    const row: RowScope = { cells, problems: [], warnings: [], memory }
    if (cells.length > width && hasSurplus(cells, width)) {
      const details = { count: cells.length, expected: width }
      return { kind: 'bad', problems: [problemOf('too-many-cells', null, '', details)] }
    }
    const record = read(row)
    if (row.problems.length > 0 || record === null) return { kind: 'bad', problems: row.problems }
    if (record.kind === 'no-movement') return { kind: 'skip', why: 'no-movement' }
    return { kind: 'ok', record, warnings: row.warnings }
  }
}

type Readers = {
  readonly [K in ImportKind]: (plan: RowPlan) => (row: RowScope) => RecordOf[K] | NoMovement | null
}

const readers: Readers = {
  parties: prepareParty,
  invoices: prepareInvoice,
  receipts: prepareReceipt,
  statements: prepareStatementLine,
}

// The cell that a real row cannot lack; a total row has none.
const identities: Readonly<Record<ImportKind, string>> = {
  parties: 'name',
  invoices: 'number',
  receipts: 'receivedOn',
  statements: 'bookedOn',
}

type Skip = Extract<RowReading, { kind: 'skip' }>['why']

function skipReason(
  cells: readonly string[],
  identity: number,
  repeats: (cells: readonly string[]) => boolean,
): Skip | null {
  if (isBlank(cells)) return 'blank'
  if (isTotalRow(cells, identity < 0 ? undefined : (cells[identity] ?? ''))) return 'total'
  if (isFootNote(cells)) return 'note'
  return repeats(cells) ? 'repeated-header' : null
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false
  return true
}

function repeatsHeader(
  cells: readonly string[],
  used: readonly ColumnGuess[],
  headers: readonly string[],
): boolean {
  if (used.length < 2) return false
  for (const { index } of used) {
    const cell = cells[index] ?? ''
    const header = headers[index] ?? ''
    if (cell !== header && cell.replace(/\s+/g, ' ').trim() !== header) return false
  }
  return true
}

function hasSurplus(cells: readonly string[], width: number): boolean {
  for (let index = width; index < cells.length; index++) {
    if ((cells[index] ?? '').trim() !== '') return true
  }
  return false
}
