import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  chance,
  integerBetween,
  normal,
  openStream,
  pick,
  pickWeighted,
  unit,
} from '#kernel/random/random.ts'

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw)
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

test('a stream is the same for the same labels and different for others', () => {
  const first = (...labels: (string | number)[]) => {
    const stream = openStream(...labels)
    return draws(4, () => unit(stream))
  }
  assert.deepEqual(first('seed', 'C00001', 'sales'), first('seed', 'C00001', 'sales'))
  assert.notDeepEqual(first('seed', 'C00001', 'sales'), first('seed', 'C00002', 'sales'))
  assert.notDeepEqual(first('seed', 'C00001', 'sales'), first('seed', 'C00001', 'payments'))
  const firsts = new Set(draws(10_000, () => 0).map((_, i) => unit(openStream('seed', i))))
  assert.ok(firsts.size > 9_990, `${firsts.size} different first draws`)
})

test('the first numbers of a seed never change', () => {
  const stream = openStream('xinheng', 1)
  assert.deepEqual(
    draws(4, () => integerBetween(stream, 0, 999)),
    [814, 539, 763, 44],
  )
})

test('units are spread evenly', () => {
  const stream = openStream('units')
  const tenths = new Array<number>(10).fill(0)
  for (let i = 0; i < 100_000; i++) {
    const tenth = Math.floor(unit(stream) * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  // Five standard deviations of a tenth of 100,000 draws are 475.
  for (const count of tenths) assert.ok(Math.abs(count - 10_000) < 475, String(tenths))
})

test('normals have mean 0 and variance 1', () => {
  const stream = openStream('normals')
  const values = draws(100_000, () => normal(stream))
  assert.ok(Math.abs(mean(values)) < 0.02)
  assert.ok(Math.abs(mean(values.map((v) => v * v)) - 1) < 0.02)
})

test('weights decide how often a value is drawn', () => {
  const stream = openStream('weights')
  const table = [
    ['never', 0],
    ['often', 3],
    ['seldom', 1],
  ] as const
  const drawn = Array.from({ length: 10_000 }, () => pickWeighted(stream, table))
  assert.equal(drawn.includes('never'), false)
  const often = drawn.filter((value) => value === 'often').length
  assert.ok(often > 7_250 && often < 7_750, String(often))
})

test('chance 0 never happens and chance 1 always', () => {
  const stream = openStream('chance')
  for (let i = 0; i < 1_000; i++) {
    assert.equal(chance(stream, 0), false)
    assert.equal(chance(stream, 1), true)
  }
})

test('whole numbers stay within their bounds and reach both', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(5), (seed, low, span) => {
      const stream = openStream(seed)
      const seen = new Set(draws(300, () => integerBetween(stream, low, low + span)))
      for (const value of seen) assert.ok(value >= low && value <= low + span)
      assert.equal(seen.size, span + 1)
      assert.ok(['a', 'b'].includes(pick(stream, ['a', 'b'])))
    }),
    { numRuns: 50 },
  )
})
