import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { day } from '#kernel/calendar/day.ts'
import type { IndicatorValue } from '#kernel/indicator/indicator.ts'
import { ledgerIndicators, ledgerIndicatorsOf } from '#kernel/indicator/ledger-indicators.ts'
import type { Convert, LedgerTerms } from '#kernel/indicator/ledger-reading.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import {
  anyDay,
  anyHistory,
  cny,
  creditOf,
  historyOf,
  invoiceOf,
  jpy,
  paidHistory,
  usd,
} from '#kernel/receivable/history-for.test.ts'

const asOf = day('2025-07-01')
const noRate: Convert = () => null
const sevenToOne: Convert = (amount) => (amount.currency === usd ? amount.minor * 7n : null)
const terms: LedgerTerms = { asOf, currency: cny, convert: noRate }

// Issued, due, paid, amount: 10 days late, 5 early, 4 late but long ago, overdue 31, not due.
const regular = paidHistory([
  ['2025-01-01', '2025-01-31', '2025-02-10', 400_00n],
  ['2025-04-01', '2025-05-01', '2025-04-26', 200_00n],
  ['2023-01-01', '2023-01-31', '2023-02-04', 100_00n],
  ['2025-05-01', '2025-05-31', null, 300_00n],
  ['2025-06-15', '2025-07-15', null, 600_00n],
])
const limit = { currency: cny, fromOn: day('2025-01-01'), toOn: null, amountMinor: 1000_00n }
const dispute = (opened: string, closed: string | null) => {
  return { invoiceId: 'I0', openedOn: day(opened), closedOn: closed === null ? null : day(closed) }
}
const order = (id: string, on: string, cancelled: string | null) => ({
  id,
  currency: cny,
  amountMinor: 1n,
  orderedOn: day(on),
  cancelledOn: cancelled === null ? null : day(cancelled),
})
const note = { kind: 'credit-note', reason: 'return' } as const
const full: PartyHistory = {
  ...regular,
  credits: [
    ...regular.credits,
    creditOf('return', '2025-03-01', { ...note, amountMinor: 30_00n }),
    creditOf('price', '2025-03-02', { ...note, reason: 'price', amountMinor: 45_00n }),
    creditOf('bad', '2024-01-01', { kind: 'write-off', amountMinor: 9_00n }),
    creditOf('old bad', '2023-06-30', { kind: 'write-off', amountMinor: 8_00n }),
  ],
  disputes: [dispute('2025-02-01', '2025-02-09'), dispute('2024-01-01', null)],
  orders: [order('1', '2025-06-01', null), order('2', '2025-06-01', '2025-06-02')],
  limits: [limit],
}

describe('a party with a regular history has', () => {
  const expected: [id: string, value: IndicatorValue][] = [
    ['overdue_days_now', 31n],
    ['worst_overdue_days_12m', 31n],
    ['overdue_days_weighted_now', 31_00n],
    ['late_share_12m', 6667n], // 2 of 3: the first and the fourth
    ['late_share_amount_12m', 7778n], // 700 of 900
    ['late_share_smoothed', 5000n], // (3 + 1) / (4 + 4)
    ['average_days_late', 8_12n], // (10 + 0 + 4 + 31 + 20) / 8 = 8.125, half-even
    ['last_5_late_share', 7500n], // 3 of 4
    ['judged_invoice_count', 4n],
    ['days_beyond_terms_6m', 13_67n], // (400 × 10 + 200 × −5 + 300 × 31) / 900
    ['days_beyond_terms_trend', 6_60n], // (200 × −5 + 300 × 31) / 500 = 16.60, less 10
    ['days_to_pay_12m', 35_00n], // (400 × 40 + 200 × 25) / 600
    ['payments_count_6m', 2n],
    ['receipts_6m', 600_00n],
    ['balance_now', 808_00n], // 900 open less 30, 45, 9 and 8 unapplied
    ['overdue_amount_now', 300_00n],
    ['unapplied_credits_now', 92_00n],
    ['overdue_share_now', 3333n],
    ['overdue_share_over_60', 0n],
    ['limit_utilisation_now', 8080n],
    ['limit_utilisation_peak_3m', 8080n],
    ['sales_3m', 900_00n],
    ['sales_12m', 1500_00n],
    ['sales_trend', 14000n], // 900 × 4 / 1500 − 1 = 140 %
    ['average_monthly_sales_12m', 125_00n],
    ['largest_invoice_12m', 600_00n],
    ['concentration_12m', 4000n],
    ['invoice_count_12m', 4n],
    ['order_count_12m', 1n],
    ['returns_rate_12m', 200n], // 30 of 1,500
    ['credit_notes_share_12m', 500n], // 75 of 1,500
    ['write_offs_24m', 9_00n],
    ['relationship_months', 30n],
    ['months_since_last_sale', 0n],
    ['disputes_per_100_invoices_12m', 25_00n],
    ['open_disputes_now', 1n],
    ['broken_promises_12m', null],
    ['amounts_without_rate', 0n],
  ]
  const values = ledgerIndicatorsOf(full, terms)
  for (const [id, value] of expected) it(`${id} ${value}`, () => assert.equal(values[id], value))

  it('and nothing else', () => {
    assert.deepEqual(expected.map(([id]) => id).toSorted(), Object.keys(values).toSorted())
  })
})

describe('the registry', () => {
  it('names every indicator once, in both languages', () => {
    const ids = ledgerIndicators.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    for (const { id, label, meaning } of ledgerIndicators) {
      assert.match(id, /^[a-z0-9_]+$/)
      for (const words of [label, meaning]) {
        assert.match(words.zh, /\p{Script=Han}/u)
        assert.match(words.en, /^[A-Z0-9]/)
      }
    }
  })

  it('is told in full for any history, all shares between 0 and 1 but trend and utilisation', () => {
    const shares = ledgerIndicators.filter(({ id }) => /late_share|overdue_share|conc/.test(id))
    const property = fc.property(anyHistory, anyDay, (history, on) => {
      const values = ledgerIndicatorsOf(history, { asOf: on, currency: cny, convert: sevenToOne })
      assert.deepEqual(Object.keys(values).toSorted(), ledgerIndicators.map((i) => i.id).toSorted())
      const { limit_utilisation_now: now, limit_utilisation_peak_3m: peak } = values
      if (typeof now === 'bigint' && typeof peak === 'bigint') assert.ok(now <= peak)
      for (const { id } of shares.filter((share) => !share.id.startsWith('overdue'))) {
        const value = values[id]
        if (typeof value === 'bigint') assert.ok(value >= 0n && value <= 10000n, id)
      }
    })
    fc.assert(property, { numRuns: 300 })
  })
})

it('changes nothing when facts dated after the day are added', () => {
  const property = fc.property(anyHistory, anyDay, (history, on) => {
    const told = { asOf: on, currency: cny, convert: sevenToOne }
    const known = ledgerIndicatorsOf(upTo(history, on), told)
    assert.deepEqual(ledgerIndicatorsOf(history, told), known)
  })
  fc.assert(property, { numRuns: 500 })
})

it('has no amount but its own currency in a yen account', () => {
  const history = historyOf({
    invoices: [invoiceOf('A', ['2025-01-01', '2025-01-31'], { currency: jpy })],
  })
  assert.equal(ledgerIndicatorsOf(history, { ...terms, currency: jpy }).balance_now, 10000n)
})

/** What was known at the end of a day: later facts, voids, closings and reversals are cut off. */
function upTo(history: PartyHistory, on: string): PartyHistory {
  const seen = <T extends string>(date: T | null) => (date !== null && date <= on ? date : null)
  return {
    ...history,
    since: seen(history.since),
    invoices: history.invoices
      .filter(({ issuedOn }) => issuedOn <= on)
      .map((each) => ({ ...each, voidedOn: seen(each.voidedOn) })),
    credits: history.credits
      .filter(({ effectiveOn }) => effectiveOn <= on)
      .map((each) => ({ ...each, voidedOn: seen(each.voidedOn) })),
    allocations: history.allocations
      .filter(({ effectiveOn }) => effectiveOn <= on)
      .map((each) => ({ ...each, reversedOn: seen(each.reversedOn) })),
    disputes: history.disputes
      .filter(({ openedOn }) => openedOn <= on)
      .map((each) => ({ ...each, closedOn: seen(each.closedOn) })),
    promises: history.promises.filter(({ madeOn }) => madeOn <= on),
    orders: history.orders
      .filter(({ orderedOn }) => orderedOn <= on)
      .map((each) => ({ ...each, cancelledOn: seen(each.cancelledOn) })),
    limits: history.limits.filter(({ fromOn }) => fromOn <= on),
  }
}
