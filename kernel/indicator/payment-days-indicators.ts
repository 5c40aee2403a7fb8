import { toEpochDay } from '#kernel/calendar/day.ts'
import { amount2, days2, indicatorFrom, wholeCount } from '#kernel/indicator/define-indicator.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { LedgerReading, ReadInvoice } from '#kernel/indicator/ledger-reading.ts'
import { openTally, quotient, tallyUp, totalOf } from '#kernel/indicator/tally.ts'

const ledger = indicatorFrom('ledger')

/** How many days the party takes to pay, and what it paid. */
export const paymentDaysIndicators: readonly Indicator[] = [
  ledger(
    'days_beyond_terms_6m',
    days2,
    ['近6月加权超账期天数', 'Days beyond terms, 6 months'],
    [
      '近6个月付款相对到期日的天数，按金额加权，含目前仍逾期的部分；提前付款为负。',
      'Days from due day to payment over 6 months, weighted by amount, with what is overdue now.',
    ],
  ),
  ledger(
    'days_beyond_terms_trend',
    days2,
    ['超账期天数趋势', 'Days beyond terms, trend'],
    [
      '近3个月的加权超账期天数减去此前6个月的；正数表示付款变慢。',
      'Days beyond terms of the last 3 months less those of the 6 months before; positive: slower.',
    ],
  ),
  ledger(
    'days_to_pay_12m',
    days2,
    ['近12月加权付款天数', 'Days to pay, 12 months'],
    [
      '近12个月收款对应的开票到付款天数，按金额加权。',
      'Days from invoice to payment of what was paid in 12 months, weighted by amount.',
    ],
  ),
  ledger(
    'payments_count_6m',
    wholeCount,
    ['近6月收款笔数', 'Receipts, 6 months'],
    ['近6个月收到的款项笔数。', 'Number of receipts in the last 6 months.'],
  ),
  ledger(
    'receipts_6m',
    amount2,
    ['近6月收款金额', 'Money received, 6 months'],
    ['近6个月收到的款项金额。', 'Amount of receipts in the last 6 months.'],
  ),
]

export function paymentDaysOf(reading: LedgerReading): IndicatorValues {
  const { invoices, asOfDay, windows } = reading
  const m3 = toEpochDay(windows.m3)
  const m6 = toEpochDay(windows.m6)
  const m9 = toEpochDay(windows.m9)
  const m12 = toEpochDay(windows.m12)
  const recent = daysBeyondTerms(invoices, m3, asOfDay)
  const before = daysBeyondTerms(invoices, m9, m3)
  return {
    days_beyond_terms_6m: daysBeyondTerms(invoices, m6, asOfDay),
    days_beyond_terms_trend: recent === null || before === null ? null : recent - before,
    days_to_pay_12m: daysToPay(invoices, m12),
    ...receiptsOf(reading),
  }
}

/**
 * Amount-weighted days beyond terms over `after < day <= upTo`, in hundredths: of what receipts
 * paid in the window, and of what stood open and overdue at its end, which later payment does not
 * change. Null where there was neither.
 */
function daysBeyondTerms(
  invoices: readonly ReadInvoice[],
  after: number,
  upTo: number,
): bigint | null {
  const weight = openTally()
  let weighted = 0n
  for (const { dueDay, issuedDay, portions } of invoices) {
    if (issuedDay > upTo) continue
    for (const { kind, valueMinor, paidDay } of portions) {
      const isOpen = paidDay === null || paidDay > upTo
      if (isOpen ? dueDay >= upTo || kind === 'credit-note' : kind !== 'receipt') continue
      if (!isOpen && paidDay <= after) continue
      tallyUp(weight, valueMinor)
      weighted += (valueMinor ?? 0n) * BigInt((isOpen ? upTo : paidDay) - dueDay)
    }
  }
  const total = totalOf(weight)
  return total === null ? null : quotient(weighted, total, 2)
}

function daysToPay(invoices: readonly ReadInvoice[], after: number): bigint | null {
  const weight = openTally()
  let weighted = 0n
  for (const { issuedDay, portions } of invoices) {
    for (const { kind, valueMinor, paidDay } of portions) {
      if (kind !== 'receipt' || paidDay === null || paidDay <= after) continue
      tallyUp(weight, valueMinor)
      weighted += (valueMinor ?? 0n) * BigInt(paidDay - issuedDay)
    }
  }
  const total = totalOf(weight)
  return total === null ? null : quotient(weighted, total, 2)
}

function receiptsOf({ credits, windows }: LedgerReading): IndicatorValues {
  let count = 0n
  const received = openTally()
  for (const { credit, valueMinor } of credits) {
    if (credit.kind !== 'receipt' || credit.effectiveOn <= windows.m6) continue
    count += 1n
    tallyUp(received, valueMinor)
  }
  return { payments_count_6m: count, receipts_6m: totalOf(received) }
}
