import { invariant } from '#kernel/invariant.ts'
import { openStream, unit } from '#kernel/random/random.ts'

/** What one customer adds to an effect, in minor units of the base currency. */
export type CustomerEffect = {
  readonly lossAvoided: bigint
  /** Margin of paid sales that are lost. */
  readonly marginLost: bigint
}

export type Interval = { readonly low: bigint; readonly high: bigint }

export type EffectIntervals = {
  readonly lossAvoided: Interval
  readonly marginLost: Interval
  readonly net: Interval
  /** Customers on whom there is an effect at all: of few, an interval says little. */
  readonly customers: number
}

const draws = 1_000
const fewest = 0.025

/**
 * Intervals of 95 % by drawing customers anew, each as often as chance has it (Poisson bootstrap:
 * Hanley and MacGibbon 2006). A customer's orders stay together, since they share its fate.
 */
export function effectIntervals(effects: readonly CustomerEffect[], seed: string): EffectIntervals {
  const touched = effects.filter(
    ({ lossAvoided, marginLost }) => lossAvoided !== marginLost || lossAvoided !== 0n,
  )
  const avoided = touched.map(({ lossAvoided }) => Number(lossAvoided))
  const lost = touched.map(({ marginLost }) => Number(marginLost))
  const stream = openStream(seed, 'bootstrap')
  const drawn = {
    lossAvoided: new Float64Array(draws),
    marginLost: new Float64Array(draws),
    net: new Float64Array(draws),
  }
  for (let draw = 0; draw < draws; draw += 1) {
    let [a, l] = [0, 0]
    for (let at = 0; at < touched.length; at += 1) {
      const times = poissonOfOne(unit(stream))
      a += times * (avoided[at] ?? 0)
      l += times * (lost[at] ?? 0)
    }
    drawn.lossAvoided[draw] = a
    drawn.marginLost[draw] = l
    drawn.net[draw] = a - l
  }
  return {
    lossAvoided: intervalOf(drawn.lossAvoided),
    marginLost: intervalOf(drawn.marginLost),
    net: intervalOf(drawn.net),
    customers: touched.length,
  }
}

/** The middle 95 % of drawn amounts, in whole minor units. */
export function intervalOf(drawn: Float64Array): Interval {
  invariant(drawn.length > 0, 'something was drawn')
  const rising = drawn.toSorted()
  const at = (share: number) => rising[Math.round(share * (rising.length - 1))] ?? 0
  return { low: BigInt(Math.round(at(fewest))), high: BigInt(Math.round(at(1 - fewest))) }
}

/** Of a fraction in [0, 1): how often one is drawn where once is expected. */
function poissonOfOne(fraction: number): number {
  let times = 0
  let chance = Math.exp(-1)
  for (let sum = chance; fraction >= sum && times < 20; sum += chance) {
    times += 1
    chance /= times
  }
  return times
}
