import {
  type CustomerColumn,
  type CustomerExport,
  type CustomerLine,
  customerColumns,
} from '#contract/customer.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { columnsOfSheet, statusNames } from '#server/customer/customer-sheet.ts'
import { followBeforeReading } from '#server/customer/follow-changes.ts'
import { type LineFilter, namesIn, readFilter } from '#server/customer/line-filter.ts'
import { type LineSums, lines, sumLines } from '#server/customer/line-list.store.ts'
import type { LineOrder } from '#server/customer/line-order.ts'
import { lineReply, orderOf } from '#server/customer/list-customers.ts'
import { type Reader, walk } from '#server/platform/database.ts'
import { readWhile } from '#server/platform/read-while.ts'
import type { Content } from '#server/platform/route.ts'
import type { Context } from '#server/platform/run-command.ts'
import { type Cell, type Language, type SheetRow, workbookOf } from '#server/platform/workbook.ts'

const batchSize = 500

/** The list as it is seen: its filters, order and columns, with a row of totals per currency. */
export async function exportCustomers(
  context: Context,
  query: CustomerExport,
  spoken: Language,
): Promise<Content | Refusal> {
  const columns = readColumns(query.columns)
  if (isRefusal(columns)) return columns
  const filter = await readFilter(context, query)
  if (isRefusal(filter)) return filter
  const order = await orderOf(context, query)
  await followBeforeReading(context)
  const language = query.language ?? spoken
  return workbookOf({
    fileName: { zh: `客户清单 ${context.today}`, en: `Customers ${context.today}` },
    title: { zh: '客户', en: 'Customers' },
    columns: columns.map((column) => columnsOfSheet[column]),
    rows: readWhile(context.db, (reader) =>
      rowsOf(reader, { filter, order, columns, language, today: context.today }),
    ),
    language,
  })
}

function readColumns(text: string | undefined): CustomerColumn[] | Refusal {
  if (text === undefined) return [...customerColumns]
  const names = namesIn(text)
  const isColumn = (name: string): name is CustomerColumn =>
    (customerColumns as readonly string[]).includes(name)
  const columns = names.filter(isColumn)
  const unknown = names.find((name) => !isColumn(name))
  if (unknown === undefined && columns.length > 0) return columns
  const detail = `columns: "${unknown ?? ''}" is none of ${customerColumns.join(', ')}.`
  const zh = `导出的列：没有“${unknown ?? ''}”这一列。`
  return refuse('invalid-input', detail, { field: 'columns', zh })
}

type Wanted = {
  readonly filter: LineFilter
  readonly order: LineOrder
  readonly columns: readonly CustomerColumn[]
  readonly language: Language
  readonly today: Day
}

async function* rowsOf(reader: Reader, of: Wanted): AsyncGenerator<readonly SheetRow[]> {
  const all = lines(of.filter, of.order, { limit: null, after: null })
  for await (const batch of walk(reader, all, batchSize)) {
    yield batch.map((line) => {
      const shown = lineReply(line, of.today)
      return { cells: of.columns.map((column) => cellOf(shown, column, of.language)) }
    })
  }
  const sums = await sumLines(reader, of.filter)
  yield sums.map((sum) => ({ strong: true, cells: totalCells(sum, of) }))
}

const amounts = ['limit', 'exposure', 'available', 'open', 'overdue'] as const
type AmountColumn = (typeof amounts)[number]
const isAmount = (column: CustomerColumn): column is AmountColumn =>
  (amounts as readonly string[]).includes(column)

function cellOf(line: CustomerLine, column: CustomerColumn, language: Language): Cell {
  if (isAmount(column)) {
    const amount = line[column]
    return amount === null ? null : { amount, currency: line.currency }
  }
  switch (column) {
    case 'roles':
      return line.roles.map((role) => statusNames[role][language]).join(', ')
    case 'status':
      return statusNames[line.status][language]
    default:
      return line[column]
  }
}

function totalCells(sum: LineSums, { columns, language }: Wanted): Cell[] {
  const { currency } = sum
  const minors: Readonly<Record<AmountColumn, bigint>> = {
    limit: sum.limitMinor,
    exposure: sum.exposureMinor,
    available: sum.availableMinor,
    open: sum.openMinor,
    overdue: sum.overdueMinor,
  }
  const said = language === 'zh' ? `合计 ${currency}` : `Total ${currency}`
  const count = language === 'zh' ? `${sum.customers} 户` : `${sum.customers} customers`
  return columns.map((column, at) => {
    if (isAmount(column))
      return { currency, amount: toDecimal({ minor: minors[column], currency }) }
    if (at === 0) return said
    if (at === 1) return count
    if (column === 'openHolds') return sum.openHolds
    return column === 'currency' ? currency : null
  })
}
