import type { Label } from '#kernel/document/label.ts'
import type { DocumentProblem } from '#kernel/document/problem.ts'
import { type Prepared, prepareVariants } from '#kernel/document/variants.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { type Range, readPoints, readRange } from '#kernel/scoring/bounds.ts'
import { checkScorecard } from '#kernel/scoring/check-scorecard.ts'
import { type Measure, prepareMeasure } from '#kernel/scoring/prepare-measure.ts'
import type { PreparedCondition, PreparedRule } from '#kernel/scoring/prepared-rule.ts'
import {
  checkRatingScale,
  gradeCodesOf,
  minimumScoresOf,
  type RatingScale,
} from '#kernel/scoring/rating-scale.ts'
import { type RuleAt, ruleConflicts } from '#kernel/scoring/rule-conflicts.ts'
import type {
  Bin,
  Characteristic,
  Choice,
  Condition,
  Scorecard,
} from '#kernel/scoring/scorecard.ts'

/** A scorecard ready to rate: checked, with bounds as scaled integers and points as hundredths. */
export type PreparedScorecard = {
  readonly id: string
  readonly scaleId: string
  /** Best first. */
  readonly grades: readonly string[]
  readonly minimumScores: readonly number[]
  readonly characteristics: readonly PreparedCharacteristic[]
  readonly floors: readonly PreparedRule[]
  /** Best grade first, so that a missed AAA meets what AA needs next. */
  readonly requirements: readonly PreparedRule[]
  readonly knockOuts: readonly PreparedRule[]
  /** What the card reads: characteristics first, then rules, each once. */
  readonly indicators: readonly Indicator[]
  /** Cards for some customers; the first that fits holds in place of this one. */
  readonly variants: readonly Prepared<PreparedScorecard>[]
}

export type PreparedCharacteristic = {
  readonly id: string
  readonly label: Label
  readonly dimension: string
  readonly indicator: Indicator
  readonly measure: Measure
  /** The bins or choices as written, for words; empty for a curve. */
  readonly parts: readonly (Bin | Choice)[]
  readonly maximum: number
  /** Points when not known; null is neutral. */
  readonly missing: number | null
}

type Preparation =
  | { readonly kind: 'prepared'; readonly scorecard: PreparedScorecard }
  | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] }

/**
 * Checks a scorecard against its scale and the indicators there are, and parses it once. Either a
 * card that can rate any party, or every problem with its path and remedy.
 */
export function prepareScorecard(
  document: Scorecard,
  scale: RatingScale,
  indicators: readonly Indicator[],
): Preparation {
  const scaleProblems = checkRatingScale(scale)
  if (scaleProblems.length > 0) return { kind: 'problems', problems: scaleProblems }
  const problems: DocumentProblem[] = []
  const card = prepareCard(document, scale, indicators, problems)
  const variants = prepareVariants<Scorecard, PreparedScorecard>(
    document,
    (merged) => {
      const found: DocumentProblem[] = []
      const policy = prepareCard(merged, scale, indicators, found)
      return policy ? { kind: 'ready', policy } : { kind: 'problems', problems: found }
    },
    problems,
  )
  if (!card || problems.length > 0) return { kind: 'problems', problems }
  return { kind: 'prepared', scorecard: { ...card, variants } }
}

/** All that the card and its variants read, each once. */
export function indicatorsOfCard(card: PreparedScorecard): readonly Indicator[] {
  const all = [card, ...card.variants.map(({ policy }) => policy)].flatMap(
    (each) => each.indicators,
  )
  return [...new Map(all.map((indicator) => [indicator.id, indicator])).values()]
}

/** One card, without regard to its variants; undefined where there are problems. */
function prepareCard(
  document: Scorecard,
  scale: RatingScale,
  indicators: readonly Indicator[],
  problems: DocumentProblem[],
): PreparedScorecard | undefined {
  problems.push(...checkScorecard(document, scale, indicators))
  const byId = new Map(indicators.map((indicator) => [indicator.id, indicator]))
  const characteristics = document.characteristics.flatMap((each, index) => {
    const indicator = byId.get(each.indicator)
    const path = `characteristics[${index}]`
    return indicator ? prepareCharacteristic(each, indicator, path, problems) : []
  })
  const rules = prepareRules(document, scale, byId, problems)
  if (problems.length > 0) return undefined
  return {
    id: document.id,
    scaleId: scale.id,
    grades: gradeCodesOf(scale),
    minimumScores: minimumScoresOf(scale),
    characteristics,
    ...rules,
    indicators: indicatorsRead(characteristics, rules),
    variants: [],
  }
}

type Rules = Pick<PreparedScorecard, 'floors' | 'requirements' | 'knockOuts'>

function prepareCharacteristic(
  each: Characteristic,
  indicator: Indicator,
  path: string,
  problems: DocumentProblem[],
): PreparedCharacteristic[] {
  const measure = prepareMeasure(each, indicator, path, problems)
  const missing =
    each.missing === 'neutral' ? null : readPoints(each.missing, `${path}.missing`, problems)
  if (!measure) return []
  return [
    {
      id: each.id ?? each.indicator,
      label: each.label ?? indicator.label,
      dimension: each.dimension,
      indicator,
      measure,
      parts: each.bins ?? each.choices ?? [],
      maximum: Math.max(...measure.points, missing ?? 0),
      missing,
    },
  ]
}

function prepareRules(
  document: Scorecard,
  scale: RatingScale,
  byId: ReadonlyMap<string, Indicator>,
  problems: DocumentProblem[],
): Rules {
  const codes = gradeCodesOf(scale)
  const prepare = (
    conditions: readonly Condition[],
    grade: string,
    reason: Label,
    path: string,
  ): PreparedRule => ({
    conditions: conditions.flatMap((condition, index) =>
      prepareCondition(condition, byId, `${path}[${index}]`, problems),
    ),
    grade: codes.indexOf(grade),
    reason,
  })
  const floors = (document.floors ?? []).map((rule, index): RuleAt => {
    const path = `floors[${index}]`
    return { path, rule: prepare(rule.when, rule.grade, rule.reason, `${path}.when`) }
  })
  const requirements = (document.requirements ?? []).map((rule, index): RuleAt => {
    const path = `requirements[${index}]`
    return { path, rule: prepare(rule.needs, rule.grade, rule.reason, `${path}.needs`) }
  })
  const knockOuts = (document.knockOuts ?? []).map((rule, index): RuleAt => {
    const path = `knockOuts[${index}]`
    return { path, rule: prepare(rule.when, rule.cap, rule.reason, `${path}.when`) }
  })
  if (problems.length === 0) {
    problems.push(...ruleConflicts({ codes, floors, requirements, knockOuts }))
  }
  const rulesOf = (rules: readonly RuleAt[]) => rules.map(({ rule }) => rule)
  return {
    floors: rulesOf(floors),
    requirements: rulesOf(requirements).sort((a, b) => a.grade - b.grade),
    knockOuts: rulesOf(knockOuts),
  }
}

function prepareCondition(
  condition: Condition,
  byId: ReadonlyMap<string, Indicator>,
  path: string,
  problems: DocumentProblem[],
): PreparedCondition[] {
  const indicator = byId.get(condition.indicator)
  if (!indicator) return []
  if (condition.is === undefined) {
    return [{ indicator, range: readRange(condition, indicator, path, problems), is: null }]
  }
  if (indicator.unit !== 'yes-no') return [{ indicator, range: open, is: condition.is }]
  const value = condition.is === 'yes' ? 1n : 0n
  return [{ indicator, range: { low: value, high: value }, is: null }]
}

const open: Range = { low: null, high: null }

function indicatorsRead(
  characteristics: readonly PreparedCharacteristic[],
  rules: Rules,
): Indicator[] {
  const inRules = [...rules.requirements, ...rules.floors, ...rules.knockOuts]
  const all = [
    ...characteristics.map((each) => each.indicator),
    ...inRules.flatMap((rule) => rule.conditions.map((condition) => condition.indicator)),
  ]
  return [...new Map(all.map((indicator) => [indicator.id, indicator])).values()]
}
