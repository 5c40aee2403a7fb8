import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import excel from '@protobi/exceljs'
import { type Currency, exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import { Content } from '#server/platform/route.ts'

export type Language = 'zh' | 'en'
export type Heading = { readonly zh: string; readonly en: string }

/** A column of a sheet; what a cell of it holds is told by its kind. */
export type SheetColumn = {
  readonly heading: Heading
  readonly kind: 'text' | 'amount' | 'integer' | 'percent' | 'number' | 'day'
  readonly width?: number
}

/** Decimal text with its currency: a number of that many decimals in the file. */
export type AmountCell = { readonly amount: string; readonly currency: string }
/** The same reckoned by Excel: `{column}` stands for the letter of the cell's own column. */
type FormulaCell = AmountCell & { readonly formula: string }
export type Cell = string | number | null | AmountCell | FormulaCell

export type SheetRow = {
  readonly cells: readonly Cell[]
  /** Totals and subtotals stand out. */
  readonly strong?: boolean
  /** Rows of a deeper level fold away below the row before them. */
  readonly level?: number
}

export type Sheet = {
  readonly fileName: Heading
  readonly title: Heading
  readonly columns: readonly SheetColumn[]
  /** Batches of rows below the headings, which are row 1. */
  readonly rows: AsyncIterable<readonly SheetRow[]>
  readonly language: Language
}

/**
 * An Excel file that is written while its rows are read: a batch goes out before the next is asked
 * for, so that a long list costs no more memory than a short one. Texts are kept as texts, whatever
 * they begin with, so that nothing that somebody typed is ever reckoned as a formula.
 */
export function workbookOf(sheet: Sheet): Content {
  const out = new PassThrough({ highWaterMark: 256 * 1024 })
  write(sheet, out).catch((error: Error) => out.destroy(error))
  return new Content(mediaType, out, `${sheet.fileName[sheet.language]}.xlsx`)
}

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

async function write({ columns, language, rows, title }: Sheet, out: PassThrough): Promise<void> {
  const book = new excel.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 3 } },
  } as never)
  const page = book.addWorksheet(title[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  page.columns = columns.map(({ heading, width, kind }) => ({
    header: heading[language],
    width: width ?? widths[kind],
  }))
  page.getRow(1).font = { bold: true }
  page.getRow(1).commit()
  let number = 1
  for await (const batch of rows) {
    if (out.destroyed) return
    if (number + batch.length > rowsMax) throw new Error(`Excel takes ${rowsMax} rows at most.`)
    for (const row of batch) addRow(page, columns, row, ++number)
    await flushed(out)
  }
  if (number > 1) {
    page.autoFilter = { from: { row: 1, column: 1 }, to: { row: number, column: columns.length } }
  }
  page.commit()
  await book.commit()
}

const rowsMax = 1_048_576

const widths = { text: 16, amount: 18, integer: 10, percent: 10, number: 12, day: 12 } as const

/** Lets others run, and waits until whoever takes the file has taken what is there. */
async function flushed(out: PassThrough): Promise<void> {
  await turn()
  while (out.writableNeedDrain && !out.destroyed) {
    await Promise.race([once(out, 'drain'), once(out, 'close')])
  }
}

function addRow(
  page: excel.Worksheet,
  columns: readonly SheetColumn[],
  { cells, level, strong }: SheetRow,
  number: number,
): void {
  const row = page.getRow(number)
  columns.forEach(({ kind }, at) => {
    const value = cells[at] ?? null
    if (value === null) return
    const cell = row.getCell(at + 1)
    cell.value = contentOf(value, kind, cell.address.replace(/\d+$/, ''))
    const format = formatOf(value, kind)
    if (format !== undefined) cell.numFmt = format
    if (strong) cell.font = { bold: true }
  })
  if (level) row.outlineLevel = level
  row.commit()
}

function contentOf(value: Exclude<Cell, null>, kind: SheetColumn['kind'], letter: string) {
  if (typeof value === 'object') {
    const result = numberOf(value.amount)
    if (!('formula' in value)) return result
    return { formula: value.formula.replaceAll('{column}', letter), result: Number(result) }
  }
  if (kind === 'day' && typeof value === 'string') return new Date(`${value}T00:00:00Z`)
  if ((kind === 'percent' || kind === 'number') && typeof value === 'string') {
    return kind === 'percent' ? Number(value) / 100 : numberOf(value)
  }
  return typeof value === 'string' ? value.replace(unprintable, '') : value
}

// XML has no place for these, and Excel refuses the file.
const unprintable = /(?![\t\n\r])[\p{Cc}\p{Noncharacter_Code_Point}]/gu

/** Excel keeps fifteen digits of a number; longer amounts stay exact as text. */
function numberOf(decimal: string): number | string {
  return decimal.replace(/\D/g, '').length > 15 ? decimal : Number(decimal)
}

const formats = { percent: '0.00%', integer: '0', day: 'yyyy-mm-dd' } as const

function formatOf(value: Exclude<Cell, null>, kind: SheetColumn['kind']): string | undefined {
  if (typeof value === 'object') return amountFormat(value.currency)
  return kind === 'percent' || kind === 'integer' || kind === 'day' ? formats[kind] : undefined
}

const amountFormats = new Map<string, string>()

function amountFormat(currency: string): string {
  const known = amountFormats.get(currency)
  if (known !== undefined) return known
  const parsed: Currency | null = parseCurrency(currency)
  const decimals = parsed === null ? 2 : exponentOf(parsed)
  const format = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`
  amountFormats.set(currency, format)
  return format
}
