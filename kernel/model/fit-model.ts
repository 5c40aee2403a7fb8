import { type Bins, binColumn, mergeBins, placesIn, sizeOf, sumOf } from '#kernel/model/bins.ts'
import { evidenceOf } from '#kernel/model/evidence.ts'
import { foldWeightsOf } from '#kernel/model/fold-weights.ts'
import { foldsOf } from '#kernel/model/folds.ts'
import {
  type Coarse,
  coarseOf,
  type FoundInteraction,
  findInteractions,
  type Interaction,
  pairPlaces,
} from '#kernel/model/interactions.ts'
import { fitLogistic, type LogisticFit, logOddsOf } from '#kernel/model/logistic.ts'
import type { Direction } from '#kernel/model/optimal-binning.ts'
import type { TrainingTable } from '#kernel/model/table.ts'

export type ModelSettings = {
  readonly preBins: number
  readonly maxBins: number
  /** Fewest cases of a bin as a share of all, and fewest bads and goods. */
  readonly minShare: number
  readonly minBads: number
  readonly directions: readonly Direction[]
  /** Columns of which a person declares how the bad rate goes. */
  readonly declared: ReadonlyMap<string, Direction>
  /** How many pairs of characteristics are looked for at most; 0 leaves the model a plain card. */
  readonly interactions: number
  /** Strength by which coefficients are drawn to 0. */
  readonly ridge: number
  readonly folds: number
  readonly seed: string
  /** What a person merges after the best bins were found, one after the other. */
  readonly merges: readonly Merge[]
}

/**
 * A bin of a column to be merged with the next, counted from 0. With `cut`, the bound between the
 * two in the bins of all cases: other cases have theirs elsewhere, and the nearest is meant.
 */
export type Merge = { readonly id: string; readonly bin: number; readonly cut?: number }

export const usualSettings: ModelSettings = {
  preBins: 20,
  maxBins: 8,
  minShare: 0.02,
  minBads: 3,
  directions: ['ascending', 'descending', 'peak', 'valley'],
  interactions: 30,
  ridge: 1,
  folds: 5,
  seed: 'model',
  merges: [],
  declared: new Map(),
}

export type ModelCharacteristic = {
  readonly bins: Bins
  /** Weight of evidence of each bin. */
  readonly woe: readonly number[]
  /** Never negative, so that what each bin says alone it says in the model; 0 is left out. */
  readonly coefficient: number
  /** Information value that each merge by hand cost. */
  readonly merged: readonly number[]
}

export type Model = {
  readonly intercept: number
  readonly characteristics: readonly ModelCharacteristic[]
  readonly interactions: readonly (Interaction & { readonly coefficient: number })[]
  /** Coarse bins of all columns, for the interactions. */
  readonly coarse: readonly Bins[]
  readonly converged: boolean
}

/** Pairs are looked for in so many rounds, each in what the model so far leaves over. */
const rounds = 6

/**
 * Fits a scorecard model: optimal bins per column, their weights of evidence, logistic regression
 * with coefficients that are not negative, and pairs of characteristics where they pay. The
 * regression sees weights that were told by other folds than the row's own; a characteristic or
 * pair that does not help there gets 0.
 */
export function fitModel(table: TrainingTable, settings: ModelSettings): Model {
  const { bad } = table
  const folds = { of: foldsOf(table, settings.folds, settings.seed), count: settings.folds }
  const rules = {
    ...settings,
    minCases: bad.length * settings.minShare,
    minGoods: settings.minBads,
  }
  const own = table.columns.map((column) => {
    const declared = settings.declared.get(column.id)
    const { bins, merged } = mergedByHand(
      binColumn(column, bad, declared ? { ...rules, directions: [declared] } : rules),
      settings.merges,
    )
    const places = placesIn(column, bins)
    const good = bad.map((each) => 1 - each)
    const weights = foldWeightsOf(places, folds, sizeOf(bins), {
      first: bad,
      second: Float64Array.from(good),
      weigh: weightsOfEvidence,
    })
    return { bins, merged, ...weights }
  })
  const fit = (pairs: readonly FoundInteraction[]) => {
    const columns = [...own, ...pairs].map(({ column }) => column)
    const each = <Value>(value: Value) => columns.map(() => value)
    const fitted = fitLogistic({
      columns,
      bad,
      ridge: each(settings.ridge),
      notNegative: each(true),
    })
    return { ...fitted, logOdds: logOddsOf(columns, fitted, bad.length) }
  }
  let fitted = fit([])
  let pairs: FoundInteraction[] = []
  const coarse = settings.interactions > 0 ? coarseOf(table) : []
  for (let round = 0; round < rounds && settings.interactions > 0; round += 1) {
    const most = Math.ceil(settings.interactions / rounds)
    const found = findInteractions({ coarse, bad, folds }, fitted.logOdds, pairs, most)
    if (found.length === 0) break
    pairs = [...pairs, ...found]
    fitted = fit(pairs)
  }
  return modelOf(own, pairs, coarse, fitted)
}

function mergedByHand(found: Bins, merges: readonly Merge[]): { bins: Bins; merged: number[] } {
  let bins = found
  const merged: number[] = []
  for (const { id, bin, cut } of merges) {
    if (id !== found.id) continue
    const after = mergeBins(bins, cut === undefined ? bin : binBelow(bins, cut))
    bins = after.bins
    merged.push(after.lost)
  }
  return { bins, merged }
}

/** The bin whose upper bound is the nearest to a cut. */
function binBelow({ values }: Bins, cut: number): number {
  if (values.kind === 'category') return -1
  const away = values.cuts.map((each) => Math.abs(each - cut))
  return away.indexOf(Math.min(...away))
}

function weightsOfEvidence(bads: Float64Array, goods: Float64Array): Float64Array {
  const counts = Array.from(bads, (bad, at) => ({ good: goods[at] ?? 0, bad }))
  const all = sumOf(counts)
  return Float64Array.from(counts, (each) => evidenceOf(each, all).woe)
}

function modelOf(
  own: readonly { bins: Bins; merged: readonly number[]; weights: Float64Array }[],
  pairs: readonly FoundInteraction[],
  coarse: readonly Coarse[],
  { intercept, coefficients, converged }: LogisticFit,
): Model {
  return {
    intercept,
    characteristics: own.map(({ bins, merged, weights }, at) => ({
      bins,
      merged,
      woe: [...weights],
      coefficient: coefficients[at] ?? 0,
    })),
    interactions: pairs.flatMap(({ first, second, weights }, at) => {
      const coefficient = coefficients[own.length + at] ?? 0
      return coefficient > 0 ? [{ first, second, weights, coefficient }] : []
    }),
    coarse: coarse.map(({ bins }) => bins),
    converged,
  }
}

/** Log-odds of being bad for each row of a table with the columns that the model was fitted to. */
export function logOddsBy(model: Model, table: TrainingTable): Float64Array {
  const length = table.bad.length
  const columns: Float64Array[] = []
  const coefficients: number[] = []
  for (const [at, { bins, woe, coefficient }] of model.characteristics.entries()) {
    const column = table.columns[at]
    if (coefficient === 0 || !column) continue
    coefficients.push(coefficient)
    columns.push(weightsAt(placesIn(column, bins), woe))
  }
  const coarse = model.coarse.map((bins, at) => {
    const used = model.interactions.some(({ first, second }) => first === at || second === at)
    const column = table.columns[at]
    const places = used && column ? placesIn(column, bins) : new Int32Array(0)
    return { places, size: sizeOf(bins) }
  })
  for (const { first, second, weights, coefficient } of model.interactions) {
    const [a, b] = [coarse[first], coarse[second]]
    if (!a || !b) continue
    coefficients.push(coefficient)
    columns.push(weightsAt(pairPlaces(a, b), weights))
  }
  return logOddsOf(columns, { intercept: model.intercept, coefficients }, length)
}

function weightsAt(places: Int32Array, weights: ArrayLike<number>): Float64Array {
  return Float64Array.from(places, (place) => (place < 0 ? 0 : (weights[place] ?? 0)))
}
