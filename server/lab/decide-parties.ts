import type { Day } from '#kernel/calendar/day.ts'
import { type PartyProfile, policyFor } from '#kernel/document/variants.ts'
import { definedValues } from '#kernel/indicator/defined-values.ts'
import type { IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { PartyOutcome } from '#kernel/lab/impact.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import type { CurrentLimit, LimitDecision } from '#kernel/limit/limit-decision.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Money, money } from '#kernel/money/money.ts'
import { type Override, type Rating, rateParty } from '#kernel/scoring/rate-party.ts'
import type { RateBook } from '#server/company/public.ts'
import type { PolicySet } from '#server/policy/public.ts'

/** What is known of a customer when policies are tried on it. */
export type KnownParty = {
  readonly currency: Currency
  /** The grade that counts. */
  readonly grade: string
  /** Of the indicators that the program computes. */
  readonly builtIn: IndicatorValues
  readonly override: Override | null
  readonly current: CurrentLimit | null
  /** What variants ask of it. */
  readonly profile: PartyProfile
}

export type DecidedParty = {
  /** Null where the grade that counts was taken. */
  readonly rating: Rating | null
  readonly limit: LimitDecision
  readonly outcome: PartyOutcome
}

type On = { readonly asOf: Day; readonly rates: RateBook }

/**
 * A customer under two sets of policies, by the same functions as in a rating run; nothing is kept.
 * Where both rate alike, the grade is the one that counts; what both have in common is worked out once.
 */
export function decideUnderBoth(
  before: PolicySet,
  after: PolicySet,
  party: KnownParty,
  on: On,
): { readonly before: DecidedParty; readonly after: DecidedParty } {
  const ratesAlike = before.scoring === after.scoring
  const was = ratesAlike ? asItCounts(before, party, on) : rated(before, party, on)
  const is = ratesAlike ? was : rated(after, party, on)
  const decided = decidedBy(before, was, party, on)
  // A limit follows from the grade and the values: the same again gives the same.
  const isSame =
    before.limits === after.limits && was.grade === is.grade && was.values === is.values
  const other = isSame ? decided : decidedBy(after, is, party, on)
  return { before: decided, after: { ...other, rating: is.rating } }
}

/** A customer under one set of policies. */
export function decideUnder(set: PolicySet, party: KnownParty, on: On): DecidedParty {
  return decidedBy(set, rated(set, party, on), party, on)
}

type Rated = {
  readonly rating: Rating | null
  readonly grade: string
  readonly values: IndicatorValues
}

function rated(set: PolicySet, party: KnownParty, on: On): Rated {
  const values = valuesUnder(set, party, on)
  const { override, profile } = party
  const card = policyFor(set.scoring.scorecard, profile).policy
  const rating = rateParty(card, values, { asOf: on.asOf, override })
  return { rating, grade: rating.grade, values }
}

function asItCounts(set: PolicySet, party: KnownParty, on: On): Rated {
  return { rating: null, grade: party.grade, values: valuesUnder(set, party, on) }
}

/** All values of a customer, with those that the formulas of a set add. */
export function valuesUnder(
  { scoring: { definitions } }: PolicySet,
  { builtIn, currency }: KnownParty,
  { asOf, rates }: On,
): IndicatorValues {
  if (!definitions) return builtIn
  const convert = (amount: Money, to: Currency) => rates.convert(amount, to, asOf)
  return { ...builtIn, ...definedValues(definitions.defined, builtIn, { asOf, currency, convert }) }
}

function decidedBy(
  { limits }: PolicySet,
  { grade, rating, values }: Rated,
  { currency, current, profile }: KnownParty,
  { asOf, rates }: On,
): DecidedParty {
  const limit = decideLimit(policyFor(limits.policy, profile).policy, {
    ...{ asOf, grade, indicators: values, current, accountCurrency: currency },
    convert: (amount, to) => {
      const minor = rates.convert(amount, to, asOf)
      return minor === null ? null : money(minor, to)
    },
  })
  const decided = limit.kind === 'decided' ? limit : null
  return {
    ...{ rating, limit },
    outcome: { grade, limit: decided?.amount ?? null, termDays: decided?.terms.days ?? null },
  }
}
