import { stabilityOf } from '#kernel/model/measures.ts'

/** Whether customers fall elsewhere than they did: PSI, with what chance alone would give. */
export type Shift = {
  readonly psi: number
  readonly byChance: number
  readonly verdict: 'stable' | 'watch' | 'shifted' | 'too-few'
}

const fewest = 50
const watched = 0.1
const shifted = 0.25

/**
 * Holds two samples in the same bins against each other, by the usual bounds of 0.10 and 0.25 (Siddiqi,
 * Credit Risk Scorecards, 2006), and only where the interval is above what chance gives on average.
 */
export function shiftOf(then: readonly number[], now: readonly number[]): Shift {
  const { byChance, low, psi } = stabilityOf(then, now)
  const least = Math.min(
    ...[then, now].map((counts) => counts.reduce((sum, each) => sum + each, 0)),
  )
  if (least < fewest) return { psi, byChance, verdict: 'too-few' }
  if (psi < watched) return { psi, byChance, verdict: 'stable' }
  // It may be large and still be what chance gives of so few.
  const verdict = low <= byChance ? 'too-few' : psi >= shifted ? 'shifted' : 'watch'
  return { psi, byChance, verdict }
}

export type Told = {
  readonly customers: number
  readonly bad: number
  /** The chance of being bad that was told of each of them. */
  readonly chance: number
}

export type CalibrationVerdict = 'as-told' | 'worse' | 'better'

/**
 * Whether so many bad ones may come by chance where each has the chance that was told: an exact
 * binomial test of both sides at `certainty` in all, such as 0.05.
 */
export function calibrationVerdict(
  { bad, chance, customers }: Told,
  certainty: number,
): CalibrationVerdict {
  const tails = binomialTails(customers, chance, bad)
  if (tails.atLeast < certainty / 2) return 'worse'
  return tails.atMost < certainty / 2 ? 'better' : 'as-told'
}

/** Over all grades: the number of bad ones against the sum of the chances, by the normal law. */
export function overallVerdict(grades: readonly Told[]): CalibrationVerdict {
  let [bad, expected, variance] = [0, 0, 0]
  for (const { bad: own, chance, customers } of grades) {
    bad += own
    expected += customers * chance
    variance += customers * chance * (1 - chance)
  }
  // A half, since what is counted goes in steps of one.
  const distance = Math.max(0, Math.abs(bad - expected) - 0.5)
  if (variance === 0) return distance === 0 ? 'as-told' : bad > expected ? 'worse' : 'better'
  if (distance / Math.sqrt(variance) < 1.959963984540054) return 'as-told'
  return bad > expected ? 'worse' : 'better'
}

/** P(X ≥ k) and P(X ≤ k) of a binomial X. */
function binomialTails(n: number, p: number, k: number): { atLeast: number; atMost: number } {
  if (p <= 0) return { atLeast: k === 0 ? 1 : 0, atMost: 1 }
  if (p >= 1) return { atLeast: 1, atMost: k === n ? 1 : 0 }
  let log = n * Math.log1p(-p)
  let [below, above] = [0, 0]
  for (let x = 0; x <= n; x += 1) {
    const mass = Math.exp(log)
    if (x <= k) below += mass
    if (x >= k) above += mass
    log += Math.log(((n - x) / (x + 1)) * (p / (1 - p)))
  }
  return { atLeast: Math.min(1, above), atMost: Math.min(1, below) }
}
