import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { aucOf } from '#kernel/scoring/auc.ts'

describe('the area under the curve', () => {
  const cases: [name: string, positives: number[], negatives: number[], auc: number | null][] = [
    ['cannot be told without positives', [], [1], null],
    ['cannot be told without negatives', [1], [], null],
    ['is 1 where every positive is above', [3, 4], [1, 2], 1],
    ['is 0 where every positive is below', [1, 2], [3, 4], 0],
    ['is a half where all are tied', [1, 1, 1], [1, 1], 0.5],
    ['counts a tie half', [2, 3], [1, 2], 0.875],
  ]
  for (const [name, positives, negatives, auc] of cases) {
    it(name, () => {
      const outcome = aucOf(positives, negatives)
      assert.equal(outcome.kind === 'measured' ? outcome.auc : null, auc)
    })
  }

  // Placements of positives: 1, 1/2, 1 (mean 5/6, variance 1/12); of negatives: 1, 2/3 (1/18).
  it('has the standard error that DeLong gives by hand', () => {
    const outcome = aucOf([3, 1.5, 4], [1, 2])
    assert.ok(outcome.kind === 'measured')
    assert.ok(Math.abs(outcome.auc - 5 / 6) < 1e-12)
    assert.ok(Math.abs(outcome.standardError - Math.sqrt(1 / 36 + 1 / 36)) < 1e-12)
    assert.equal(outcome.high, 1)
    assert.ok(Math.abs(outcome.low - (5 / 6 - 1.959963984540054 / Math.sqrt(18))) < 1e-12)
  })

  it('equals the count of all pairs, and 1 less itself when the sides are swapped', () => {
    const scores = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 })
    const property = fc.property(scores, scores, (positives, negatives) => {
      let wins = 0
      for (const p of positives) for (const n of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0
      const outcome = aucOf(positives, negatives)
      const swapped = aucOf(negatives, positives)
      assert.ok(outcome.kind === 'measured' && swapped.kind === 'measured')
      assert.ok(Math.abs(outcome.auc - wins / (positives.length * negatives.length)) < 1e-9)
      assert.ok(Math.abs(outcome.auc + swapped.auc - 1) < 1e-9)
      assert.ok(Math.abs(outcome.standardError - swapped.standardError) < 1e-9)
      assert.ok(outcome.low <= outcome.auc && outcome.auc <= outcome.high)
    })
    fc.assert(property)
  })
})
