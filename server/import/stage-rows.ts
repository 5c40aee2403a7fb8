import { sql } from 'kysely'
import { type DateColumnReader, watchDateColumn } from '#kernel/import/date-column.ts'
import type { ImportKind } from '#kernel/import/field.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import type { ColumnGuess } from '#kernel/import/guess-columns.ts'
import { prepareRowReader, type RecordOf } from '#kernel/import/read-row.ts'
import type { RowOptions } from '#kernel/import/row-plan.ts'
import type { RowProblem } from '#kernel/import/row-problems.ts'
import type { DateColumnOf } from '#kernel/import/settle-date-order.ts'
import { prepareSkipping } from '#kernel/import/skip-row.ts'
import { copyField, openCopy } from '#server/import/copy-text.ts'
import { countRounding, type Rounding } from '#server/import/count-rounding.ts'
import type { Table, TableBatch } from '#server/import/table.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { Progress } from '#server/platform/job.ts'
import type { StagedTables } from '#server/platform/staged-tables.ts'

/** How the records of one kind become lines of their staging table. */
export type RowStager<K extends ImportKind> = {
  /** The columns of a line; the first seven are those of `headColumns`. */
  readonly columns: readonly string[]
  /** The line, or why there is none; lines that introduce names may stand before it. */
  readonly lineOf: (record: RecordOf[K], row: number) => string | RowProblem
}

/** What every staging table begins with. */
export const headColumns = [
  'row_number',
  'ref',
  'code',
  'name',
  'credit_code',
  'cells',
  'problems',
] as const

/** What came out of reading all rows. */
export type StagedRows = {
  readonly counts: { rows: number; bad: number; blank: number; total: number }
  /** What the date columns say over the whole file. */
  readonly dates: readonly DateColumnOf[]
  readonly warnings: ReadonlyMap<string, { count: number; firstRow: number; first: RowProblem }>
  readonly rounding: Rounding
  /** Lines of statements that nothing asks for. */
  readonly unusedLines: ReadonlySet<string>
  /** Why and where reading ended early. */
  readonly broken: Extract<TableBatch, { kind: 'broken' }> | null
}

/** Reads all rows of a table into its staging table: sound ones as records, bad ones as they are. */
export async function stageRows<K extends ImportKind>(
  tx: Transaction,
  of: {
    readonly kind: K
    readonly table: Table
    readonly firstRow: number
    readonly columns: readonly ColumnGuess[]
    readonly options: RowOptions
    readonly stager: RowStager<K>
    readonly staged: StagedTables
    readonly progress: Progress
  },
): Promise<StagedRows> {
  const read = prepareRowReader(of.kind, of.columns, of.options)
  const watched = watchDates(of.kind, of.columns)
  const found = { counts: { rows: 0, bad: 0, blank: 0, total: 0 }, warnings: new Map() }
  const rounding = countRounding(of.columns, of.options.unit)
  const names = sql.join(of.stager.columns.map((column) => sql.id(column)))
  const copy = openCopy(tx, sql`copy ${of.staged.rows} (${names}) from stdin`)
  const empty = `\t\\N`.repeat(of.stager.columns.length - headColumns.length)
  const unusedLines = new Set<string>()
  let broken: StagedRows['broken'] = null
  let seen = 0
  try {
    for await (const batch of of.table.batches) {
      if (batch.kind === 'broken') {
        broken = batch
        break
      }
      let lines = ''
      for (const [at, cells] of batch.rows.entries()) {
        if (seen++ < of.firstRow) continue
        const row = batch.numbers[at] ?? 0
        const reading = read(cells)
        if (reading.kind === 'skip') {
          found.counts[reading.why === 'blank' ? 'blank' : 'total']++
          if (reading.why === 'unused-line' && unusedLines.size < 100) {
            unusedLines.add(lineName(of, cells))
          }
          continue
        }
        found.counts.rows++
        for (const { index, reader } of watched) reader.feed(cells[index] ?? '', row)
        const line = reading.kind === 'ok' ? of.stager.lineOf(reading.record, row) : null
        if (typeof line === 'string') lines += line
        else {
          found.counts.bad++
          const problems = reading.kind === 'bad' ? reading.problems : line ? [line] : []
          lines += `${badLine(row, cells, problems)}${empty}\n`
          continue
        }
        if (reading.kind === 'ok' && reading.warnings.length > 0) {
          noteWarnings(found.warnings, reading.warnings, row)
          rounding.feed(reading.record, cells, reading.warnings)
        }
      }
      if (lines !== '') await copy.write(lines)
      await of.progress(batch.bytesRead, of.table.totalBytes)
    }
  } finally {
    await copy.end()
  }
  const dates = watched.map(({ field, reader }) => ({ field, column: reader.column() }))
  return { ...found, dates, rounding: rounding.result(), unusedLines, broken }
}

/** What the date columns say over some rows. */
export function datesOf(
  kind: ImportKind,
  columns: readonly ColumnGuess[],
  of: {
    headers: readonly string[]
    rows: readonly (readonly string[])[]
    numbers: readonly number[]
  },
): DateColumnOf[] {
  const watched = watchDates(kind, columns)
  const skip = prepareSkipping(kind, columns, of.headers)
  for (const [at, cells] of of.rows.entries()) {
    if (skip(cells) !== null) continue
    for (const { index, reader } of watched) reader.feed(cells[index] ?? '', of.numbers[at] ?? 0)
  }
  return watched.map(({ field, reader }) => ({ field, column: reader.column() }))
}

function lineName(of: { columns: readonly ColumnGuess[] }, cells: readonly string[]): string {
  return (cells[of.columns.find(({ field }) => field === 'line')?.index ?? -1] ?? '').slice(0, 40)
}

type Watched = {
  readonly field: string
  readonly index: number
  readonly reader: DateColumnReader
}

function watchDates(kind: ImportKind, columns: readonly ColumnGuess[]): Watched[] {
  const dates = new Set(
    fieldsOf(kind)
      .filter((field) => field.type === 'date')
      .map((field) => field.id),
  )
  return columns
    .filter((column) => dates.has(column.field))
    .map(({ field, index }) => ({ field, index, reader: watchDateColumn() }))
}

function badLine(row: number, cells: readonly string[], problems: readonly RowProblem[]): string {
  const shown = JSON.stringify(cells.map((cell) => cell.replaceAll('\0', '')))
  const said = JSON.stringify(problems).replaceAll('\\u0000', '')
  return `${row}\t\\N\t\\N\t\\N\t\\N\t${copyField(shown)}\t${copyField(said)}`
}

function noteWarnings(
  seen: Map<string, { count: number; firstRow: number; first: RowProblem }>,
  warnings: readonly RowProblem[],
  row: number,
): void {
  for (const warning of warnings) {
    const known = seen.get(warning.code)
    if (known) known.count++
    else seen.set(warning.code, { count: 1, firstRow: row, first: warning })
  }
}
