import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { day } from '#kernel/calendar/day.ts'
import { cny, paidHistory } from '#kernel/receivable/history-for.test.ts'
import { ledgerStateOf } from '#kernel/receivable/ledger-state.ts'
import {
  averageDaysDelinquent,
  bestPossibleDso,
  collectionEffectiveness,
  countBackDso,
  daysSalesOutstanding,
  weightedAverageDays,
} from '#kernel/receivable/metrics.ts'
import { paidPortionsOf } from '#kernel/receivable/paid-portions.ts'

const year = {
  receivableMinor: 150_000n,
  currentMinor: 100_000n,
  salesMinor: 1_200_000n,
  days: 365,
}

describe('DSO and its parts', () => {
  // 150,000 / 1,200,000 × 365 = 45.625; 100,000 of it not overdue: 30.41667; the rest 15.20833.
  it('measures 45.62 days of sales, half-even', () => {
    assert.deepEqual(daysSalesOutstanding(year), { kind: 'measured', hundredths: 45_62n })
  })
  it('measures 30.42 days at best and 15.21 days delinquent', () => {
    assert.deepEqual(bestPossibleDso(year), { kind: 'measured', hundredths: 30_42n })
    assert.deepEqual(averageDaysDelinquent(year), { kind: 'measured', hundredths: 15_21n })
  })
  it('says so where there were no sales', () => {
    assert.deepEqual(daysSalesOutstanding({ ...year, salesMinor: 0n }), { kind: 'no-sales' })
  })
})

describe('count-back DSO', () => {
  const month = (salesMinor: bigint, days: number) => ({ salesMinor, days })
  const cases: [string, bigint, ReturnType<typeof month>[], object][] = [
    ['nothing owed is 0 days', 0n, [], { kind: 'measured', hundredths: 0n }],
    ['no sales at all', 5n, [month(0n, 30)], { kind: 'no-sales' }],
    // 31 days for March, 28 for February, then (150 − 60 − 50) / 80 × 31 = 15.5.
    [
      'two whole months and half of the third',
      150n,
      [month(60n, 31), month(50n, 28), month(80n, 31)],
      { kind: 'measured', hundredths: 74_50n },
    ],
    [
      'a month without sales counts its days',
      50n,
      [month(0n, 31), month(100n, 30)],
      { kind: 'measured', hundredths: 46_00n },
    ],
    [
      'receivables older than the months given',
      150n,
      [month(60n, 31), month(50n, 28)],
      { kind: 'sales-exhausted', uncoveredMinor: 40n, daysCounted: 59 },
    ],
  ]
  for (const [name, receivable, months, expected] of cases) {
    it(`${name}`, () => assert.deepEqual(countBackDso(receivable, months), expected))
  }

  it('never falls as receivables grow', () => {
    const months = fc.array(fc.record({ salesMinor: fc.bigInt(1n, 999n), days: fc.constant(30) }), {
      minLength: 1,
    })
    const property = fc.property(months, fc.bigInt(0n, 9999n), (sales, owed) => {
      const [less, more] = [countBackDso(owed, sales), countBackDso(owed + 1n, sales)]
      if (more.kind === 'measured') assert.ok(less.kind === 'measured')
      if (less.kind !== 'measured' || more.kind !== 'measured') return
      assert.ok(less.hundredths <= more.hundredths)
    })
    fc.assert(property)
  })
})

describe('collection effectiveness', () => {
  const period = {
    openingMinor: 100n,
    salesMinor: 200n,
    closingMinor: 120n,
    closingCurrentMinor: 80n,
  }
  it('is (100 + 200 − 120) / (100 + 200 − 80) = 81.82 %', () => {
    assert.deepEqual(collectionEffectiveness(period), { kind: 'measured', fraction4: 8182n })
  })
  it('is 100 % where nothing is overdue', () => {
    const best = collectionEffectiveness({ ...period, closingCurrentMinor: 120n })
    assert.deepEqual(best, { kind: 'measured', fraction4: 10000n })
  })
  it('has no figure where nothing fell due', () => {
    const none = collectionEffectiveness({
      ...period,
      closingMinor: 300n,
      closingCurrentMinor: 300n,
    })
    assert.deepEqual(none, { kind: 'nothing-to-collect' })
  })
})

describe('days weighted by amount', () => {
  const state = ledgerStateOf(
    paidHistory([
      ['2025-01-01', '2025-01-31', '2025-01-21', 300n],
      ['2025-01-01', '2025-01-31', '2025-03-02', 100n],
      ['2025-01-01', '2025-01-31', null, 900n],
    ]),
    day('2025-06-01'),
  )
  const window = { currency: cny, after: day('2024-12-31'), upTo: day('2025-06-01') }
  const portions = paidPortionsOf(state, window)

  it('takes (300 × 20 + 100 × 60) / 400 = 30 days to pay', () => {
    const days = portions.map(({ amountMinor, daysToPay }) => ({ amountMinor, days: daysToPay }))
    assert.deepEqual(weightedAverageDays(days), { kind: 'measured', hundredths: 30_00n })
  })
  it('goes (300 × −10 + 100 × 30) / 400 = 0 days beyond terms', () => {
    const days = portions.map((p) => ({ amountMinor: p.amountMinor, days: p.daysBeyondTerms }))
    assert.deepEqual(weightedAverageDays(days), { kind: 'measured', hundredths: 0n })
  })
  it('counts only what was paid in the window', () => {
    const late = paidPortionsOf(state, { ...window, after: day('2025-01-21') })
    assert.deepEqual(
      late.map(({ invoiceId }) => invoiceId),
      ['I1'],
    )
    assert.deepEqual(weightedAverageDays([]), { kind: 'no-payments' })
  })
})
