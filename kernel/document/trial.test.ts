import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { groupOf, isWithinTrial, type Trial } from '#kernel/document/trial.ts'

const ids = Array.from({ length: 20_000 }, (_, at) => `01990000-0000-7000-8000-${at}`)

function drawn(name: string, shareBps: number): Set<string> {
  return new Set(ids.filter((id) => groupOf({ name, shareBps }, id) === 'challenger'))
}

test('about the share is drawn, and who is drawn of a small share is of a larger one', () => {
  const [few, more] = [drawn('a', 1_000), drawn('a', 3_000)]
  // Four standard deviations of so many draws.
  assert(Math.abs(few.size - 2_000) < 170, String(few.size))
  assert(Math.abs(more.size - 6_000) < 260, String(more.size))
  assert([...few].every((id) => more.has(id)))
})

test('trials of two names are drawn independently of each other', () => {
  const [one, other] = [drawn('a', 5_000), drawn('b', 5_000)]
  const both = [...one].filter((id) => other.has(id)).length
  assert(Math.abs(both - 5_000) < 250, String(both))
})

test('a draw never changes', () => {
  const trial = { name: '逾期 15 天', shareBps: 2_500 }
  const groups = ids.slice(0, 12).map((id) => groupOf(trial, id) === 'challenger')
  assert.deepEqual(
    groups.flatMap((isDrawn, at) => (isDrawn ? [at] : [])),
    [3],
  )
})

test('one trial is within another only where all of its customers are', () => {
  const group = fc.constantFrom('challenger' as const, 'champion' as const)
  const trial: fc.Arbitrary<Trial | undefined> = fc.option(
    fc.record({
      ...{ name: fc.constantFrom('a', 'b'), share: fc.constantFrom('10%', '50%', '90%'), group },
      readOn: fc.constant('2027-01-31'),
    }),
    { nil: undefined },
  )
  const isOf = (of: Trial | undefined, id: string) =>
    of === undefined ||
    groupOf({ name: of.name, shareBps: Number(of.share.replace('%', '')) * 100 }, id) === of.group
  fc.assert(
    fc.property(trial, trial, (narrow, wide) => {
      const within = ids.slice(0, 500).every((id) => !isOf(narrow, id) || isOf(wide, id))
      assert.equal(isWithinTrial(narrow, wide), within)
    }),
  )
})
