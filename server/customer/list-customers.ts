import type { CustomerFilter, CustomerLine, CustomerPage } from '#contract/customer.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { type Day, daysBetween } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { followBeforeReading } from '#server/customer/follow-changes.ts'
import { readFilter } from '#server/customer/line-filter.ts'
import {
  type LineSums,
  type ListedLine,
  lines,
  sumLines,
} from '#server/customer/line-list.store.ts'
import { type LineOrder, placePattern } from '#server/customer/line-order.ts'
import { cursorText, idPart, readCursor } from '#server/platform/page-cursor.ts'
import type { Context } from '#server/platform/run-command.ts'
import { publishedScale } from '#server/policy/public.ts'

/** A page of customers with what finance knows of each, and the totals of all pages. */
export async function listCustomers(
  context: Context,
  query: CustomerFilter,
): Promise<CustomerPage | Refusal> {
  const { db, today } = context
  const filter = await readFilter(context, query)
  if (isRefusal(filter)) return filter
  const order = await orderOf(context, query)
  const cursor = readCursor(query.after, [placePattern(order), idPart])
  if (isRefusal(cursor)) return cursor
  await followBeforeReading(context)
  const [value = '', partyId = ''] = cursor ?? []
  const limit = query.limit ?? 50
  const page = { limit, after: cursor && { value, partyId } }
  const [rows, sums] = await Promise.all([
    db.rows(lines(filter, order, page)),
    query.totals === false ? null : sumLines(db, filter),
  ])
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    today,
    items: rows.map((row) => lineReply(row, today)),
    totals: sums && totalsReply(sums),
    next: last ? cursorText(last.place, last.partyId) : null,
  }
}

export async function orderOf(
  { db }: Context,
  query: Pick<CustomerFilter, 'sort' | 'order'>,
): Promise<LineOrder> {
  const sort = query.sort ?? 'code'
  const scale = sort === 'grade' ? await publishedScale(db) : undefined
  const grades = scale?.grades.map(({ code }) => code) ?? []
  return { sort, order: query.order ?? 'asc', grades }
}

export function lineReply(line: ListedLine, today: Day): CustomerLine {
  const { currency } = line
  const amount = (minor: bigint | null) => (minor === null ? null : toDecimal({ minor, currency }))
  const { partyId, code, name, shortName, roles, industry, region, department, salesperson } = line
  const { closedOn, grade, ratedOn, status, openHolds, limitToOn, reckonedAt } = line
  return {
    ...{ partyId, code, name, shortName, roles, industry, region, department, salesperson },
    ...{ closedOn, grade, ratedOn, status, openHolds, currency, limitToOn, reckonedAt },
    score: line.score === null ? null : scaledToDecimal(BigInt(line.score), 2),
    limit: amount(line.limitMinor),
    limitExpired: limitToOn !== null && limitToOn < today,
    exposure: amount(line.exposureMinor),
    available: amount(line.availableMinor),
    utilisation: line.utilisationBps === null ? null : scaledToDecimal(line.utilisationBps, 2),
    open: amount(line.openMinor),
    overdue: amount(line.overdueMinor),
    daysOverdue: line.overdueSinceOn === null ? 0 : daysBetween(line.overdueSinceOn, today),
  }
}

function totalsReply(sums: readonly LineSums[]): CustomerPage['totals'] {
  const total = <Value>(of: (row: LineSums) => Value, add: (a: Value, b: Value) => Value) =>
    sums.map(of).reduce(add)
  const count = (of: (row: LineSums) => number) =>
    sums.length === 0 ? 0 : total(of, (a, b) => a + b)
  const currency = (sums[0]?.baseCurrency ?? 'CNY') as Currency
  const sum = (of: (row: LineSums) => bigint) =>
    toDecimal({ minor: sums.length === 0 ? 0n : total(of, (a, b) => a + b), currency })
  return {
    currency,
    customers: count((row) => row.customers),
    overdueCustomers: count((row) => row.overdueCustomers),
    openHolds: count((row) => row.openHolds),
    withoutRate: count((row) => row.withoutRate),
    limit: sum((row) => row.baseLimitMinor),
    exposure: sum((row) => row.baseExposureMinor),
    available: sum((row) => row.baseAvailableMinor),
    open: sum((row) => row.baseOpenMinor),
    overdue: sum((row) => row.baseOverdueMinor),
    byCurrency: sums.map((row) => {
      const amount = (minor: bigint) => toDecimal({ minor, currency: row.currency })
      return {
        customers: row.customers,
        currency: row.currency,
        limit: amount(row.limitMinor),
        exposure: amount(row.exposureMinor),
        available: amount(row.availableMinor),
        open: amount(row.openMinor),
        overdue: amount(row.overdueMinor),
      }
    }),
  }
}
