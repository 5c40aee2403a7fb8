import type { Label } from '#kernel/document/label.ts'
import type { Bins } from '#kernel/model/bins.ts'
import { type Calibration, calibrated } from '#kernel/model/calibration.ts'
import { aucBy, type Performance } from '#kernel/model/cross-validate.ts'
import type { BinCounts } from '#kernel/model/evidence.ts'
import type { Model } from '#kernel/model/fit-model.ts'
import type { Leak } from '#kernel/model/leaks.ts'
import { type Stability, stabilityOf } from '#kernel/model/measures.ts'
import type { Direction } from '#kernel/model/optimal-binning.ts'
import type { PointScale } from '#kernel/model/points.ts'
import {
  type CalibrationPart,
  calibrationParts,
  type Quality,
  qualityOf,
} from '#kernel/model/quality.ts'
import type { Column, TrainingTable } from '#kernel/model/table.ts'

/** A figure with its 95 % interval; null where one class is empty. */
export type Figure = { readonly value: number; readonly low: number; readonly high: number } | null

/** All that a person needs to judge a model, as plain data. */
export type ModelCard = {
  readonly kind: 'fitted' | 'expert-updated'
  readonly data: {
    readonly cases: number
    readonly bads: number
    readonly groups: number
    readonly badGroups: number
  }
  readonly label: Label
  /** First and last day on which cases were seen, where they have days. */
  readonly days: { readonly first: string; readonly last: string } | null
  readonly folds: { readonly count: number; readonly seed: string; readonly by: 'party' | 'row' }
  readonly figures: {
    readonly auc: number
    readonly aucBetweenFolds: number
    readonly aucAllCases: Figure
    readonly ks: number
    readonly brier: number
    readonly calibration: Calibration
    /** Of all cases outside of their folds; intervals by customer. */
    readonly quality: Quality | null
    readonly parts: readonly CalibrationPart[]
  } | null
  /** Later cases than all it was fitted to, with a gap as long as the horizon. */
  readonly outOfTime: {
    readonly cases: number
    readonly bads: number
    readonly auc: Figure
    readonly psi: Stability
    readonly quality: Quality | null
    readonly parts: readonly CalibrationPart[]
  } | null
  readonly characteristics: readonly CardLine[]
  readonly interactions: readonly { readonly first: string; readonly second: string }[]
  readonly leaks: readonly Leak[]
  readonly scale: PointScale | null
  /** The probability of being bad at the lowest score of each grade. */
  readonly grades: readonly { readonly grade: string; readonly chance: number }[]
  readonly limits: readonly Label[]
}

export type CardLine = {
  readonly id: string
  readonly iv: number
  readonly direction: Direction
  readonly coefficient: number
  /** Information value that each merge by hand cost. */
  readonly merged: readonly number[]
  readonly parts: readonly CardBin[]
}

export type CardBin = BinCounts & {
  readonly values: BinValues
  readonly woe: number
  /** Null where the model is no scorecard. */
  readonly points: number | null
}

/** What is in a bin; numbers are as they stand in the table, null is no bound. */
export type BinValues =
  | { readonly kind: 'range'; readonly above: number | null; readonly upTo: number | null }
  | { readonly kind: 'levels'; readonly levels: readonly string[] }
  | { readonly kind: 'special'; readonly value: number }
  | { readonly kind: 'missing' }

export function dataOf(table: TrainingTable): ModelCard['data'] {
  const badGroups = new Set(table.group.filter((_, row) => table.bad[row] === 1))
  return {
    cases: table.bad.length,
    bads: table.bad.reduce((sum, bad) => sum + bad, 0),
    groups: new Set(table.group).size,
    badGroups: badGroups.size,
  }
}

export function figuresOf(
  of: Performance,
  { bad, group }: TrainingTable,
): NonNullable<ModelCard['figures']> {
  const chances = calibrated(of.logOdds, of.calibration)
  return {
    auc: of.auc,
    aucBetweenFolds: of.aucSpread,
    aucAllCases: figureOf(of.pooled),
    ks: of.ks,
    brier: of.brier,
    calibration: of.calibration,
    quality: qualityOf({ chances, bad, group }, 'folds'),
    parts: calibrationParts({ chances, bad }),
  }
}

/** The characteristics of a model, the strongest first; `points` are theirs, in its order. */
export function linesOf(
  model: Model,
  columns: readonly Column[],
  points: readonly (readonly number[])[] = [],
): CardLine[] {
  return model.characteristics
    .map(({ bins, woe, coefficient, merged }, at) => ({
      id: bins.id,
      iv: bins.iv,
      direction: bins.direction,
      coefficient,
      merged,
      parts: bins.counts.map((counts, bin) => ({
        values: valuesOf(bins, bin, columns[at]),
        ...counts,
        woe: woe[bin] ?? 0,
        points: points[at]?.[bin] ?? null,
      })),
    }))
    .sort((a, b) => b.iv - a.iv)
}

function valuesOf({ values, special, counts }: Bins, bin: number, column?: Column): BinValues {
  if (bin === counts.length - 1) return { kind: 'missing' }
  if (values.kind === 'category') {
    const levels = column?.kind === 'category' ? column.levels : []
    const own = (values.levelsOf[bin] ?? []).map((level) => levels[level] ?? '')
    return { kind: 'levels', levels: own }
  }
  const { cuts } = values
  if (bin > cuts.length) return { kind: 'special', value: special[bin - cuts.length - 1] ?? 0 }
  return { kind: 'range', above: cuts[bin - 1] ?? null, upTo: cuts[bin] ?? null }
}

/** How a model does on later cases, and how far their scores moved in tenths of the earlier ones. */
export function outOfTimeOf(
  before: Float64Array,
  later: Float64Array,
  of: { readonly table: TrainingTable; readonly calibration: Calibration },
): NonNullable<ModelCard['outOfTime']> {
  const { bad, group } = of.table
  const chances = calibrated(later, of.calibration)
  const sorted = before.toSorted()
  const cuts = Array.from(
    { length: 9 },
    (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / 10)],
  )
  const tenths = (scores: Float64Array) => {
    const counts = new Array<number>(10).fill(0)
    for (const score of scores) {
      const place = cuts.filter((cut) => cut !== undefined && score >= cut).length
      counts[place] = (counts[place] ?? 0) + 1
    }
    return counts
  }
  return {
    cases: bad.length,
    bads: bad.reduce((sum, each) => sum + each, 0),
    auc: figureOf(aucBy(later, bad)),
    psi: stabilityOf(tenths(before), tenths(later)),
    quality: qualityOf({ chances, bad, group }, 'later'),
    parts: calibrationParts({ chances, bad }),
  }
}

function figureOf(outcome: Performance['pooled']): Figure {
  if (outcome.kind !== 'measured') return null
  return { value: outcome.auc, low: outcome.low, high: outcome.high }
}
