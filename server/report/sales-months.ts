import { addDays, addMonths, type Day, daysBetween, startOfMonth } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { MonthOfSales } from '#kernel/receivable/metrics.ts'

const months = 24

/** Sales of all currencies by month, from that of the day backwards, counted until the day. */
export function salesMonths(
  sales: readonly {
    readonly currency: Currency
    readonly month: Day
    readonly salesMinor: bigint
  }[],
  on: Day,
  valued: (minor: bigint, currency: Currency) => bigint,
): MonthOfSales[] {
  const byMonth = new Map<string, bigint>()
  for (const { currency, month, salesMinor } of sales) {
    byMonth.set(month, (byMonth.get(month) ?? 0n) + valued(salesMinor, currency))
  }
  return Array.from({ length: months }, (_, back) => {
    const month = addMonths(startOfMonth(on), -back)
    const end = back === 0 ? addDays(on, 1) : addMonths(month, 1)
    return { salesMinor: byMonth.get(month) ?? 0n, days: daysBetween(month, end) }
  })
}
