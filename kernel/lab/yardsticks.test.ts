import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { effectIntervals } from '#kernel/lab/uncertainty.ts'
import { yardsticksOf } from '#kernel/lab/yardsticks.ts'

const paid = (amount: bigint) => ({ amount, paid: amount, loss: 0n })
const lost = (amount: bigint) => ({ amount, paid: 0n, loss: amount })

test('foresight holds what was lost first, and a lot holds its share of it', () => {
  const orders = [
    ...Array.from({ length: 90 }, () => paid(100n)),
    ...Array.from({ length: 10 }, () => lost(100n)),
  ]
  const { foresight, placebo } = yardsticksOf(orders, 1_000n, 'seed')
  assert.deepEqual(foresight, { lossAvoided: 1_000n, lostPaid: 0n })
  // A tenth of all sales was lost, so a tenth of what is held by lot is.
  assert.ok(placebo.lossAvoided > 80n && placebo.lossAvoided < 120n, String(placebo.lossAvoided))
  assert.ok(placebo.interval.low >= 0n && placebo.interval.high <= 500n)
  assert.equal(placebo.lossAvoided + placebo.lostPaid, 1_000n)
})

test('no lot avoids more than foresight, and both cost the same sales', () => {
  const one = fc.tuple(fc.bigInt(1n, 10_000n), fc.boolean())
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 60 }), fc.nat(100), (told, percent) => {
      const orders = told.map(([amount, isPaid]) => (isPaid ? paid(amount) : lost(amount)))
      const sales = orders.reduce((sum, { amount }) => sum + amount, 0n)
      const budget = (sales * BigInt(percent)) / 100n
      const { foresight, placebo } = yardsticksOf(orders, budget, 'seed')
      assert.ok(placebo.interval.high <= foresight.lossAvoided + 1n)
      const cost = foresight.lossAvoided + foresight.lostPaid
      assert.ok(cost <= budget && cost >= budget - 2n, `${cost} of ${budget}`)
    }),
    { numRuns: 50 },
  )
})

test('an interval of many alike customers is narrow, of one it begins at nothing', () => {
  const effect = { lossAvoided: 1_000n, marginLost: 100n }
  const many = effectIntervals(
    Array.from({ length: 400 }, () => effect),
    'seed',
  )
  assert.ok(many.lossAvoided.low > 350_000n && many.lossAvoided.high < 450_000n)
  assert.ok(many.net.low > 0n)
  const one = effectIntervals([effect, { lossAvoided: 0n, marginLost: 0n }], 'seed')
  assert.equal(one.customers, 1)
  assert.equal(one.lossAvoided.low, 0n)
})

test('the same customers give the same interval', () => {
  const effects = [
    { lossAvoided: 7n, marginLost: 3n },
    { lossAvoided: -5n, marginLost: 4n },
  ]
  assert.deepEqual(effectIntervals(effects, 'seed'), effectIntervals(effects, 'seed'))
})
