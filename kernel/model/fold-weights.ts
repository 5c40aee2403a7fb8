/** Sums per bin, of all rows and without each fold. */
type FoldSums = { readonly all: Float64Array; readonly without: readonly Float64Array[] }

function foldSumsOf(
  places: Int32Array,
  folds: { readonly of: Int32Array; readonly count: number },
  size: number,
  amount: Float64Array | Uint8Array | null,
): FoldSums {
  const within = Array.from({ length: folds.count }, () => new Float64Array(size))
  const all = new Float64Array(size)
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row] as number
    if (place < 0) continue
    const value = amount === null ? 1 : (amount[row] as number)
    const sums = within[folds.of[row] as number] as Float64Array
    sums[place] = (sums[place] as number) + value
    all[place] = (all[place] as number) + value
  }
  return { all, without: within.map((sums) => sums.map((sum, at) => (all[at] as number) - sum)) }
}

export type FoldWeights = {
  /** The weight of each bin by all rows: what the model uses for new cases. */
  readonly weights: Float64Array
  /** Each row's weight by the rows of the other folds: what the regression is fitted to. */
  readonly column: Float64Array
}

/**
 * Weights of bins, and for each row the weight that the other folds give its bin. So a bin that
 * only chance made good helps no row that made it so, and the coefficient fitted to this column
 * tells what the weights are worth for cases not seen.
 */
export function foldWeightsOf(
  places: Int32Array,
  folds: { readonly of: Int32Array; readonly count: number },
  size: number,
  of: {
    readonly first: Float64Array | Uint8Array
    readonly second: Float64Array | null
    readonly weigh: (first: Float64Array, second: Float64Array) => Float64Array
  },
): FoldWeights {
  const first = foldSumsOf(places, folds, size, of.first)
  const second = foldSumsOf(places, folds, size, of.second)
  const byFold = first.without.map((sums, fold) =>
    of.weigh(sums, second.without[fold] ?? new Float64Array(size)),
  )
  const column = new Float64Array(places.length)
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row] as number
    if (place >= 0) column[row] = (byFold[folds.of[row] as number] as Float64Array)[place] as number
  }
  return { weights: of.weigh(first.all, second.all), column }
}
