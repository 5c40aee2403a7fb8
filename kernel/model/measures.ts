/** Kolmogorov–Smirnov: the greatest distance between the shares of bads and goods above a score. */
export function ksOf(scores: Float64Array, bad: Uint8Array): number {
  const order = [...scores.keys()].sort((a, b) => (scores[a] as number) - (scores[b] as number))
  const bads = bad.reduce((sum, each) => sum + each, 0)
  const goods = bad.length - bads
  if (bads === 0 || goods === 0) return 0
  let distance = 0
  let below = 0
  for (const [at, row] of order.entries()) {
    below += bad[row] ? 1 / bads : -1 / goods
    const next = order[at + 1]
    // Equal scores are one step: their order says nothing.
    if (next === undefined || scores[next] !== scores[row])
      distance = Math.max(distance, Math.abs(below))
  }
  return distance
}

/** Brier score: the mean squared distance of the told chance from what happened. */
export function brierOf(chances: Float64Array, bad: Uint8Array): number {
  if (bad.length === 0) return 0
  let sum = 0
  for (const [row, each] of bad.entries()) sum += ((chances[row] ?? 0) - each) ** 2
  return sum / bad.length
}

/** Population stability with its 95 % interval, and what chance alone would give on average. */
export type Stability = {
  readonly psi: number
  readonly low: number
  readonly high: number
  readonly byChance: number
}

/**
 * Population stability index Σ (a − e) ln (a ÷ e) of two samples in the same bins: below 0.10
 * stable, to 0.25 watch, above it shifted (Siddiqi, 2006). Each bin has half a case more, so that an
 * empty one is no infinity. The interval is ± 1.96 standard errors by the delta method over both
 * multinomials, cut at 0; two samples of one population differ by (bins − 1)(1/n + 1/m) on average
 * (Yurdakul and Naranjo, Journal of Risk Model Validation 14, 2020).
 */
export function stabilityOf(expected: readonly number[], actual: readonly number[]): Stability {
  const e = sharesOf(expected)
  const a = sharesOf(actual)
  const bins = expected.length
  let psi = 0
  const slopesA: number[] = []
  const slopesE: number[] = []
  for (let bin = 0; bin < bins; bin += 1) {
    const [share, before] = [a.shares[bin] ?? 0, e.shares[bin] ?? 0]
    const log = Math.log(share / before)
    psi += (share - before) * log
    slopesA.push(log + 1 - before / share)
    slopesE.push(1 - share / before - log)
  }
  const error = Math.sqrt(varianceOf(slopesA, a) + varianceOf(slopesE, e))
  return {
    psi,
    low: Math.max(0, psi - 1.959963984540054 * error),
    high: psi + 1.959963984540054 * error,
    byChance: (bins - 1) * (1 / a.total + 1 / e.total),
  }
}

function sharesOf(counts: readonly number[]): { shares: number[]; total: number } {
  const total = counts.reduce((sum, count) => sum + count + 0.5, 0)
  return { shares: counts.map((count) => (count + 0.5) / total), total }
}

/** Variance of Σ slope × share where the shares are those of a multinomial. */
function varianceOf(slopes: readonly number[], of: { shares: number[]; total: number }): number {
  const mean = slopes.reduce((sum, slope, bin) => sum + slope * (of.shares[bin] ?? 0), 0)
  const square = slopes.reduce((sum, slope, bin) => sum + slope ** 2 * (of.shares[bin] ?? 0), 0)
  return (square - mean ** 2) / of.total
}
