import { invariant } from '#kernel/invariant.ts'
import { divide } from '#kernel/money/money.ts'

/** Days in hundredths of a day, rounded half-even once, at the end. */
export type DaysMeasured = { readonly kind: 'measured'; readonly hundredths: bigint }
export type NoSales = { readonly kind: 'no-sales' }

/** Receivables and sales of one currency in minor units; `days` is the length of the period. */
export type SalesPeriod = {
  readonly receivableMinor: bigint
  readonly salesMinor: bigint
  readonly days: number
}

/**
 * Days sales outstanding (应收账款周转天数): closing receivables ÷ credit sales × days of the
 * period. The period-end form used by the Credit Research Foundation and in ratio analysis
 * textbooks. No sales in the period: no figure.
 */
export function daysSalesOutstanding(period: SalesPeriod): DaysMeasured | NoSales {
  return daysOf(period.receivableMinor, period)
}

/**
 * Best possible DSO: the receivables that are not overdue ÷ credit sales × days. What DSO would be
 * if every customer paid on the due day (Credit Research Foundation).
 */
export function bestPossibleDso(
  period: SalesPeriod & { readonly currentMinor: bigint },
): DaysMeasured | NoSales {
  return daysOf(period.currentMinor, period)
}

/**
 * Average days delinquent: DSO less best possible DSO, that is overdue receivables ÷ sales × days,
 * divided once so that no rounding of the parts shows (Credit Research Foundation).
 */
export function averageDaysDelinquent(
  period: SalesPeriod & { readonly currentMinor: bigint },
): DaysMeasured | NoSales {
  return daysOf(period.receivableMinor - period.currentMinor, period)
}

/** Sales of one month and its number of days. */
export type MonthOfSales = { readonly salesMinor: bigint; readonly days: number }

export type CountBackOutcome =
  | DaysMeasured
  | NoSales
  | {
      readonly kind: 'sales-exhausted'
      /** Receivables left after the oldest month given: it is older than all of these sales. */
      readonly uncoveredMinor: bigint
      readonly daysCounted: number
    }

/**
 * Count-back (exhaustion) DSO: monthly sales are taken off the closing receivables from the latest
 * month backwards; a month taken whole counts its days, the last one the share that is needed
 * (sales left ÷ month's sales × days). It follows seasons, which the simple DSO does not. Months
 * are given latest first. `no-sales`: every month is zero. `sales-exhausted`: the months given do
 * not reach far enough. Months with negative net sales (more credit notes than invoices) raise the
 * receivables left, as the arithmetic says.
 */
export function countBackDso(
  receivableMinor: bigint,
  latestFirst: readonly MonthOfSales[],
): CountBackOutcome {
  if (receivableMinor <= 0n) return { kind: 'measured', hundredths: 0n }
  if (latestFirst.every(({ salesMinor }) => salesMinor === 0n)) return { kind: 'no-sales' }
  let leftMinor = receivableMinor
  let daysCounted = 0
  for (const { salesMinor, days } of latestFirst) {
    if (leftMinor <= salesMinor) {
      const part = divide(leftMinor * BigInt(days) * 100n, salesMinor, 'half-even')
      return { kind: 'measured', hundredths: BigInt(daysCounted) * 100n + part }
    }
    leftMinor -= salesMinor
    daysCounted += days
  }
  return { kind: 'sales-exhausted', uncoveredMinor: leftMinor, daysCounted }
}

export type CollectionPeriod = {
  readonly openingMinor: bigint
  readonly salesMinor: bigint
  readonly closingMinor: bigint
  /** The part of the closing receivables that is not overdue. */
  readonly closingCurrentMinor: bigint
}

/**
 * Collection effectiveness index: (opening receivables + sales − closing receivables) ÷ (opening +
 * sales − closing receivables not overdue). 100 % means that all that could be collected was
 * (Credit Research Foundation; National Association of Credit Management). As a fraction with four
 * decimals, half-even; no figure where nothing was there to be collected.
 */
export function collectionEffectiveness(
  period: CollectionPeriod,
):
  | { readonly kind: 'measured'; readonly fraction4: bigint }
  | { readonly kind: 'nothing-to-collect' } {
  const before = period.openingMinor + period.salesMinor
  const collectable = before - period.closingCurrentMinor
  if (collectable <= 0n) return { kind: 'nothing-to-collect' }
  const collected = before - period.closingMinor
  return { kind: 'measured', fraction4: divide(collected * 10_000n, collectable, 'half-even') }
}

export type WeightedDays = { readonly amountMinor: bigint; readonly days: number }

/**
 * The mean of days weighted by amount: Σ(amount × days) ÷ Σ amount. With days from invoice to
 * payment it is the weighted average days to pay (平均付款天数); with days from due day to payment
 * the days beyond terms of trade-payment reports such as Dun & Bradstreet's, which weigh by money
 * so that one large late invoice is seen. All amounts are of one currency.
 */
export function weightedAverageDays(
  portions: Iterable<WeightedDays>,
): DaysMeasured | { readonly kind: 'no-payments' } {
  let weighted = 0n
  let total = 0n
  for (const { amountMinor, days } of portions) {
    weighted += amountMinor * BigInt(days)
    total += amountMinor
  }
  if (total === 0n) return { kind: 'no-payments' }
  return { kind: 'measured', hundredths: divide(weighted * 100n, total, 'half-even') }
}

function daysOf(minor: bigint, { salesMinor, days }: SalesPeriod): DaysMeasured | NoSales {
  invariant(days > 0, 'a period has at least one day')
  if (salesMinor <= 0n) return { kind: 'no-sales' }
  const hundredths = divide(minor * BigInt(days) * 100n, salesMinor, 'half-even')
  return { kind: 'measured', hundredths }
}
