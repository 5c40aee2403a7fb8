import type { Day } from '#kernel/calendar/day.ts'
import { definedValues } from '#kernel/indicator/defined-values.ts'
import type { IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { PartyOutcome } from '#kernel/lab/impact.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import type { CurrentLimit, LimitDecision } from '#kernel/limit/limit-decision.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money } from '#kernel/money/money.ts'
import { type Override, type Rating, rateParty } from '#kernel/scoring/rate-party.ts'
import type { RateBook } from '#server/company/public.ts'
import type { PolicySet } from '#server/policy/public.ts'

/** What is known of a customer when policies are tried on it. */
export type KnownParty = {
  readonly currency: Currency
  /** Of the indicators that the program computes. */
  readonly builtIn: IndicatorValues
  readonly override: Override | null
  readonly current: CurrentLimit | null
}

export type DecidedParty = {
  readonly rating: Rating
  readonly limit: LimitDecision
  readonly outcome: PartyOutcome
}

/** A customer under a set of policies, by the same functions as in a rating run; nothing is kept. */
export function decideParty(
  { limits, scoring }: PolicySet,
  party: KnownParty,
  on: { readonly asOf: Day; readonly rates: RateBook },
): DecidedParty {
  const { asOf, rates } = on
  const { builtIn, currency, current, override } = party
  const { definitions } = scoring
  const convert = (amount: Parameters<RateBook['convert']>[0], to: Currency) =>
    rates.convert(amount, to, asOf)
  const values = definitions
    ? { ...builtIn, ...definedValues(definitions.defined, builtIn, { currency, convert }) }
    : builtIn
  const rating = rateParty(scoring.scorecard, values, { asOf, override })
  const limit = decideLimit(limits.policy, {
    ...{ asOf, grade: rating.grade, indicators: values, current, accountCurrency: currency },
    convert: (amount, to) => {
      const minor = convert(amount, to)
      return minor === null ? null : money(minor, to)
    },
  })
  const decided = limit.kind === 'decided' ? limit : null
  return {
    ...{ rating, limit },
    outcome: {
      grade: rating.grade,
      limit: decided?.amount ?? null,
      termDays: decided?.terms.days ?? null,
    },
  }
}
