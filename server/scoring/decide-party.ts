import { hash } from 'node:crypto'
import { canonicalText } from '#kernel/decision/canonical.ts'
import { engineVersion } from '#kernel/decision/engine.ts'
import { type PartyProfile, policyFor, policyOfVariant } from '#kernel/document/variants.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import { limitCanonical } from '#kernel/limit/limit-canonical.ts'
import type { CurrentLimit, LimitDecision } from '#kernel/limit/limit-decision.ts'
import { limitInputsCanonical, notingConversions } from '#kernel/limit/limit-inputs.ts'
import { money } from '#kernel/money/money.ts'
import { type Rating, rateParty } from '#kernel/scoring/rate-party.ts'
import {
  type RatingInputs,
  ratingInputsText,
  ratingText,
} from '#kernel/scoring/rating-canonical.ts'
import type { RateBook } from '#server/company/public.ts'
import type { LimitPolicies, ScoringPolicies } from '#server/policy/public.ts'

/** A limit decision as it is stored. */
export type Decided = {
  readonly policyIds: readonly string[]
  readonly engine: string
  readonly inputs: string
  readonly outcome: string
  readonly hash: Buffer
}

/** A rating with the hash over all that it was made from and came to. */
export function decideRating(
  { scorecard, versionIds }: ScoringPolicies,
  facts: RatingInputs,
): { rating: Rating; hash: Buffer } {
  const { asOf, override, variant } = facts
  const card = policyOfVariant(scorecard, variant)
  const rating = rateParty(card, facts.values, { asOf, override })
  const inputs = ratingInputsText(card, facts)
  const outcome = ratingText(rating)
  const sealed = hashOf({ policyIds: versionIds, engine: engineVersion, inputs, outcome })
  return { rating, hash: sealed }
}

/** The limit of a customer by the policy that holds for it, with all that it was decided from. */
export function decidePartyLimit(
  { policy: whole, versionIds }: LimitPolicies,
  facts: Omit<RatingInputs, 'variant'> & {
    grade: string
    current: CurrentLimit | null
    rates: RateBook
    profile: PartyProfile | null
  },
): { limit: LimitDecision; decided: Decided | null } {
  const { asOf, current, currency, grade, profile, rates, values } = facts
  const { policy, variant } = profile ? policyFor(whole, profile) : { policy: whole, variant: null }
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
  const told = limitInputsCanonical(policy, noting.facts, noting.conversions, variant)
  const inputs = canonicalText(told)
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
  const text = `${of.policyIds.join(',')}\n${of.engine}\n${of.inputs}\n${of.outcome}`
  return hash('sha256', text, 'buffer')
}
