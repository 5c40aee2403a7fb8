import { createHash } from 'node:crypto'
import type { Day } from '#kernel/calendar/day.ts'
import { canonicalText } from '#kernel/decision/canonical.ts'
import { engineVersion } from '#kernel/decision/engine.ts'
import type { IndicatorValues } from '#kernel/indicator/indicator.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import { limitCanonical } from '#kernel/limit/limit-canonical.ts'
import type { CurrentLimit, LimitDecision } from '#kernel/limit/limit-decision.ts'
import { limitInputsCanonical, notingConversions } from '#kernel/limit/limit-inputs.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money } from '#kernel/money/money.ts'
import { type Override, type Rating, rateParty } from '#kernel/scoring/rate-party.ts'
import { ratingCanonical, ratingInputsCanonical } from '#kernel/scoring/rating-canonical.ts'
import type { RateBook } from '#server/company/public.ts'
import type { LimitPolicies, ScoringPolicies } from '#server/policy/public.ts'

/** What one party is decided on. */
export type DecisionFacts = {
  readonly partyId: string
  readonly asOf: Day
  readonly currency: Currency
  readonly values: IndicatorValues
  readonly override: Override | null
}

/** A decision as it is stored. */
export type Decided = {
  readonly policyIds: readonly string[]
  readonly engine: string
  readonly inputs: string
  readonly outcome: string
  readonly hash: Buffer
}

export function decideRating(
  { scorecard, versionIds }: ScoringPolicies,
  facts: DecisionFacts,
): { rating: Rating; decided: Decided } {
  const { asOf, override } = facts
  const rating = rateParty(scorecard, facts.values, { asOf, override })
  const inputs = canonicalText(ratingInputsCanonical(scorecard, facts))
  const outcome = canonicalText(ratingCanonical(rating))
  return { rating, decided: sealed(versionIds, inputs, outcome) }
}

export function decidePartyLimit(
  { policy, versionIds }: LimitPolicies,
  facts: DecisionFacts & { grade: string; current: CurrentLimit | null; rates: RateBook },
): { limit: LimitDecision; decided: Decided | null } {
  const { asOf, current, currency, grade, rates, values } = facts
  const noting = notingConversions({
    grade,
    indicators: values,
    current,
    asOf,
    accountCurrency: currency,
    convert: (amount, to) => {
      const minor = rates.convert(amount, to, asOf)
      return minor === null ? null : money(minor, to)
    },
  })
  const limit = decideLimit(policy, noting.facts)
  if (limit.kind !== 'decided') return { limit, decided: null }
  const inputs = canonicalText(limitInputsCanonical(policy, noting.facts, noting.conversions))
  const outcome = canonicalText(limitCanonical(limit))
  return { limit, decided: sealed(versionIds, inputs, outcome) }
}

function sealed(policyIds: readonly string[], inputs: string, outcome: string): Decided {
  const engine = engineVersion
  return {
    policyIds,
    engine,
    inputs,
    outcome,
    hash: hashOf({ policyIds, engine, inputs, outcome }),
  }
}

/** SHA-256 over policies, engine, inputs and outcome, a line each. */
export function hashOf(of: Omit<Decided, 'hash'>): Buffer {
  return createHash('sha256')
    .update(`${of.policyIds.join(',')}\n${of.engine}\n${of.inputs}\n${of.outcome}`)
    .digest()
}
