import { indicatorFrom, wholeCount } from '#kernel/indicator/define-indicator.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { LedgerReading } from '#kernel/indicator/ledger-reading.ts'
import { quotient } from '#kernel/indicator/tally.ts'
import { brokenPromises } from '#kernel/receivable/broken-promises.ts'

const ledger = indicatorFrom('ledger')

/** How the party keeps its word: disputes and promises. */
export const conductIndicators: readonly Indicator[] = [
  ledger(
    'disputes_per_100_invoices_12m',
    ['count', 2],
    ['近12月每百张发票争议数', 'Disputes per 100 invoices, 12 months'],
    [
      '近12个月提出的争议数除以同期开票张数再乘100。',
      'Disputes opened in 12 months for every 100 invoices issued in them.',
    ],
  ),
  ledger(
    'open_disputes_now',
    wholeCount,
    ['未决争议数', 'Open disputes now'],
    ['目前尚未了结的争议数。', 'Disputes that are not closed yet.'],
  ),
  ledger(
    'broken_promises_12m',
    wholeCount,
    ['近12月违约承诺数', 'Broken promises, 12 months'],
    [
      '近12个月到期而未兑现的付款承诺数；从未承诺过则无值。',
      'Promises to pay that fell due in 12 months and were not kept; none ever made: no value.',
    ],
  ),
]

export function conductOf(reading: LedgerReading): IndicatorValues {
  const { history, windows, invoices } = reading
  let opened = 0
  let open = 0
  for (const { openedOn, closedOn } of history.disputes) {
    if (openedOn > windows.asOf) continue
    if (openedOn > windows.m12) opened += 1
    if (closedOn === null || closedOn > windows.asOf) open += 1
  }
  const issued = invoices.filter(({ invoice }) => invoice.issuedOn > windows.m12).length
  return {
    disputes_per_100_invoices_12m: quotient(BigInt(opened) * 100n, BigInt(issued), 2),
    open_disputes_now: BigInt(open),
    broken_promises_12m: brokenPromisesOf(reading),
  }
}

function brokenPromisesOf({ history, windows, credits }: LedgerReading): bigint | null {
  const { asOf, m12 } = windows
  if (!history.promises.some(({ madeOn }) => madeOn <= asOf)) return null
  const known = credits.map(({ credit }) => credit)
  const broken = brokenPromises(history.promises, known, asOf)
  return BigInt(broken.filter(({ promisedOn }) => promisedOn > m12).length)
}
