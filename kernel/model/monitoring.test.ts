import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calibrationVerdict, overallVerdict, shiftOf } from '#kernel/model/monitoring.ts'
import { openStream, unit } from '#kernel/random/random.ts'

// biome-ignore format: a table
const shifts: readonly (readonly [what: string, then: number[], now: number[], verdict: string])[] = [
  ['the same', [500, 300, 200], [500, 300, 200], 'stable'],
  ['a little', [500, 300, 200], [480, 310, 210], 'stable'],
  ['half of the best gone', [500, 300, 200], [250, 350, 400], 'shifted'],
  ['between the two bounds', [500, 300, 200], [350, 350, 300], 'watch'],
  ['as much, of few', [20, 12, 8], [10, 14, 16], 'too-few'],
  ['much by chance, of not so many in many bins', Array(30).fill(2), Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? 3 : 1)), 'too-few'],
]
for (const [what, then, now, verdict] of shifts) {
  test(`${what}: ${verdict}`, () => assert.equal(shiftOf(then, now).verdict, verdict))
}

// biome-ignore format: a table
const calibrations: readonly (readonly [customers: number, bad: number, chance: number, verdict: string])[] = [
  [1000, 50, 0.05, 'as-told'], [1000, 66, 0.05, 'worse'], [1000, 64, 0.05, 'as-told'],
  [1000, 36, 0.05, 'better'], [1000, 38, 0.05, 'as-told'], [10, 0, 0.05, 'as-told'], [10, 4, 0.05, 'worse'],
  [0, 0, 0.05, 'as-told'], [5, 4, 1, 'better'], [5, 5, 1, 'as-told'], [5, 1, 0, 'worse'], [5, 0, 0, 'as-told'],
  [100_000, 3_200, 0.03, 'worse'],
]
for (const [customers, bad, chance, verdict] of calibrations) {
  test(`${bad} bad of ${customers} where ${chance} was told: ${verdict}`, () => {
    assert.equal(calibrationVerdict({ customers, bad, chance }, 0.05), verdict)
  })
}

test('a scale that tells the truth is seldom said to err, one that is off by half is found', () => {
  const stream = openStream('monitoring', 'scale')
  const chances = [0.01, 0.03, 0.1, 0.3]
  const drawn = (factor: number) =>
    chances.map((chance) => ({
      ...{ customers: 400, chance },
      bad: Array.from({ length: 400 }).filter(() => unit(stream) < chance * factor).length,
    }))
  const wrong = (factor: number) =>
    Array.from({ length: 200 }).filter(() => overallVerdict(drawn(factor)) !== 'as-told').length
  assert.ok(wrong(1) <= 20, 'about one in twenty')
  assert.equal(wrong(1.5), 200)
})
