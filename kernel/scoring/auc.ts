/** Area under the ROC curve with its 95 % interval; Gini is `2 auc − 1`. */
export type AucOutcome =
  | {
      readonly kind: 'measured'
      readonly auc: number
      readonly standardError: number
      readonly low: number
      readonly high: number
      readonly positives: number
      readonly negatives: number
    }
  | { readonly kind: 'one-class' }

/**
 * The chance that a positive case (a default, a late payment) scores above a negative one, ties
 * counted half: the Mann–Whitney form of the area under the ROC curve, exact up to floating point.
 * Scores are read as "higher is more likely positive". The interval is `auc ± 1.96` standard
 * errors, cut to 0 … 1, with the variance of DeLong, DeLong and Clarke-Pearson (Biometrics 44,
 * 1988), whose placement values come from ranks as in Sun and Xu (IEEE Signal Processing Letters
 * 21, 2014): a sort, not a comparison of all pairs. `one-class` where a side is empty. With a
 * single case on a side its share of the variance cannot be told and counts as 0.
 */
export function aucOf(positives: readonly number[], negatives: readonly number[]): AucOutcome {
  const m = positives.length
  const n = negatives.length
  if (m === 0 || n === 0) return { kind: 'one-class' }
  const pooled = midranksOf([...positives, ...negatives])
  const amongPositives = midranksOf(positives)
  const amongNegatives = midranksOf(negatives)
  // The share of the other side that a case is above (a positive) or below (a negative).
  const placedPositives = amongPositives.map((rank, i) => ((pooled[i] ?? 0) - rank) / n)
  const placedNegatives = amongNegatives.map((rank, j) => 1 - ((pooled[m + j] ?? 0) - rank) / m)
  const auc = meanOf(placedPositives)
  const variance =
    varianceOf(placedPositives, auc) / m + varianceOf(placedNegatives, meanOf(placedNegatives)) / n
  const standardError = Math.sqrt(variance)
  const low = Math.max(0, auc - normal975 * standardError)
  const high = Math.min(1, auc + normal975 * standardError)
  return { kind: 'measured', auc, standardError, low, high, positives: m, negatives: n }
}

const normal975 = 1.959963984540054

/** Ranks from 1; equal values share the mean of their ranks. */
function midranksOf(values: readonly number[]): Float64Array {
  const ascending = Float64Array.from(values).sort()
  const ranks = new Map<number, number>()
  for (let start = 0; start < ascending.length; ) {
    const value = ascending[start] ?? 0
    let end = start + 1
    while (end < ascending.length && ascending[end] === value) end += 1
    ranks.set(value, (start + 1 + end) / 2)
    start = end
  }
  return Float64Array.from(values, (value) => ranks.get(value) ?? 0)
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function varianceOf(values: Float64Array, mean: number): number {
  if (values.length < 2) return 0
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}
