import { binColumn, placesIn, sizeOf, sumOf } from '#kernel/model/bins.ts'
import { aucBy } from '#kernel/model/cross-validate.ts'
import { evidenceOf } from '#kernel/model/evidence.ts'
import { foldWeightsOf } from '#kernel/model/fold-weights.ts'
import { foldsOf } from '#kernel/model/folds.ts'
import type { Column, TrainingTable } from '#kernel/model/table.ts'

/** A characteristic that knows the outcome better than one known beforehand could. */
export type Leak = {
  readonly id: string
  /** It alone separates too well, or whether it is known at all does. */
  readonly kind: 'too-good' | 'missing-tells'
  /** How well, by cases of other folds. */
  readonly auc: number
}

/**
 * Alone, the best payment histories reach about 0.85. Above 0.90 for certain (the lower end of
 * the interval), and 0.75 for a mere gap, is what a field looks like that was written afterwards.
 */
const tooGood = 0.9
const missingTooGood = 0.75

/** Names characteristics that should be looked at before anything is fitted to them. */
export function findLeaks(table: TrainingTable): Leak[] {
  const folds = { of: foldsOf(table, 5, 'leaks'), count: 5 }
  return table.columns.flatMap((column): Leak[] => {
    const known = isKnown(column)
    const gap = known.map((each) => 1 - each)
    const told = certainAuc(Float64Array.from(gap), table.bad)
    const other = certainAuc(Float64Array.from(known), table.bad)
    const missing = told.low > other.low ? told : other
    if (missing.low > missingTooGood) {
      return [{ id: column.id, kind: 'missing-tells', auc: missing.auc }]
    }
    const alone = certainAuc(scoresAlone(column, table, folds), table.bad)
    return alone.low > tooGood ? [{ id: column.id, kind: 'too-good', auc: alone.auc }] : []
  })
}

function isKnown(column: Column): Uint8Array {
  return column.kind === 'number'
    ? Uint8Array.from(column.values, (value) => (Number.isNaN(value) ? 0 : 1))
    : Uint8Array.from(column.codes, (code) => (code < 0 ? 0 : 1))
}

function certainAuc(scores: Float64Array, bad: Uint8Array): { auc: number; low: number } {
  const outcome = aucBy(scores, bad)
  return outcome.kind === 'measured' ? outcome : { auc: 0.5, low: 0 }
}

function scoresAlone(
  column: Column,
  { bad }: TrainingTable,
  folds: { readonly of: Int32Array; readonly count: number },
): Float64Array {
  const bins = binColumn(column, bad, {
    directions: ['none'],
    preBins: 20,
    maxBins: 20,
    minCases: 1,
    minBads: 0,
    minGoods: 0,
  })
  const good = Float64Array.from(bad, (each) => 1 - each)
  return foldWeightsOf(placesIn(column, bins), folds, sizeOf(bins), {
    first: bad,
    second: good,
    weigh: (bads, goods) => {
      const counts = Array.from(bads, (each, at) => ({ bad: each, good: goods[at] ?? 0 }))
      const all = sumOf(counts)
      return Float64Array.from(counts, (each) => evidenceOf(each, all).woe)
    },
  }).column
}
