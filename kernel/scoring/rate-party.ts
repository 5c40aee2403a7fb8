import type { Day } from '#kernel/calendar/day.ts'
import type { Label } from '#kernel/document/label.ts'
import type { IndicatorValue, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { invariant } from '#kernel/invariant.ts'
import { divide } from '#kernel/money/money.ts'
import type {
  PreparedCharacteristic,
  PreparedScorecard,
} from '#kernel/scoring/prepare-scorecard.ts'
import type { PreparedCondition, PreparedRule } from '#kernel/scoring/prepared-rule.ts'

/** A party's rating as of a day. Scores and points are hundredths. */
export type Rating = {
  readonly asOf: Day
  /** 0 to 10,000. */
  readonly score: number
  readonly grade: string
  /** The grade by score alone, before floors, requirements, knock-outs and override. */
  readonly gradeByScore: string
  /** In the card's order. */
  readonly points: readonly PointsGiven[]
  /** Positions in `points` that lost points, most lost first, ties in the card's order. */
  readonly reasons: readonly number[]
  /** Every rule that fired, in the order in which they act. */
  readonly adjustments: readonly Adjustment[]
  readonly override: OverrideOutcome
  /** Characteristics whose value is known, and how many there are. */
  readonly known: number
  readonly asked: number
}

export type PointsGiven = {
  readonly id: string
  readonly value: IndicatorValue
  readonly points: number
  /** 0 where a missing value is neutral. */
  readonly maximum: number
  /** Position of the bin, the choice or the curve's last knot passed; `missing` if not known. */
  readonly bin: number | 'missing'
}

/** `from` and `to` are equal where the rule fired but the grade was already there. */
export type Adjustment = {
  readonly kind: 'floor' | 'requirement' | 'knock-out'
  readonly from: string
  readonly to: string
  readonly reason: Label
}

/** A person's own judgement, valid up to and including `expiresOn`. */
export type Override = {
  readonly grade: string
  readonly reason: string
  readonly by: string
  readonly expiresOn: Day
}

export type OverrideOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'applied'; readonly override: Override; readonly from: string }
  | { readonly kind: 'expired'; readonly override: Override }
  | { readonly kind: 'unknown-grade'; readonly override: Override }

/**
 * Rates a party by a prepared scorecard. Score = points given ÷ points possible × 100, rounded
 * half-even to hundredths; neutral missing values count in neither. Then, in this order: floors
 * lift, requirements and knock-outs cap, and an override that has not expired has the last word.
 * Total: values that are missing never fail, values of another type than the indicator's do.
 */
export function rateParty(
  scorecard: PreparedScorecard,
  values: IndicatorValues,
  on: { readonly asOf: Day; readonly override?: Override | null },
): Rating {
  const points: PointsGiven[] = []
  let given = 0
  let possible = 0
  let known = 0
  for (const characteristic of scorecard.characteristics) {
    const value = values[characteristic.indicator.id] ?? null
    const each = pointsFor(characteristic, value)
    points.push(each)
    given += each.points
    possible += each.maximum
    if (value !== null) known += 1
  }
  const score = possible === 0 ? 0 : scoreOf(given, possible)
  const byScore = scorecard.minimumScores.findIndex((minimum) => score >= minimum)
  const adjustments: Adjustment[] = []
  const adjusted = adjust(scorecard, values, byScore, adjustments)
  const override = judgeOverride(scorecard, on.override ?? null, on.asOf, adjusted)
  return {
    asOf: on.asOf,
    score,
    grade: override.kind === 'applied' ? override.override.grade : codeOf(scorecard, adjusted),
    gradeByScore: codeOf(scorecard, byScore),
    points,
    reasons: rankByLoss(points),
    adjustments,
    override,
    known,
    asked: points.length,
  }
}

function pointsFor(of: PreparedCharacteristic, value: IndicatorValue): PointsGiven {
  if (value === null) {
    const maximum = of.missing === null ? 0 : of.maximum
    return { id: of.id, value, points: of.missing ?? 0, maximum, bin: 'missing' }
  }
  const { measure } = of
  const bin =
    measure.kind === 'bins'
      ? placeAmong(measure.highs, numberIn(of, value))
      : measure.kind === 'curve'
        ? placeOnCurve(measure.at, numberIn(of, value))
        : placeOfChoice(of, measure, value)
  const points =
    measure.kind === 'curve'
      ? pointsOnCurve(measure.at, measure.points, bin, numberIn(of, value))
      : (measure.points[bin] ?? 0)
  return { id: of.id, value, points, maximum: of.maximum, bin }
}

function numberIn(of: PreparedCharacteristic, value: string | bigint): bigint {
  invariant(typeof value === 'bigint', `the value of ${of.indicator.id} is a scaled integer`)
  return value
}

function placeAmong(highs: readonly bigint[], value: bigint): number {
  let bin = 0
  for (const high of highs) {
    if (value <= high) return bin
    bin += 1
  }
  return bin
}

function placeOnCurve(at: readonly bigint[], value: bigint): number {
  let knot = 0
  while (knot + 1 < at.length && (at[knot + 1] ?? value) <= value) knot += 1
  return knot
}

function placeOfChoice(
  of: PreparedCharacteristic,
  measure: { readonly bins: ReadonlyMap<string, number>; readonly otherwise: number | null },
  value: bigint | string,
): number {
  const word = typeof value === 'string' ? value : value === 0n ? 'no' : 'yes'
  const bin = measure.bins.get(word) ?? measure.otherwise
  invariant(bin !== null, `"${word}" is an answer of ${of.indicator.id}`)
  return bin
}

/** Straight line between two knots, rounded half-even to hundredths of a point. */
function pointsOnCurve(
  at: readonly bigint[],
  points: readonly number[],
  knot: number,
  value: bigint,
): number {
  const left = at[knot] ?? 0n
  const right = at[knot + 1]
  const start = points[knot] ?? 0
  if (value <= left || right === undefined) return start
  const rise = BigInt((points[knot + 1] ?? start) - start)
  return start + Number(divide(rise * (value - left), right - left, 'half-even'))
}

function scoreOf(given: number, possible: number): number {
  return Number(divide(BigInt(given) * 10_000n, BigInt(possible), 'half-even'))
}

function adjust(
  scorecard: PreparedScorecard,
  values: IndicatorValues,
  byScore: number,
  adjustments: Adjustment[],
): number {
  let grade = byScore
  const act = (kind: Adjustment['kind'], rule: PreparedRule, to: number): void => {
    const from = codeOf(scorecard, grade)
    adjustments.push({ kind, from, to: codeOf(scorecard, to), reason: rule.reason })
    grade = to
  }
  for (const rule of scorecard.floors) {
    if (holds(rule, values)) act('floor', rule, Math.min(grade, rule.grade))
  }
  for (const rule of scorecard.requirements) {
    if (grade <= rule.grade && !holds(rule, values)) act('requirement', rule, rule.grade + 1)
  }
  for (const rule of scorecard.knockOuts) {
    if (holds(rule, values)) act('knock-out', rule, Math.max(grade, rule.grade))
  }
  return grade
}

function holds(rule: PreparedRule, values: IndicatorValues): boolean {
  return rule.conditions.every((condition) => meets(condition, values))
}

function meets(condition: PreparedCondition, values: IndicatorValues): boolean {
  const value = values[condition.indicator.id] ?? null
  if (value === null) return false
  if (typeof value === 'string') return value === condition.is
  const { low, high } = condition.range
  return (low === null || value >= low) && (high === null || value <= high)
}

function judgeOverride(
  scorecard: PreparedScorecard,
  override: Override | null,
  asOf: Day,
  grade: number,
): OverrideOutcome {
  if (override === null) return { kind: 'none' }
  if (!scorecard.grades.includes(override.grade)) return { kind: 'unknown-grade', override }
  if (override.expiresOn < asOf) return { kind: 'expired', override }
  return { kind: 'applied', override, from: codeOf(scorecard, grade) }
}

function codeOf(scorecard: PreparedScorecard, grade: number): string {
  const code = scorecard.grades[grade]
  invariant(code !== undefined, 'every score has a grade')
  return code
}

/** Insertion sort: the lists are short and this runs for a million parties at a time. */
function rankByLoss(points: readonly PointsGiven[]): number[] {
  const ranked: number[] = []
  const losses: number[] = []
  points.forEach((each, index) => {
    const lost = each.maximum - each.points
    if (lost === 0) return
    let place = ranked.length
    while (place > 0 && (losses[place - 1] ?? 0) < lost) {
      ranked[place] = ranked[place - 1] ?? 0
      losses[place] = losses[place - 1] ?? 0
      place -= 1
    }
    ranked[place] = index
    losses[place] = lost
  })
  return ranked
}
