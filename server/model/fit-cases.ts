import { addDays, day } from '#kernel/calendar/day.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { mergeBins } from '#kernel/model/bins.ts'
import { crossValidate } from '#kernel/model/cross-validate.ts'
import { logOddsBy, type Merge, type Model } from '#kernel/model/fit-model.ts'
import { findLeaks, type Leak } from '#kernel/model/leaks.ts'
import {
  dataOf,
  figuresOf,
  linesOf,
  type ModelCard,
  outOfTimeOf,
} from '#kernel/model/model-card.ts'
import { chanceAtScore, pointTable } from '#kernel/model/points.ts'
import { scorecardOfModel } from '#kernel/model/scorecard-of-model.ts'
import { rowsOf, type TrainingTable } from '#kernel/model/table.ts'
import type { Scorecard } from '#kernel/scoring/scorecard.ts'
import {
  type ByHand,
  type Cases,
  cardOf,
  commonLimits,
  type LeftOut,
  type Made,
} from '#server/model/describe-book.ts'
import { declaredBy, type Fit, pick, seed, strongest } from '#server/model/strongest.ts'

/** All that a fit needs, as plain data that may travel to another thread. */
export type FitInput = Cases & {
  /** How many characteristics the bads can carry; null where they are too few for a model. */
  readonly most: number | null
  /** What was left out before. */
  readonly leftOut: readonly LeftOut[]
  /** The card that is in force, and the lowest score of each grade in hundredths. */
  readonly inForce: Scorecard
  readonly grades: readonly { readonly grade: string; readonly minimumScore: number }[]
  readonly indicators: readonly Indicator[]
}

export type FitAnswer =
  | ({ readonly kind: 'fitted' } & Made)
  | { readonly kind: 'too-few-bads'; readonly leaks: readonly Leak[] }
  | { readonly kind: 'nothing-tells' }
  | {
      readonly kind: 'no-such-bin'
      readonly merge: Merge
      /** Bins of values that the characteristic has then; 0 where it is left out. */
      readonly bins: number
    }

const folds = 5
/** The last fifth of the months, at least one, is kept to test what was fitted to the earlier. */
const laterShare = 0.2

/** Fits as many characteristics as the bads can carry and tells all that is to be known of it. */
export function fitCases(input: FitInput, told: (done: number, total: number) => void): FitAnswer {
  const { days, inForce, most, request } = input
  const step = stepsOf(request.merges.length > 0 ? 3 : 2, told)
  const leaks = findLeaks(input.table)
  step()
  if (most === null) return { kind: 'too-few-bads', leaks }
  const isLeftOut = (id: string) =>
    request.leaks === 'leave-out' && leaks.some((leak) => leak.id === id)
  const columns = input.table.columns.filter(({ id }) => !isLeftOut(id))
  const table = { ...input.table, columns }
  const fitWith = (merges: readonly Merge[]) => (train: TrainingTable) => {
    step()
    return strongest(train, most, { merges, declared: declaredBy(inForce) })
  }
  const plain = request.merges.length === 0 ? null : fitWith([])(table)
  const merges = plain === null ? [] : cutsOf(plain.all, request.merges)
  if ('kind' in merges) return merges
  const fit = fitWith(merges)
  const performance = validate(table, fit)
  const fitted = fit(table)
  if (!fitted.model.characteristics.some(({ coefficient }) => coefficient > 0)) {
    return { kind: 'nothing-tells' }
  }
  const leftOut = [
    ...input.leftOut,
    ...leaks.flatMap(({ id }) => (isLeftOut(id) ? [{ id, why: 'leak' as const, iv: null }] : [])),
    ...fitted.leftOut,
  ]
  const points = pointTable(fitted.model, performance.calibration, request)
  const card = {
    ...cardOf({ days, table, request }, { leaks, leftOut, limits: commonLimits }),
    kind: 'fitted' as const,
    figures: figuresOf(performance, table),
    outOfTime: laterOf({ days, table, request }, fit),
    byHand: plain && byHandOf(plain.all, fitted.all, () => qualityWithout(table, fitWith([]))),
    characteristics: linesOf(fitted.model, fitted.columns, points.points),
    grades: input.grades.map(({ grade, minimumScore }) => ({
      grade,
      chance: chanceAtScore(points, minimumScore / 100),
    })),
    scale: { pdo: request.pdo, baseScore: request.baseScore, baseOdds: request.baseOdds },
  }
  return { kind: 'fitted', card, document: documentOf(input, fitted, points) }
}

/** Leaks, then so many times a fit to all and to all but each fold. */
function stepsOf(times: number, told: (done: number, total: number) => void): () => void {
  const total = 1 + times * (folds + 1)
  let done = 0
  return () => {
    done += 1
    told(Math.min(done, total), total)
  }
}

function validate(table: TrainingTable, fit: (train: TrainingTable) => Fit) {
  return crossValidate(table, { folds, seed }, (train) => {
    const { columns, model } = fit(train)
    return (test) => logOddsBy(model, pick(test, columns))
  })
}

function qualityWithout(table: TrainingTable, fit: (train: TrainingTable) => Fit) {
  return figuresOf(validate(table, fit), table).quality
}

/** Merges with the bound that each removes, or the first that there is no bin for. */
function cutsOf(
  { characteristics }: Model,
  merges: readonly Merge[],
): Merge[] | Extract<FitAnswer, { kind: 'no-such-bin' }> {
  const binsOf = new Map(characteristics.map(({ bins }) => [bins.id, bins]))
  const found: Merge[] = []
  for (const merge of merges) {
    const { bin, id } = merge
    const bins = binsOf.get(id)
    if (!bins) return { kind: 'no-such-bin', merge, bins: 0 }
    const after = mergeBins(bins, bin).bins
    if (after === bins) {
      const { counts, special } = bins
      return { kind: 'no-such-bin', merge, bins: counts.length - special.length - 1 }
    }
    const cut = bins.values.kind === 'number' ? bins.values.cuts[bin] : undefined
    found.push({ id, bin, ...(cut === undefined ? {} : { cut }) })
    binsOf.set(id, after)
  }
  return found
}

function byHandOf(before: Model, after: Model, quality: () => ByHand['before']): ByHand {
  const merged = after.characteristics.filter((each) => each.merged.length > 0)
  return {
    before: quality(),
    characteristics: merged.map(({ bins: { id, iv } }) => ({
      id,
      ivBefore: before.characteristics.find(({ bins }) => bins.id === id)?.bins.iv ?? iv,
      ivAfter: iv,
    })),
  }
}

function documentOf(
  { inForce, indicators }: FitInput,
  { columns, model }: Fit,
  points: ReturnType<typeof pointTable>,
): Scorecard {
  const levels = columns.flatMap((each) =>
    each.kind === 'category' ? [[each.id, each.levels] as const] : [],
  )
  return scorecardOfModel(model.characteristics, points, {
    inForce,
    indicators: new Map(indicators.map((each) => [each.id, each])),
    levels: new Map(levels),
  })
}

/** Fitted to early months, tested on the last ones; between them a gap as long as the horizon. */
function laterOf(
  { days, table, request }: Cases,
  fit: (train: TrainingTable) => Fit,
): ModelCard['outOfTime'] {
  const split = monthsApart([...new Set(days)].sort(), request.horizonDays)
  if (split === null) return null
  const rows = (isIn: (asOf: string) => boolean) =>
    rowsOf(table, Int32Array.from(days.flatMap((asOf, row) => (isIn(asOf) ? [row] : []))))
  const early = rows((asOf) => asOf <= split.lastEarly)
  const later = rows((asOf) => asOf >= split.firstLater)
  const { bads, cases } = dataOf(early)
  if (bads < 10 || bads === cases || later.bad.length === 0) return null
  const { calibration } = validate(early, fit)
  const { model, columns } = fit(early)
  const score = (of: TrainingTable) => logOddsBy(model, pick(of, columns))
  return outOfTimeOf(score(early), score(later), { table: later, calibration })
}

/**
 * The last month end to fit to and the first to test on, a horizon apart, so that no outcome of the
 * one is in the months of the other; null where no month is left to fit to.
 */
export function monthsApart(
  monthEnds: readonly string[],
  horizonDays: number,
): { lastEarly: string; firstLater: string } | null {
  const first = Math.min(monthEnds.length - 1, Math.floor(monthEnds.length * (1 - laterShare)))
  const firstLater = monthEnds[first]
  if (firstLater === undefined) return null
  const lastEarly = addDays(day(firstLater), -horizonDays)
  return monthEnds.some((end) => end <= lastEarly) ? { lastEarly, firstLater } : null
}
