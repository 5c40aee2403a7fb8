import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import type { IndicatorValue } from '#kernel/indicator/indicator.ts'
import { ledgerIndicatorsOf } from '#kernel/indicator/ledger-indicators.ts'
import type { LedgerTerms } from '#kernel/indicator/ledger-reading.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import {
  allocationOf,
  cny,
  creditOf,
  historyOf,
  invoiceOf,
  paidHistory,
} from '#kernel/receivable/history-for.test.ts'

const terms: LedgerTerms = { asOf: day('2025-07-01'), currency: cny, convert: () => null }
const note = { kind: 'credit-note', reason: 'return' } as const

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
const lateNote = creditOf('N', '2025-05-02', { ...note, amountMinor: 10_00n })
const onTime = creditOf('R', '2025-01-30', { amountMinor: 90_00n })
const recent = paidHistory([['2025-05-01', '2025-05-31', '2025-05-31', 100_00n]])
const creditedLater = historyOf({
  invoices: [openOne, ...recent.invoices],
  credits: [creditOf('R', '2025-01-31', { amountMinor: 90_00n }), lateNote, ...recent.credits],
  allocations: [
    allocationOf(['R', 'A'], '2025-01-31', { amountMinor: 90_00n }),
    allocationOf(['N', 'A'], '2025-05-02', { amountMinor: 10_00n }),
    ...recent.allocations,
  ],
})

describe('an indicator of lateness', () => {
  const cases: Case[] = [
    ['is unknown, not good, without any invoice', 'overdue_days_now', null, historyOf({})],
    ['falls back to the prior without history', 'late_share_smoothed', 2500n, historyOf({})],
    [
      'takes the prior told',
      'late_share_smoothed',
      1000n,
      historyOf({}),
      { prior: { invoices: 10n, lateInvoices: 1n, daysLate: 0n } },
    ],
    [
      'is not late on the due day',
      'overdue_days_now',
      0n,
      historyOf({ invoices: [openOne] }),
      { asOf: day('2025-01-31') },
    ],
    [
      'is late the day after',
      'overdue_days_now',
      1n,
      historyOf({ invoices: [openOne] }),
      { asOf: day('2025-02-01') },
    ],
    [
      'ignores a rounding difference',
      'overdue_days_now',
      0n,
      paidBy(creditOf('R', '2025-01-20', { amountMinor: 99_50n })),
    ],
    [
      'sees a rest that is no crumb',
      'overdue_days_now',
      151n,
      paidBy(creditOf('R', '2025-01-20', { amountMinor: 99_00n })),
    ],
    [
      'never takes a small unpaid invoice for a crumb',
      'overdue_days_now',
      151n,
      historyOf({ invoices: [invoiceOf('A', one, { amountMinor: 50n })] }),
    ],
    [
      'judges payment by receipts, not a later credit note',
      'late_share_12m',
      0n,
      paidBy(onTime, lateNote),
    ],
    [
      'learns nothing from an invoice that was credited back',
      'judged_invoice_count',
      0n,
      paidBy(creditOf('N', '2025-03-31', note)),
    ],
    [
      'counts a write-off as never paid in time',
      'late_share_12m',
      10000n,
      paidBy(creditOf('W', '2025-03-31', { kind: 'write-off' })),
    ],
    [
      'goes by the day the money came, not by the matching',
      'late_share_12m',
      0n,
      historyOf({
        invoices: [openOne],
        credits: [creditOf('R', '2025-01-31')],
        allocations: [allocationOf(['R', 'A'], '2025-03-31')],
      }),
    ],
    [
      'takes a prepaid invoice as paid on its issue',
      'days_to_pay_12m',
      0n,
      historyOf({
        invoices: [openOne],
        credits: [creditOf('R', '2024-12-01')],
        allocations: [allocationOf(['R', 'A'], '2025-01-01')],
      }),
    ],
    [
      'judges an open invoice from the day after it was due',
      'judged_invoice_count',
      0n,
      historyOf({ invoices: [openOne] }),
      { asOf: day('2025-01-31') },
    ],
    [
      'forgets what was settled more than a year ago',
      'worst_overdue_days_12m',
      0n,
      paidHistory([
        ['2023-01-01', '2023-01-31', '2023-05-31', 1_00n],
        ['2025-01-01', '2025-01-31', '2025-01-31', 1_00n],
      ]),
    ],
    [
      'looks at the last five only',
      'last_5_late_share',
      2000n,
      paidHistory([
        ['2025-03-01', '2025-03-31', '2025-03-31', 1_00n],
        ['2025-01-01', '2025-01-31', '2025-02-28', 1_00n],
        ['2025-02-01', '2025-02-28', '2025-02-28', 1_00n],
        ['2025-05-01', '2025-05-31', '2025-06-28', 1_00n],
        ['2025-04-01', '2025-04-30', '2025-04-30', 1_00n],
        ['2025-06-01', '2025-06-30', '2025-06-30', 1_00n],
      ]),
    ],
    [
      'leaves out of the past what was not issued yet',
      'days_beyond_terms_trend',
      151_00n,
      paidHistory([
        ['2025-01-01', '2025-01-31', '2025-01-31', 1_00n],
        ['2025-06-01', '2025-01-31', null, 1_00n],
      ]),
    ],
    ['takes no credit note for a late payment', 'days_beyond_terms_trend', 0n, creditedLater],
  ]
  for (const [name, id, value, history, other] of cases) {
    it(`${id} ${name}`, () => {
      assert.equal(ledgerIndicatorsOf(history, { ...terms, ...other })[id], value)
    })
  }
})
