import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { impactFold, type PartyChange, type PartyOutcome } from '#kernel/lab/impact.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money } from '#kernel/money/money.ts'

const grades = ['A', 'B', 'C']
const cny = 'CNY' as Currency

const outcome = (grade: string, minor: bigint | null, termDays: number | null): PartyOutcome => ({
  ...{ grade, termDays, limit: minor === null ? null : money(minor, cny) },
})

function changeOf(code: string, before: PartyOutcome, after: PartyOutcome): PartyChange {
  const gainMinor = (after.limit?.minor ?? 0n) - (before.limit?.minor ?? 0n)
  return { ...{ partyId: code, code, name: code }, before, after, gainMinor }
}

test('who rises, who falls and what limits come to', () => {
  const fold = impactFold(grades, 5)
  fold.add(changeOf('up', outcome('B', 100n, 30), outcome('A', 300n, 45)))
  fold.add(changeOf('down', outcome('A', 500n, 30), outcome('C', 0n, 0)))
  fold.add(changeOf('same', outcome('B', 200n, 30), outcome('B', 200n, 30)))
  fold.add(changeOf('none', outcome('C', null, null), outcome('C', null, null)))
  const { gainers, limits, losers, moves, ...counts } = fold.result()
  assert.deepEqual(counts, {
    ...{ customers: 4, changed: 2, upgraded: 1, downgraded: 1 },
    ...{ longerTerms: 1, shorterTerms: 1 },
  })
  assert.deepEqual(moves, [
    { from: 'A', to: 'C', customers: 1 },
    { from: 'B', to: 'A', customers: 1 },
    { from: 'B', to: 'B', customers: 1 },
    { from: 'C', to: 'C', customers: 1 },
  ])
  assert.deepEqual(limits, [
    {
      ...{ currency: cny, before: money(800n, cny), after: money(500n, cny) },
      raised: { customers: 1, by: money(200n, cny) },
      lowered: { customers: 1, by: money(500n, cny) },
    },
  ])
  assert.deepEqual(
    [gainers.map((each) => each.code), losers.map((each) => each.code)],
    [['up'], ['down']],
  )
})

test('in whatever order they come, sums add up and the largest changes are kept', () => {
  const side = fc.record({
    grade: fc.constantFrom(...grades),
    minor: fc.option(fc.bigInt(0n, 9n)),
    days: fc.option(fc.constantFrom(0, 30, 60)),
  })
  const most = 3
  fc.assert(
    fc.property(fc.array(fc.tuple(side, side), { maxLength: 30 }), (pairs) => {
      const changes = pairs.map(([was, is], at) =>
        changeOf(
          String(at).padStart(2, '0'),
          outcome(was.grade, was.minor, was.days),
          outcome(is.grade, is.minor, is.days),
        ),
      )
      const fold = impactFold(grades, most)
      for (const change of changes) fold.add(change)
      const told = fold.result()
      const backwards = impactFold(grades, most)
      for (const change of changes.toReversed()) backwards.add(change)
      assert.deepEqual(backwards.result(), told)
      assert.equal(
        told.moves.reduce((sum, { customers }) => sum + customers, 0),
        changes.length,
      )
      for (const { after, before, lowered, raised } of told.limits) {
        assert.equal(after.minor - before.minor, raised.by.minor - lowered.by.minor)
      }
      const gain = (change: PartyChange) => change.gainMinor ?? 0n
      const largest = changes
        .filter((change) => gain(change) > 0n)
        .toSorted((a, b) => Number(gain(b) - gain(a)) || (a.code < b.code ? -1 : 1))
      assert.deepEqual(told.gainers, largest.slice(0, most))
    }),
  )
})
