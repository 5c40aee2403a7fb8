import { PassThrough, type Readable } from 'node:stream'
import ExcelJS from '@protobi/exceljs'
import type { ImportBatch, ImportReading, RejectedRow } from '#contract/import.ts'
import { reasonHeaderIn, reasonsOf, withoutReasons } from '#kernel/import/error-rows.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import type { RowProblem } from '#kernel/import/row-problems.ts'
import { rejectedRows } from '#server/import/batch.store.ts'
import { isKept, keptPath } from '#server/import/kept-file.ts'
import { type ImportFile, openImportFile } from '#server/import/open-file.ts'
import { type Database, type Reader, walk } from '#server/platform/database.ts'

type Language = 'zh' | 'en'

/** Above these a workbook holds the bad rows only: nobody looks for three among so many. */
const mostWholeRows = 200_000

/**
 * The person's own file as a workbook: the same columns and rows, cells of bad rows red with what is
 * wrong, and the reasons in a last column. Where the file is no longer kept or very long, it has the
 * bad rows only.
 */
export async function errorWorkbook(
  db: Database,
  batch: ImportBatch,
  language: Language,
): Promise<Readable> {
  const file = await fileOf(batch)
  const out = new PassThrough()
  db.snapshot((reader) => writeWorkbook(reader, batch, { language, file, out }))
    .catch((error: Error) => out.destroy(error))
    .finally(() => file?.discard())
  return out
}

async function fileOf(batch: ImportBatch): Promise<ImportFile | null> {
  if (batch.counts.rows > mostWholeRows || !(await isKept(batch.id))) return null
  const file = await openImportFile(keptPath(batch.id), batch.options)
  return 'refused' in file ? null : file
}

async function writeWorkbook(
  reader: Reader,
  batch: ImportBatch,
  of: { readonly language: Language; readonly file: ImportFile | null; readonly out: PassThrough },
): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: of.out, useStyles: true })
  const { reading } = batch
  const top = reading.headerRow ?? 0
  const sheet = book.addWorksheet(sheetName(reading.sheet), {
    views: top === 0 ? [] : [{ state: 'frozen', ySplit: top, xSplit: 0 }],
  })
  const columns = layoutOf(batch)
  sheet.columns = columns.map(({ width }) => ({ width }))
  for await (const { cells, problems, row } of rowsOf(reader, batch, of.file)) {
    const line = sheet.getRow(row)
    const isHeader = row === top
    for (const [at, column] of columns.entries()) {
      const text = column.isReason
        ? isHeader
          ? reasonHeaderIn(of.language)
          : reasonsOf(problems, of.language)
        : (cells[at] ?? '')
      if (text === '') continue
      const cell = line.getCell(at + 1)
      const said = problems.filter(({ field }) => field !== '' && field === column.field)
      cell.value = column.isFigure && said.length === 0 ? figureOf(text) : text
      if (isHeader) cell.font = { bold: true }
      if (column.isReason && !isHeader) cell.font = { color: { argb: dark } }
    }
    markBad(line, columns, problems, of.language)
    line.commit()
  }
  sheet.commit()
  await book.commit()
}

type Laid = {
  readonly field: string | null
  readonly isFigure: boolean
  readonly isReason: boolean
  readonly width: number
}

function layoutOf({ kind, reading }: ImportBatch): Laid[] {
  const types = new Map(fieldsOf(kind).map(({ id, type }) => [id, type]))
  const headers = withoutReasons(reading.headers)
  const columns = headers.map((header, index): Laid => {
    const field = reading.columns.find((column) => column.index === index)?.field ?? null
    const type = field === null ? undefined : types.get(field)
    return {
      field,
      isFigure: type === 'amount' || type === 'number',
      isReason: false,
      width: Math.min(40, Math.max(12, widthOf(header) + 2)),
    }
  })
  return [...columns, { field: null, isFigure: false, isReason: true, width: 60 }]
}

/** Ideographs are two wide. */
function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0)
}

const pale = 'FFFFC7CE'
const dark = 'FF9C0006'

function markBad(
  line: ExcelJS.Row,
  columns: readonly Laid[],
  problems: readonly RowProblem[],
  language: Language,
): void {
  for (const [at, { field, isReason }] of columns.entries()) {
    const said = isReason ? problems : problems.filter((problem) => problem.field === field)
    if (said.length === 0) continue
    const cell = line.getCell(at + 1)
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: pale } }
    cell.font = { color: { argb: dark } }
    if (!isReason) cell.note = reasonsOf(said, language)
  }
}

/** A plain figure that a spreadsheet keeps exactly; any other text stays as it is. */
function figureOf(text: string): string | number {
  const isPlain = /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)
  return isPlain && text.replace(/\D/g, '').length <= 15 ? Number(text) : text
}

type Line = {
  readonly row: number
  readonly cells: readonly string[]
  readonly problems: readonly RowProblem[]
}

async function* rowsOf(
  reader: Reader,
  batch: ImportBatch,
  file: ImportFile | null,
): AsyncGenerator<Line> {
  const bad = badRows(reader, batch.id)
  if (file === null) {
    yield* headAlone(batch.reading)
    let row = batch.reading.headerRow ?? 0
    for await (const { cells, problems } of bad) yield { row: ++row, cells, problems }
    return
  }
  const table = await file.open()
  if ('refused' in table) return
  let next = await bad.next()
  for await (const part of table.batches) {
    if (part.kind === 'broken') return
    for (const [at, cells] of part.rows.entries()) {
      const row = part.numbers[at] ?? 0
      const isBad = !next.done && next.value.row === row
      yield { row, cells, problems: isBad && !next.done ? next.value.problems : [] }
      if (isBad) next = await bad.next()
    }
  }
}

function* headAlone({ headers, headerRow, preamble }: ImportReading): Generator<Line> {
  if (headerRow === null) return
  // A unit or currency told above the header must still be told there.
  for (const [at, cells] of preamble.entries()) {
    if (at + 1 < headerRow) yield { row: at + 1, cells, problems: [] }
  }
  yield { row: headerRow, cells: headers, problems: [] }
}

async function* badRows(reader: Reader, id: string): AsyncGenerator<Line> {
  for await (const rows of walk(reader, rejectedRows(id, null), 1_000)) {
    yield* rows.map(({ cells, problems, row }: RejectedRow) => {
      // Written by our own code, from the same type.
      return { row, cells, problems: problems as RowProblem[] }
    })
  }
}

/** A name that a workbook takes. */
function sheetName(name: string | null): string {
  const plain = (name ?? '').replace(/[\\/*?:[\]]/g, ' ').trim()
  return plain === '' ? 'Sheet1' : plain.slice(0, 31)
}
