import type { Day } from '#kernel/calendar/day.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { policyOfVariant } from '#kernel/document/variants.ts'
import type { IndicatorValue } from '#kernel/indicator/indicator.ts'
import { indicatorText, readIndicatorText } from '#kernel/indicator/indicator-text.ts'
import { invariant } from '#kernel/invariant.ts'
import type { CurrentLimit, LimitFacts } from '#kernel/limit/limit-decision.ts'
import type { PreparedLimitPolicy } from '#kernel/limit/prepare-limit-policy.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'

/** An amount that was turned into another currency while deciding, and what it came to. */
export type Conversion = { readonly from: Money; readonly to: Money | null }

/** The same facts, noting down every conversion that the decision asks for. */
export function notingConversions(facts: LimitFacts): {
  readonly facts: LimitFacts
  readonly conversions: readonly Conversion[]
} {
  const conversions: Conversion[] = []
  const convert = (from: Money, currency: Currency) => {
    const to = facts.convert(from, currency)
    conversions.push({ from, to })
    return to
  }
  return { facts: { ...facts, convert }, conversions }
}

/** Facts of a limit decision as they are stored, with the conversions it made. */
export function limitInputsCanonical(
  policy: PreparedLimitPolicy,
  facts: LimitFacts,
  conversions: readonly Conversion[],
  variant: string | null,
): Canonical {
  const { accountCurrency: currency, asOf, current, grade, indicators } = facts
  return {
    asOf,
    currency,
    grade,
    current: current && {
      minor: current.amount.minor.toString(),
      currency: current.amount.currency,
      grantedOn: current.grantedOn,
    },
    conversions: conversions.map(({ from, to }) => [
      from.minor.toString(),
      from.currency,
      to === null ? null : to.minor.toString(),
    ]),
    values: [...policy.indicators.values()].map((indicator) => [
      indicator.id,
      indicatorText(indicator, indicators[indicator.id] ?? null, currency),
    ]),
    ...(variant !== null && { variant }),
  }
}

type StoredInputs = {
  asOf: Day
  currency: Currency
  grade: string
  current: { minor: string; currency: Currency; grantedOn: Day } | null
  conversions: [minor: string, from: Currency, to: string | null][]
  values: [string, string | null][]
  /** Id of the policy's variant; not told: the policy itself. */
  variant?: string
}

/** Stored facts, read again for a replay, with the policy that holds for them. */
export function readLimitInputs(
  whole: PreparedLimitPolicy,
  stored: StoredInputs,
): { readonly policy: PreparedLimitPolicy; readonly facts: LimitFacts } {
  const policy = policyOfVariant(whole, stored.variant ?? null)
  const indicators: Record<string, IndicatorValue> = {}
  for (const [id, text] of stored.values) {
    const indicator = policy.indicators.get(id)
    invariant(indicator, `the limit policy reads ${id}`)
    const reading = readIndicatorText(indicator, text, stored.currency)
    invariant(reading.kind === 'value', `${id} is a value`)
    indicators[id] = reading.value
  }
  const facts: LimitFacts = {
    asOf: stored.asOf,
    accountCurrency: stored.currency,
    grade: stored.grade,
    indicators,
    current: stored.current && currentOf(stored.current),
    convert: (amount, to) => {
      const noted = stored.conversions.find(
        ([minor, from]) => from === amount.currency && BigInt(minor) === amount.minor,
      )
      const minor = noted?.[2]
      return minor === undefined || minor === null ? null : { minor: BigInt(minor), currency: to }
    },
  }
  return { policy, facts }
}

function currentOf(stored: { minor: string; currency: Currency; grantedOn: Day }): CurrentLimit {
  return {
    amount: { minor: BigInt(stored.minor), currency: stored.currency },
    grantedOn: stored.grantedOn,
  }
}
