import type { Currency } from '#kernel/money/currency.ts'
import {
  countBackDso,
  daysSalesOutstanding,
  type MonthOfSales,
} from '#kernel/receivable/metrics.ts'

/** What the figures of a day are made of: amounts in minor units of one currency. */
export type FigureFacts = {
  readonly currency: Currency
  /** Open invoices less unapplied credits. */
  readonly receivableMinor: bigint
  readonly notDueMinor: bigint
  readonly overdueMinor: bigint
  readonly sales12mMinor: bigint
  readonly writtenOff12mMinor: bigint
  readonly dsoHundredths: bigint | null
  readonly dsoBy: 'count-back' | 'year' | null
  /** Limits in force of all customers. */
  readonly limitMinor: bigint
  /** Of the exposure ledger; null where it does not reach back. */
  readonly exposureMinor: bigint | null
  readonly holdsWaiting: bigint
  readonly holdsOpened30d: bigint
  readonly holdsEnded30d: bigint
  /** Tenths of an hour; null where no hold ended. */
  readonly holdHoursMedianTenths: bigint | null
  readonly holdHoursP90Tenths: bigint | null
}

const daysOfYear = 365

/**
 * DSO by counting back over months of sales (latest first); where the receivables are older than all
 * of them, closing receivables ÷ sales of twelve months × 365. In hundredths of a day, null without
 * sales. Both forms: Credit Research Foundation.
 */
export function measureDso(
  receivableMinor: bigint,
  latestFirst: readonly MonthOfSales[],
  sales12mMinor: bigint,
): Pick<FigureFacts, 'dsoHundredths' | 'dsoBy'> {
  const counted = countBackDso(receivableMinor, latestFirst)
  if (counted.kind === 'measured') {
    return { dsoHundredths: counted.hundredths, dsoBy: 'count-back' }
  }
  const year = daysSalesOutstanding({
    receivableMinor,
    salesMinor: sales12mMinor,
    days: daysOfYear,
  })
  if (year.kind === 'no-sales') return { dsoHundredths: null, dsoBy: null }
  return { dsoHundredths: year.hundredths, dsoBy: 'year' }
}
