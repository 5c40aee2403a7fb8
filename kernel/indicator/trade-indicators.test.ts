import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import type { IndicatorValue } from '#kernel/indicator/indicator.ts'
import { ledgerIndicatorsOf } from '#kernel/indicator/ledger-indicators.ts'
import type { Convert, LedgerTerms } from '#kernel/indicator/ledger-reading.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import {
  allocationOf,
  cny,
  creditOf,
  historyOf,
  invoiceOf,
  usd,
} from '#kernel/receivable/history-for.test.ts'

const terms: LedgerTerms = { asOf: day('2025-07-01'), currency: cny, convert: () => null }
const sevenToOne: Convert = (amount) => (amount.currency === usd ? amount.minor * 7n : null)
const limit = { currency: cny, fromOn: day('2025-01-01'), toOn: null, amountMinor: 1000_00n }
const promise = (made: string, promised: string, amountMinor: bigint) => {
  return { currency: cny, amountMinor, madeOn: day(made), promisedOn: day(promised) }
}

type Case = readonly [
  name: string,
  id: string,
  value: IndicatorValue,
  history: PartyHistory,
  terms?: Partial<LedgerTerms>,
]
const one = ['2025-01-01', '2025-01-31'] as const
const openOne = invoiceOf('A', one)
const paidBy = (...credits: PartyHistory['credits']) =>
  historyOf({
    invoices: [openOne],
    credits,
    allocations: credits.map(({ id, effectiveOn, amountMinor }) =>
      allocationOf([id, 'A'], effectiveOn, { amountMinor }),
    ),
  })
const dollars = historyOf({
  invoices: [invoiceOf('A', one, { currency: usd }), invoiceOf('B', one)],
  limits: [limit],
})

describe('an indicator of balance, trade or conduct', () => {
  const cases: Case[] = [
    [
      'needs twelve months for a sales trend',
      'sales_trend',
      null,
      historyOf({ invoices: [openOne] }),
    ],
    [
      'divides sales by the months there were',
      'average_monthly_sales_12m',
      14_29n,
      historyOf({ invoices: [openOne] }),
    ],
    [
      'knows the relationship before the first document',
      'relationship_months',
      18n,
      historyOf({ since: day('2024-01-01') }),
    ],
    [
      'has no utilisation without a limit',
      'limit_utilisation_now',
      null,
      historyOf({ invoices: [openOne] }),
    ],
    [
      'has no utilisation of a zero limit',
      'limit_utilisation_now',
      null,
      historyOf({ invoices: [openOne], limits: [{ ...limit, amountMinor: 0n }] }),
    ],
    [
      'uses the limit in force',
      'limit_utilisation_now',
      5000n,
      historyOf({
        invoices: [openOne],
        limits: [limit, { ...limit, fromOn: day('2025-06-01'), amountMinor: 200_00n }],
      }),
    ],
    [
      'remembers the peak before a payment',
      'limit_utilisation_peak_3m',
      1000n,
      { ...paidBy(creditOf('R', '2025-06-01')), limits: [limit] },
    ],
    [
      'sees a promise broken',
      'broken_promises_12m',
      1n,
      historyOf({ promises: [promise('2025-06-01', '2025-06-10', 5n)] }),
    ],
    [
      'waits until the promised day is over',
      'broken_promises_12m',
      0n,
      historyOf({ promises: [promise('2025-06-01', '2025-07-01', 5n)] }),
    ],
    [
      'keeps a promise with money that came in time',
      'broken_promises_12m',
      0n,
      historyOf({
        promises: [promise('2025-06-01', '2025-06-10', 50n)],
        credits: [creditOf('R', '2025-06-10', { amountMinor: 50n })],
      }),
    ],
    [
      'keeps one of two promises with the money of one',
      'broken_promises_12m',
      1n,
      historyOf({
        promises: [
          promise('2025-06-01', '2025-06-10', 50n),
          promise('2025-06-01', '2025-06-11', 50n),
        ],
        credits: [creditOf('R', '2025-06-10', { amountMinor: 50n })],
      }),
    ],
    [
      'sees the day a higher limit ended',
      'limit_utilisation_peak_3m',
      5000n,
      {
        ...paidBy(creditOf('R', '2025-06-15')),
        limits: [
          { ...limit, amountMinor: 200_00n },
          { ...limit, fromOn: day('2025-02-01'), toOn: day('2025-05-31') },
        ],
      },
    ],
    [
      'does not count money from before a promise',
      'broken_promises_12m',
      1n,
      historyOf({
        promises: [promise('2025-06-01', '2025-06-10', 50n)],
        credits: [creditOf('R', '2025-05-31', { amountMinor: 50n })],
      }),
    ],
    ['counts what has no rate', 'amounts_without_rate', 1n, dollars],
    ['is unknown where an amount has no rate', 'balance_now', null, dollars],
    ['needs no rate for days', 'overdue_days_now', 151n, dollars],
    ['adds currencies at the rate', 'balance_now', 800_00n, dollars, { convert: sevenToOne }],
    [
      'weighs the limit in the account currency',
      'limit_utilisation_now',
      8000n,
      dollars,
      { convert: sevenToOne },
    ],
  ]
  for (const [name, id, value, history, other] of cases) {
    it(`${id} ${name}`, () => {
      assert.equal(ledgerIndicatorsOf(history, { ...terms, ...other })[id], value)
    })
  }
})
