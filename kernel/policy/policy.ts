import { checkCheckRules, type KnownNames } from '#kernel/check/check-check-rules.ts'
import { type CheckRules, checkRulesReader } from '#kernel/check/check-rules.ts'
import type { DocumentProblem } from '#kernel/document/problem.ts'
import { type Reading, readDocument } from '#kernel/document/read-document.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import {
  type IndicatorFormulas,
  indicatorFormulasReader,
} from '#kernel/indicator/indicator-formulas.ts'
import { prepareIndicatorFormulas } from '#kernel/indicator/prepare-indicator-formulas.ts'
import { type LimitPolicy, limitPolicyReader } from '#kernel/limit/limit-policy.ts'
import { prepareLimitPolicy } from '#kernel/limit/prepare-limit-policy.ts'
import { prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import {
  checkRatingScale,
  type RatingScale,
  ratingScaleReader,
} from '#kernel/scoring/rating-scale.ts'
import { type Scorecard, scorecardReader } from '#kernel/scoring/scorecard.ts'

/** A document that a business person wrote and that decides (政策), by its kind. */
export type Policy =
  | { readonly kind: 'scorecard'; readonly document: Scorecard }
  | { readonly kind: 'rating-scale'; readonly document: RatingScale }
  | { readonly kind: 'limit-policy'; readonly document: LimitPolicy }
  | { readonly kind: 'check-rules'; readonly document: CheckRules }
  | { readonly kind: 'indicators'; readonly document: IndicatorFormulas }

export type PolicyKind = Policy['kind']

/** What a policy may refer to. */
type PolicyContext = {
  readonly scale: RatingScale
  /** Built-in ones, and those that the published formulas define. */
  readonly indicators: readonly Indicator[]
  readonly names: KnownNames
}

/** Reads plain values (parsed JSON or YAML) as a policy, strictly; see `readDocument`. */
export function readPolicy(kind: PolicyKind, value: unknown): Reading<Policy> {
  switch (kind) {
    case 'scorecard':
      return withKind(readDocument(scorecardReader, value), (document) => ({ kind, document }))
    case 'rating-scale':
      return withKind(readDocument(ratingScaleReader, value), (document) => ({ kind, document }))
    case 'limit-policy':
      return withKind(readDocument(limitPolicyReader, value), (document) => ({ kind, document }))
    case 'check-rules':
      return withKind(readDocument(checkRulesReader, value), (document) => ({ kind, document }))
    case 'indicators':
      return withKind(readDocument(indicatorFormulasReader, value), (document) => ({
        ...{ kind, document },
      }))
  }
}

/** Reads a policy and checks what it says; without problems it can be published. */
export function checkPolicy(
  kind: PolicyKind,
  value: unknown,
  context: PolicyContext,
): readonly DocumentProblem[] {
  const reading = readPolicy(kind, value)
  if (reading.kind === 'problems') return reading.problems
  const policy = reading.document
  switch (policy.kind) {
    case 'scorecard':
      return problemsOf(prepareScorecard(policy.document, context.scale, context.indicators))
    case 'rating-scale':
      return checkRatingScale(policy.document)
    case 'limit-policy':
      return problemsOf(prepareLimitPolicy(policy.document, context.scale, context.indicators))
    case 'check-rules':
      return checkCheckRules(policy.document, context.scale, context.names)
    case 'indicators': {
      const builtIn = context.indicators.filter(({ source }) => source !== 'formula')
      return problemsOf(prepareIndicatorFormulas(policy.document, builtIn))
    }
  }
}

function withKind<T>(reading: Reading<T>, policyOf: (document: T) => Policy): Reading<Policy> {
  if (reading.kind === 'problems') return reading
  return { kind: 'read', document: policyOf(reading.document) }
}

function problemsOf(
  preparation:
    | { readonly kind: 'prepared' }
    | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] },
): readonly DocumentProblem[] {
  return preparation.kind === 'problems' ? preparation.problems : []
}
