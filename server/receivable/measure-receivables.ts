import type { ReceivableMetrics } from '#contract/ageing.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  endOfMonth,
  laterOf,
  startOfMonth,
} from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { divide, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { overdueBuckets } from '#kernel/receivable/buckets.ts'
import {
  averageDaysDelinquent,
  bestPossibleDso,
  collectionEffectiveness,
  countBackDso,
  daysSalesOutstanding,
  type MonthOfSales,
} from '#kernel/receivable/metrics.ts'
import type { Reader } from '#server/platform/database.ts'
import { readDay } from '#server/platform/read-fields.ts'
import type { Actor, Context } from '#server/platform/run-command.ts'
import { ageBook, type TotalAgeing } from '#server/receivable/ageing.store.ts'
import { type MonthlySales, monthlySales } from '#server/receivable/sales.store.ts'

const monthsCountedBack = 24

/**
 * The measures of the book at the end of a day over the months before it, by currency. Receivables
 * are the balance, unapplied credits taken off; the part of it that is not overdue is the balance
 * less what is overdue, so that DSO is the best possible DSO and the days delinquent together.
 */
export async function measureReceivables(
  context: Context,
  query: { readonly asOf?: string; readonly months?: number },
): Promise<ReceivableMetrics | Refusal> {
  const asOf = query.asOf === undefined ? context.today : readDay(query.asOf, 'asOf')
  if (isRefusal(asOf)) return asOf
  const after = periodStart(asOf, query.months ?? 3)
  const days = daysBetween(after, asOf)
  const { actor } = context
  return context.db.snapshot(async (db) => {
    const closing = await totalsAt(db, actor, asOf)
    const opening = await totalsAt(db, actor, after)
    const sales = await monthlySales(db, { actor, after, upTo: asOf })
    const firstMonth = addMonths(startOfMonth(asOf), 1 - monthsCountedBack)
    const past = await monthlySales(db, { actor, after: addDays(firstMonth, -1), upTo: asOf })
    const currencies = [...closing.keys(), ...sales.map((month) => month.currency)]
    return {
      asOf,
      after,
      days,
      items: [...new Set(currencies)].sort().map((currency) => {
        const sold = sales.filter((month) => month.currency === currency)
        return measured({
          currency,
          days,
          opening: opening.get(currency)?.balanceMinor ?? 0n,
          closing: closing.get(currency) ?? null,
          salesMinor: sold.reduce((total, month) => total + month.salesMinor, 0n),
          latestFirst: monthsBack(past, currency, asOf),
        })
      }),
    }
  })
}

/** The same day of an earlier month, and the end of that month for the end of a month. */
function periodStart(asOf: Day, months: number): Day {
  const earlier = addMonths(startOfMonth(asOf), -months)
  return asOf === endOfMonth(asOf) ? endOfMonth(earlier) : addMonths(asOf, -months)
}

async function totalsAt(db: Reader, actor: Actor, asOf: Day): Promise<Map<Currency, TotalAgeing>> {
  const scope = { actor, asOf, currency: null, partyIds: null, merged: [] }
  const terms = { asOf, by: 'due', buckets: overdueBuckets } as const
  const { totals } = await ageBook(db, scope, terms, { sort: 'balance', limit: 1, after: null })
  return new Map(totals.map((total) => [total.currency, total]))
}

/** Months from that of the day backwards; the first one counts its days until the day. */
function monthsBack(past: readonly MonthlySales[], currency: Currency, asOf: Day): MonthOfSales[] {
  const byMonth = new Map(
    past.filter((month) => month.currency === currency).map((m) => [m.month, m.salesMinor]),
  )
  return Array.from({ length: monthsCountedBack }, (_, back) => {
    const month = addMonths(startOfMonth(asOf), -back)
    const end = back === 0 ? addDays(asOf, 1) : addMonths(month, 1)
    return { salesMinor: byMonth.get(month) ?? 0n, days: daysBetween(month, laterOf(end, month)) }
  })
}

function measured(of: {
  currency: Currency
  days: number
  opening: bigint
  closing: TotalAgeing | null
  salesMinor: bigint
  latestFirst: readonly MonthOfSales[]
}): ReceivableMetrics['items'][number] {
  const { currency, days, salesMinor, closing } = of
  const decimal = (minor: bigint) => toDecimal({ minor, currency })
  const receivableMinor = closing?.balanceMinor ?? 0n
  const notDueMinor = closing?.notDueMinor ?? 0n
  const overdueMinor = (closing?.bucketMinors ?? []).reduce((total, minor) => total + minor, 0n)
  const currentMinor = receivableMinor - overdueMinor
  const period = { receivableMinor, salesMinor, days, currentMinor }
  const collection = collectionEffectiveness({
    openingMinor: of.opening,
    salesMinor,
    closingMinor: receivableMinor,
    closingCurrentMinor: currentMinor,
  })
  return {
    currency,
    opening: decimal(of.opening),
    sales: decimal(salesMinor),
    collected: decimal(of.opening + salesMinor - receivableMinor),
    closing: decimal(receivableMinor),
    notDue: decimal(notDueMinor),
    overdue: decimal(overdueMinor),
    unappliedCredits: decimal(closing?.unappliedCreditsMinor ?? 0n),
    overdueShare: shareOf(overdueMinor, notDueMinor + overdueMinor),
    dso: daysText(daysSalesOutstanding(period)),
    countBackDso: daysText(countBackDso(receivableMinor, of.latestFirst)),
    bestPossibleDso: daysText(bestPossibleDso(period)),
    averageDaysDelinquent: daysText(averageDaysDelinquent(period)),
    collectionEffectiveness:
      collection.kind === 'measured' ? scaledToDecimal(collection.fraction4, 4) : null,
  }
}

function shareOf(part: bigint, whole: bigint): string | null {
  return whole === 0n ? null : scaledToDecimal(divide(part * 10_000n, whole, 'half-even'), 4)
}

function daysText(days: { kind: string; hundredths?: bigint }): string | null {
  return days.hundredths === undefined ? null : scaledToDecimal(days.hundredths, 2)
}
