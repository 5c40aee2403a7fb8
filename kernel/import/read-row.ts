import type { ImportKind } from '#kernel/import/field.ts'
import type { ColumnGuess } from '#kernel/import/guess-columns.ts'
import { type NoMovement, prepareBankLine } from '#kernel/import/read-bank-line.ts'
import { prepareInvoice } from '#kernel/import/read-invoice.ts'
import { prepareParty } from '#kernel/import/read-party.ts'
import { prepareReceipt } from '#kernel/import/read-receipt.ts'
import { prepareStatement, type UnusedLine } from '#kernel/import/read-statement.ts'
import type {
  BankLineRecord,
  ImportRecord,
  InvoiceRecord,
  PartyRecord,
  ReceiptRecord,
  StatementRecord,
} from '#kernel/import/records.ts'
import { planRow, type RowOptions, type RowPlan } from '#kernel/import/row-plan.ts'
import { problemOf, type RowProblem } from '#kernel/import/row-problems.ts'
import type { RowMemory, RowScope } from '#kernel/import/row-scope.ts'
import { prepareSkipping, type SkipReason } from '#kernel/import/skip-row.ts'

/** What a row came to. `bad` rows go to the error file, `skip` rows are none. */
type RowReading<R extends ImportRecord = ImportRecord> =
  | { readonly kind: 'ok'; readonly record: R; readonly warnings: readonly RowProblem[] }
  | { readonly kind: 'bad'; readonly problems: readonly RowProblem[] }
  | { readonly kind: 'skip'; readonly why: SkipReason | 'no-movement' | 'unused-line' }

export type RecordOf = {
  readonly parties: PartyRecord
  readonly invoices: InvoiceRecord
  readonly receipts: ReceiptRecord
  readonly statements: StatementRecord
  readonly 'bank-lines': BankLineRecord
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
  const read: (row: RowScope) => RecordOf[K] | NoMovement | UnusedLine | null = readers[kind](plan)
  const memory: RowMemory = { currencies: new Map(), terms: new Map() }
  const skipReasonOf = prepareSkipping(kind, columns, options.headers)
  const width = options.headers.length
  return (cells) => {
    const why = skipReasonOf(cells)
    if (why !== null) return { kind: 'skip', why }
    const row: RowScope = { cells, problems: [], warnings: [], memory }
    if (cells.length > width && hasSurplus(cells, width)) {
      const details = { count: cells.length, expected: width }
      return { kind: 'bad', problems: [problemOf('too-many-cells', null, '', details)] }
    }
    const record = read(row)
    if (row.problems.length > 0 || record === null) return { kind: 'bad', problems: row.problems }
    if (record.kind === 'no-movement' || record.kind === 'unused-line') {
      return { kind: 'skip', why: record.kind }
    }
    return { kind: 'ok', record, warnings: row.warnings }
  }
}

type Readers = {
  readonly [K in ImportKind]: (
    plan: RowPlan,
  ) => (row: RowScope) => RecordOf[K] | NoMovement | UnusedLine | null
}

const readers: Readers = {
  parties: prepareParty,
  invoices: prepareInvoice,
  receipts: prepareReceipt,
  statements: prepareStatement,
  'bank-lines': prepareBankLine,
}

function hasSurplus(cells: readonly string[], width: number): boolean {
  for (let index = width; index < cells.length; index++) {
    if ((cells[index] ?? '').trim() !== '') return true
  }
  return false
}
