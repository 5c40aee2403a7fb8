import { type Day, dayOf, daysInMonth, endOfMonth, partsOf } from '#kernel/calendar/day.ts'
import { readDate } from '#kernel/import/date-shape.ts'
import { plainText, readChoice } from '#kernel/import/read-cell.ts'
import { requireParty } from '#kernel/import/read-invoice.ts'
import type { StatementRecord } from '#kernel/import/records.ts'
import { currencyOf, type RowPlan } from '#kernel/import/row-plan.ts'
import * as scope from '#kernel/import/row-scope.ts'
import { type StatementLine, statementLines } from '#kernel/indicator/statement.ts'
import type { Currency } from '#kernel/money/currency.ts'

/** A line of a printed statement that nothing asks for, such as 长期待摊费用. */
export type UnusedLine = { readonly kind: 'unused-line' }

/**
 * Prepares the reading of rows that each hold a financial statement, or one line of one where the
 * file names lines in a column.
 */
export function prepareStatement(
  plan: RowPlan,
): (row: scope.RowScope) => StatementRecord | UnusedLine | null {
  const { slot, has } = plan
  const columns = statementLines.filter(({ id }) => has(id)).map(({ id }) => id)
  const party = slot(['customerCode', 'customerName', 'creditCode'].find(has) ?? 'customerName')
  const money = slot(has('amount') ? 'amount' : (columns[0] ?? 'amount'))
  return (row) => {
    const names = {
      customerCode: scope.readCodeField(row, slot('customerCode')),
      customerName: scope.readText(row, slot('customerName')),
      creditCode: scope.readCreditCode(row, slot('creditCode')),
    }
    requireParty(row, party, names)
    const closedOn = readClosingDay(row, slot('closedOn'))
    const months = readMonths(row, slot('months'))
    const knownOn = scope.readDay(row, slot('knownOn'))
    const currency = currencyOf(row, plan, money, slot('currency'))
    if (currency === null) return null
    const lines = has('line')
      ? readLine(row, plan, currency)
      : readColumns(row, plan, { currency, columns })
    if (lines === 'unused') return row.problems.length > 0 ? null : { kind: 'unused-line' }
    if (closedOn === null || lines === null) return null
    return { kind: 'statement', ...names, closedOn, months, currency, knownOn, lines }
  }
}

/**
 * The day a cell means as the end of a period: a day, a month (2024-06, 2024年6月), a quarter
 * (2024Q2), a half (2024H1) or a year (2024, 2024年度). Of two readings of a day the one that ends
 * a month is meant. Null where it is none.
 */
function closingDayOf(text: string): Day | null {
  const cell = text.normalize('NFKC').trim()
  const year = /^(\d{4})(\.0+)?(?:年|年度|年报|fy)?$/i.exec(cell) ?? /^fy\s?(\d{4})$/i.exec(cell)
  if (year) return dayOf(Number(year[1]), 12, 31)
  const part =
    /^(\d{4})\s*年?\s*[-/ ]?\s*(?:q([1-4])|h([12])|第?([一二三四])季度|(上|下)半年)$/i.exec(cell)
  if (part) return endOfPart(part)
  const month = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(cell)
  if (month) return lastOf(Number(month[1]), Number(month[2]))
  const days = (['year-first', 'day-first', 'month-first'] as const).flatMap((shape) => {
    const day = readDate(shape, cell)
    return day === null ? [] : [day]
  })
  return (
    days.find((day) => day === endOfMonth(day)) ?? (days.length === 1 ? (days[0] ?? null) : null)
  )
}

function endOfPart([, year = '', quarter, half, zh, halfZh]: RegExpExecArray): Day | null {
  const inChinese = zh === undefined ? -1 : '一二三四'.indexOf(zh) + 1
  const quarters = quarter ? Number(quarter) : inChinese > 0 ? inChinese : 0
  const halves = half ? Number(half) : halfZh === '上' ? 1 : 2
  return lastOf(Number(year), quarters > 0 ? quarters * 3 : halves * 6)
}

function lastOf(year: number, month: number): Day | null {
  return month < 1 || month > 12 ? null : dayOf(year, month, daysInMonth(year, month))
}

function readClosingDay(row: scope.RowScope, slot: scope.Slot): Day | null {
  const text = scope.readText(row, slot)
  if (text === null) return null
  const day = closingDayOf(text)
  if (day === null)
    return scope.reject(row, 'not-a-date', slot, { shape: '2024-12-31, 2024, 2024Q2' })
  const { year } = partsOf(day)
  return year >= 1990 && year <= 2100 ? day : scope.reject(row, 'date-out-of-range', slot)
}

function readMonths(row: scope.RowScope, slot: scope.Slot): number | null {
  const text = plainText(scope.cellOf(row, slot)).replace(/个?月$|\.0+$/g, '')
  if (text === '') return null
  const months = /^\d{1,2}$/.test(text) ? Number(text) : 0
  return months >= 1 && months <= 18 ? months : scope.reject(row, 'months-unread', slot)
}

type Lines = StatementRecord['lines']

function readLine(row: scope.RowScope, plan: RowPlan, currency: Currency): Lines | 'unused' | null {
  const slot = plan.slot('line')
  const text = plainText(scope.cellOf(row, slot))
  if (text === '') return scope.reject(row, 'missing', slot)
  const told = readChoice(slot.field.choices ?? {}, text)
  const line = statementLines.find(({ id }) => id === told)
  if (!line) return 'unused'
  const amount = scope.readMoney(row, plan.slot('amount'), currency)
  if (amount !== null) return { [line.id]: amount.minor }
  return row.problems.length > 0 ? null : scope.reject(row, 'missing', plan.slot('amount'))
}

function readColumns(
  row: scope.RowScope,
  plan: RowPlan,
  of: { readonly currency: Currency; readonly columns: readonly StatementLine[] },
): Lines | null {
  const lines: Partial<Record<StatementLine, bigint>> = {}
  for (const id of of.columns) {
    const amount = scope.readMoney(row, plan.slot(id), of.currency)
    if (amount !== null) lines[id] = amount.minor
  }
  if (Object.keys(lines).length > 0) return lines
  return row.problems.length > 0 ? null : scope.reject(row, 'no-lines', plan.slot('closedOn'))
}
