import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { altmanZ2Of, zmijewskiOf } from '#kernel/indicator/distress-scores.ts'

const nothing = {
  currentAssets: 0n,
  currentLiabilities: 1n,
  totalAssets: 1_000_000n,
  totalLiabilities: 1n,
  equity: 0n,
  retainedEarnings: 0n,
}
const noFlow = { numerator: 0n, denominator: 12n }

describe('zones', () => {
  // Equity over liabilities alone: 1.05 × 22 / 21 is 1.10, 1.05 × 52 / 21 is 2.60.
  const altman: [equity: bigint, score4: bigint, zone: string][] = [
    [2_199_800n, 10_999n, 'distress'],
    [2_200_000n, 11_000n, 'grey'],
    [5_200_000n, 26_000n, 'grey'],
    [5_200_200n, 26_001n, 'safe'],
  ]
  for (const [equity, score4, zone] of altman) {
    it(`of Z″ ${score4}: ${zone}`, () => {
      const inputs = { ...nothing, currentLiabilities: 0n, totalLiabilities: 2_100_000n, equity }
      assert.deepEqual(altmanZ2Of(inputs, noFlow), { score4, zone })
    })
  }

  // Liabilities of 4,336 on assets of 5,679 offset the constant exactly.
  const zmijewski: [totalLiabilities: bigint, score4: bigint, zone: string][] = [
    [4_335_900n, -1n, 'sound'],
    [4_336_000n, 0n, 'sound'],
    [4_336_100n, 1n, 'distress'],
  ]
  for (const [totalLiabilities, score4, zone] of zmijewski) {
    it(`of Zmijewski ${score4}: ${zone}`, () => {
      const inputs = { ...nothing, totalAssets: 5_679_000n, totalLiabilities }
      assert.deepEqual(zmijewskiOf(inputs, noFlow), { score4, zone })
    })
  }

  it('are not told without assets', () => {
    assert.equal(altmanZ2Of({ ...nothing, totalAssets: 0n }, noFlow), null)
    assert.equal(zmijewskiOf({ ...nothing, totalAssets: 0n }, noFlow), null)
  })
})
