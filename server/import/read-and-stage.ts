import type { ImportedKind, ImportOptions, ImportReading } from '#contract/import.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { ColumnGuess } from '#kernel/import/guess-columns.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { rememberedColumns } from '#server/import/mapping.store.ts'
import type { ImportFile } from '#server/import/open-file.ts'
import { describeReading, readHead } from '#server/import/read-head.ts'
import { type Recognition, recogniseTable } from '#server/import/recognise-table.ts'
import { areSameShapes, type DatesSettled, settleDates } from '#server/import/settle-dates.ts'
import { datesOf, type RowStager, type StagedRows, stageRows } from '#server/import/stage-rows.ts'
import { createStaging } from '#server/import/staging.store.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { Progress } from '#server/platform/job.ts'
import type { StagedTables } from '#server/platform/staged-tables.ts'

export type ReadRequest<K extends ImportedKind> = {
  readonly kind: K
  readonly file: ImportFile
  readonly options: ImportOptions
  readonly currency: Currency
  readonly today: Day
  readonly staged: StagedTables
  readonly stager: (told: Told) => RowStager<K>
  readonly progress: Progress
}

/** What a stager may want to know of the file as a whole. */
export type Told = {
  readonly columns: readonly ColumnGuess[]
  readonly headers: readonly string[]
  readonly today: Day
}

export type ReadFile = {
  readonly recognition: Recognition
  readonly reading: ImportReading
  readonly dates: DatesSettled
  readonly rows: StagedRows
}

/**
 * Reads a file into its staging table. How its dates are written is settled from the first rows and
 * proved by all of them while they are staged; only where that fails is the file read once more.
 */
export async function readAndStage<K extends ImportedKind>(
  tx: Transaction,
  of: ReadRequest<K>,
): Promise<ReadFile | Refusal> {
  const head = await readHead(of.file)
  if ('refused' in head) return head
  const recognition = await recogniseTable({
    kind: of.kind,
    head: head.rows,
    options: of.options,
    remembered: (headers) => rememberedColumns(tx, of.kind, headers),
  })
  if ('refused' in recognition) return recognition
  const settle = (columns: Parameters<typeof settleDates>[1]) =>
    settleDates(of.kind, columns, of.options.dateOrder)
  const first = settle(
    datesOf(of.kind, recognition.columns, {
      headers: recognition.headers,
      rows: head.rows.slice(recognition.firstRow),
      numbers: head.numbers.slice(recognition.firstRow),
    }),
  )
  if ('refused' in first && head.isAll) return first
  const guessed = 'refused' in first ? noShapes : first
  const rows = await stageOnce(tx, of, recognition, guessed)
  if ('refused' in rows) return rows
  const settled = settle(rows.dates)
  if ('refused' in settled) return settled
  const reading = describeReading(of, head, recognition, settled)
  if (areSameShapes(settled, guessed)) return { recognition, reading, dates: settled, rows }
  const again = await stageOnce(tx, of, recognition, settled)
  if ('refused' in again) return again
  return { recognition, reading, dates: settled, rows: again }
}

const noShapes: DatesSettled = { shapes: {}, dates: [], notes: [] }

async function stageOnce<K extends ImportedKind>(
  tx: Transaction,
  of: ReadRequest<K>,
  recognition: Recognition,
  dates: DatesSettled,
): Promise<StagedRows | Refusal> {
  const table = await of.file.open()
  if ('refused' in table) return table
  await createStaging(tx, of.kind, of.staged)
  const rows = await stageRows(tx, {
    kind: of.kind,
    table,
    firstRow: recognition.firstRow,
    columns: recognition.columns,
    options: {
      headers: recognition.headers,
      dateShapes: dates.shapes,
      unit: recognition.unit,
      currency: of.currency,
    },
    stager: of.stager({ ...recognition, today: of.today }),
    staged: of.staged,
    progress: of.progress,
  })
  if (rows.broken) {
    const { message } = rows.broken
    return refuse('file-not-readable', `${message.en}.`, { zh: message.zh })
  }
  if (rows.counts.rows > 0) return rows
  return refuse(
    'file-not-readable',
    'The file has a header and no rows; there is nothing to import.',
    { zh: '文件只有表头，没有可导入的行。' },
  )
}
