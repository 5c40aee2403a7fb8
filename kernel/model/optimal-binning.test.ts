import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { type BinCounts, evidenceOf } from '#kernel/model/evidence.ts'
import { type BinningRules, type Direction, optimalBinning } from '#kernel/model/optimal-binning.ts'

const all: readonly Direction[] = ['ascending', 'descending', 'peak', 'valley', 'none']
const count = fc.nat(40)
const counts = fc.array(fc.record({ good: count, bad: count }), { minLength: 1, maxLength: 9 })
const limits = fc.record({
  maxBins: fc.integer({ min: 1, max: 7 }),
  minCases: fc.integer({ min: 1, max: 60 }),
  minBads: fc.nat(20),
  minGoods: fc.nat(20),
})

it('is the best there is: as good as trying every merge', () => {
  fc.assert(
    fc.property(counts, limits, fc.constantFrom(...all), (pre, limit, direction) => {
      const shares = sharesOf(pre)
      const rules = { ...limit, directions: [direction] }
      const found = optimalBinning(pre, rules, shares)
      const best = bestByTrying(pre, rules, shares)
      if (best === null) assert.deepEqual(found.ends, [pre.length - 1])
      else assert.ok(Math.abs(found.iv - best) < 1e-9, `${found.iv} is not ${best}`)
    }),
    { numRuns: 600 },
  )
})

it('keeps what it declares: direction, sizes, and each pre-bin in one bin', () => {
  fc.assert(
    fc.property(counts, limits, fc.constantFrom(...all), (pre, limit, direction) => {
      const shares = sharesOf(pre)
      const rules = { ...limit, directions: [direction] }
      const { ends } = optimalBinning(pre, rules, shares)
      assert.equal(ends.at(-1), pre.length - 1)
      assert.ok(ends.every((end, at) => end > (ends[at - 1] ?? -1)))
      if (ends.length > 1) assert.ok(isAllowed(binsOf(pre, ends), rules, shares))
    }),
    { numRuns: 600 },
  )
})

it('takes the first of equally good directions, the best of different ones', () => {
  const pre = [9, 5, 1].map((bad) => ({ good: 20, bad }))
  const rules = { maxBins: 3, minCases: 1, minBads: 0, minGoods: 0 }
  const found = (directions: readonly Direction[]) =>
    optimalBinning(pre, { ...rules, directions }, sharesOf(pre)).direction
  assert.equal(found(['ascending', 'descending', 'peak']), 'descending')
  assert.equal(found(['peak', 'descending']), 'peak')
})

function sharesOf(pre: readonly BinCounts[]): BinCounts {
  const sum = (key: keyof BinCounts) => pre.reduce((total, each) => total + each[key], 3)
  return { good: sum('good'), bad: sum('bad') }
}

function binsOf(pre: readonly BinCounts[], ends: readonly number[]): BinCounts[] {
  return ends.map((end, at) => {
    const inBin = pre.slice((ends[at - 1] ?? -1) + 1, end + 1)
    const sum = (key: keyof BinCounts) => inBin.reduce((total, each) => total + each[key], 0)
    return { good: sum('good'), bad: sum('bad') }
  })
}

function bestByTrying(
  pre: readonly BinCounts[],
  rules: BinningRules,
  shares: BinCounts,
): number | null {
  let best: number | null = null
  for (let mask = 0; mask < 1 << (pre.length - 1); mask += 1) {
    const ends = [...pre.keys()].filter((at) => at === pre.length - 1 || (mask >> at) & 1)
    const bins = binsOf(pre, ends)
    if (!isAllowed(bins, rules, shares)) continue
    const iv = bins.reduce((sum, each) => sum + evidenceOf(each, shares).iv, 0)
    best = Math.max(best ?? iv, iv)
  }
  return best
}

function isAllowed(bins: readonly BinCounts[], rules: BinningRules, shares: BinCounts): boolean {
  const { maxBins, minCases, minBads, minGoods, directions } = rules
  const isBig = ({ good, bad }: BinCounts) =>
    good + bad >= minCases && bad >= minBads && good >= minGoods && good + bad > 0
  if (bins.length > maxBins || !bins.every(isBig)) return false
  const woe = bins.map((each) => evidenceOf(each, shares).woe)
  const rises = (of: readonly number[]) => of.every((each, at) => each >= (of[at - 1] ?? each))
  const falls = (of: readonly number[]) => of.every((each, at) => each <= (of[at - 1] ?? each))
  const turns = (one: typeof rises, other: typeof rises) =>
    woe.some((_, at) => one(woe.slice(0, at + 1)) && other(woe.slice(at)))
  const holds: Readonly<Record<Direction, boolean>> = {
    ascending: rises(woe),
    descending: falls(woe),
    peak: turns(rises, falls),
    valley: turns(falls, rises),
    none: true,
  }
  return directions.some((direction) => holds[direction])
}
