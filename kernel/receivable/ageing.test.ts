import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { addDays, day } from '#kernel/calendar/day.ts'
import { ageingOf } from '#kernel/receivable/ageing.ts'
import {
  type AgeBuckets,
  checkBuckets,
  invoiceAgeBuckets,
  overdueBuckets,
  statementBuckets,
} from '#kernel/receivable/buckets.ts'
import {
  allocationOf,
  anyDay,
  anyHistory,
  cny,
  creditOf,
  firstDay,
  historyOf,
  invoiceOf,
  usd,
} from '#kernel/receivable/history-for.test.ts'
import { openItemsOf } from '#kernel/receivable/open-items.ts'

describe('ageing by due day', () => {
  const cases: [due: string, column: string][] = [
    ['2025-07-02', 'not due'],
    ['2025-07-01', 'not due'],
    ['2025-06-30', '1–30天'],
    ['2025-06-01', '1–30天'],
    ['2025-05-31', '31–60天'],
    ['2025-05-02', '31–60天'],
    ['2025-05-01', '61–90天'],
    ['2025-01-02', '91–180天'],
    ['2025-01-01', '181–360天'],
    ['2024-07-06', '181–360天'],
    ['2024-07-05', '360天以上'],
  ]
  for (const [due, column] of cases) {
    it(`puts what was due on ${due} under ${column} on 2025-07-01`, () => {
      assert.equal(columnOf(['2024-06-01', due], 'due', overdueBuckets), column)
    })
  }
})

describe('ageing by invoice day', () => {
  const cases: [issued: string, buckets: AgeBuckets, column: string][] = [
    ['2025-07-01', invoiceAgeBuckets, '0–30天'],
    ['2025-06-01', invoiceAgeBuckets, '0–30天'],
    ['2025-05-31', invoiceAgeBuckets, '31–60天'],
    ['2025-07-01', statementBuckets, '1年以内'],
    ['2024-07-01', statementBuckets, '1年以内'],
    ['2024-06-30', statementBuckets, '1–2年'],
    ['2023-07-01', statementBuckets, '1–2年'],
    ['2020-07-01', statementBuckets, '4–5年'],
    ['2020-06-30', statementBuckets, '5年以上'],
  ]
  for (const [issued, buckets, column] of cases) {
    it(`puts an invoice of ${issued} under ${column} on 2025-07-01`, () => {
      assert.equal(columnOf([issued, '2030-01-01'], 'invoice', buckets), column)
    })
  }
})

it('keeps currencies and unapplied credits apart', () => {
  const history = historyOf({
    invoices: [
      invoiceOf('A', ['2025-01-01', '2025-01-31']),
      invoiceOf('B', ['2025-06-20', '2025-07-20'], { currency: usd, amountMinor: 70_00n }),
    ],
    credits: [creditOf('R', '2025-06-01', { amountMinor: 130_00n })],
    allocations: [allocationOf(['R', 'A'], '2025-06-01', { amountMinor: 40_00n })],
  })
  const asOf = day('2025-07-01')
  const aged = ageingOf(openItemsOf(history, asOf), { asOf, by: 'due', buckets: overdueBuckets })
  const none = [0n, 0n, 0n, 0n, 0n, 0n]
  assert.deepEqual(aged, {
    kind: 'aged',
    rows: [
      {
        currency: cny,
        notDueMinor: 0n,
        bucketMinors: [0n, 0n, 0n, 60_00n, 0n, 0n],
        unappliedCreditsMinor: -90_00n,
        balanceMinor: -30_00n,
      },
      {
        currency: usd,
        notDueMinor: 70_00n,
        bucketMinors: none,
        unappliedCreditsMinor: 0n,
        balanceMinor: 70_00n,
      },
    ],
  })
})

describe('bucket definitions', () => {
  const cases: [name: string, bounds: [number, number | null][], kind: string | null][] = [
    ['none at all', [], 'buckets-missing'],
    ['a half day', [[1, 30.5]], 'bucket-bounds-not-whole'],
    ['an end before the start', [[1, 0]], 'bucket-reversed'],
    ['a start after the first age', [[2, null]], 'first-bucket-misplaced'],
    ['a start before the first age', [[0, null]], 'first-bucket-misplaced'],
    [
      'a later bucket first',
      [
        [1, 30],
        [61, 90],
        [31, 60],
      ],
      'buckets-gap',
    ],
    [
      'a bucket that starts before the one above',
      [
        [1, 30],
        [0, 0],
      ],
      'buckets-out-of-order',
    ],
    [
      'a shared day',
      [
        [1, 30],
        [30, null],
      ],
      'buckets-overlap',
    ],
    [
      'anything after an open bucket',
      [
        [1, null],
        [31, 60],
      ],
      'buckets-overlap',
    ],
    [
      'a missing day',
      [
        [1, 30],
        [32, null],
      ],
      'buckets-gap',
    ],
    [
      'a closed end',
      [
        [1, 30],
        [31, 60],
      ],
      'last-bucket-closed',
    ],
    ['one open bucket', [[1, null]], null],
  ]
  for (const [name, bounds, kind] of cases) {
    it(`with ${name}: ${kind ?? 'sound'}`, () => {
      const buckets = bounds.map(([from, to]) => ({ from, to, label: { zh: '', en: '' } }))
      const definition: AgeBuckets = { unit: 'days', buckets }
      assert.equal(checkBuckets(definition, 'due')?.kind ?? null, kind)
      const aged = ageingOf([], { asOf: firstDay, by: 'due', buckets: definition })
      assert.equal(aged.kind, kind ?? 'aged')
    })
  }
})

it('sums its columns to invoices less credits in force, on every day and in every currency', () => {
  const definitions = [
    { by: 'due', buckets: overdueBuckets },
    { by: 'invoice', buckets: invoiceAgeBuckets },
    { by: 'invoice', buckets: statementBuckets },
    { by: 'due', buckets: statementBuckets },
  ] as const
  const property = fc.property(anyHistory, anyDay, (history, from) => {
    for (const asOf of [from, addDays(from, 1), addDays(from, 40), addDays(from, 900)]) {
      const items = openItemsOf(history, asOf)
      for (const definition of definitions) {
        const aged = ageingOf(items, { asOf, ...definition })
        assert.ok(aged.kind === 'aged')
        const balances = new Map<string, bigint>(
          aged.rows.map((row) => [row.currency, row.balanceMinor]),
        )
        for (const row of aged.rows) {
          const buckets = row.bucketMinors.reduce((a, b) => a + b, 0n)
          assert.equal(row.notDueMinor + buckets + row.unappliedCreditsMinor, row.balanceMinor)
        }
        for (const [currency, minor] of balancesOf(history, asOf)) {
          assert.equal(balances.get(currency) ?? 0n, minor)
        }
      }
    }
  })
  fc.assert(property, { numRuns: 300 })
})

function columnOf(
  dates: readonly [string, string],
  by: 'due' | 'invoice',
  buckets: AgeBuckets,
): string {
  const asOf = day('2025-07-01')
  const history = historyOf({ invoices: [invoiceOf('A', dates)] })
  const aged = ageingOf(openItemsOf(history, asOf), { asOf, by, buckets })
  assert.ok(aged.kind === 'aged')
  const [row] = aged.rows
  assert.ok(row)
  const index = row.bucketMinors.indexOf(100_00n)
  return buckets.buckets[index]?.label.zh ?? (row.notDueMinor === 100_00n ? 'not due' : 'nowhere')
}

// Told without allocations, so that it is another way to the same sum.
function balancesOf(...[history, asOf]: Parameters<typeof openItemsOf>): Map<string, bigint> {
  const balances = new Map<string, bigint>()
  const post = (currency: string, minor: bigint) =>
    balances.set(currency, (balances.get(currency) ?? 0n) + minor)
  for (const { issuedOn, voidedOn, currency, amountMinor } of history.invoices) {
    if (issuedOn <= asOf && (voidedOn === null || voidedOn > asOf)) post(currency, amountMinor)
  }
  for (const { effectiveOn, voidedOn, currency, amountMinor } of history.credits) {
    if (effectiveOn <= asOf && (voidedOn === null || voidedOn > asOf)) post(currency, -amountMinor)
  }
  return balances
}
