import type { Day } from '#kernel/calendar/day.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import type { Label } from '#kernel/document/label.ts'
import { type PartyProfile, policyFor, type WithVariants } from '#kernel/document/variants.ts'
import type { Indicator, IndicatorValue } from '#kernel/indicator/indicator.ts'
import { readIndicatorText } from '#kernel/indicator/indicator-text.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import type { PreparedLimitPolicy } from '#kernel/limit/prepare-limit-policy.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { toDecimal } from '#kernel/money/money.ts'
import type { PreparedScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import { rateParty } from '#kernel/scoring/rate-party.ts'

/** Values of indicators by id, as they are stored and sent; those left out are not known. */
type GivenValues = {
  readonly on: Day
  readonly currency: Currency
  readonly values: Readonly<Record<string, string | null>>
  /** What variants ask of the customer; left out: the policy itself is asked. */
  readonly about?: PartyProfile
}

/** What a policy is asked in an example. */
export type AskedExample =
  | { readonly kind: 'scorecard'; readonly given: GivenValues }
  | { readonly kind: 'limit-policy'; readonly given: GivenValues & { readonly grade: string } }
  /** The inputs of a check as they are stored. */
  | { readonly kind: 'check-rules'; readonly given: { readonly inputs: string } }

/**
 * What it must answer: the grade; the amount as a decimal in the currency that is given, with the code
 * of the terms; or the outcome and the ids of all rules that fire.
 */
export type Expectation =
  | { readonly grade: string }
  | { readonly amount: string; readonly terms: string }
  | { readonly outcome: string; readonly rules: readonly string[] }

/** A case with what a policy must say to it (示例); the examples of a policy are its tests. */
export type PolicyExample = AskedExample & { readonly expected: Expectation }

/** A policy that was checked and is ready to decide. */
export type ReadyPolicy =
  | {
      readonly kind: 'scorecard'
      readonly scorecard: PreparedScorecard
      readonly indicators: readonly Indicator[]
    }
  | {
      readonly kind: 'limit-policy'
      readonly policy: PreparedLimitPolicy
      readonly indicators: readonly Indicator[]
    }
  | { readonly kind: 'check-rules'; readonly rules: PreparedCheckRules }

export type ExampleRun =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly expected: Label; readonly got: Label }

/**
 * What a policy says to an example, by the same functions as live traffic. A policy of another kind,
 * or one that cannot decide it, fails it.
 */
export function runExample(ready: ReadyPolicy, example: PolicyExample): ExampleRun {
  const answer = expectationOf(ready, example)
  const got = answer === null ? undecided : textOf(answer)
  const expected = textOf(example.expected)
  return got.en === expected.en ? { kind: 'passed' } : { kind: 'failed', expected, got }
}

/** What the policy answers to what is asked; null where it cannot decide it. */
export function expectationOf(ready: ReadyPolicy, asked: AskedExample): Expectation | null {
  switch (asked.kind) {
    case 'scorecard': {
      if (ready.kind !== 'scorecard') return null
      const { given } = asked
      const values = valuesOf(ready.indicators, given)
      const card = askedOf(ready.scorecard, given)
      return { grade: rateParty(card, values, { asOf: given.on, override: null }).grade }
    }
    case 'limit-policy': {
      if (ready.kind !== 'limit-policy') return null
      const { given } = asked
      const decision = decideLimit(askedOf(ready.policy, given), {
        ...{ asOf: given.on, accountCurrency: given.currency, grade: given.grade, current: null },
        indicators: valuesOf(ready.indicators, given),
        // An example is in one currency: what it says must not change with the rates of a day.
        convert: () => null,
      })
      if (decision.kind !== 'decided') return null
      return { amount: toDecimal(decision.amount), terms: decision.terms.code }
    }
    case 'check-rules': {
      if (ready.kind !== 'check-rules') return null
      const { facts, request } = readCheckInputs(asked.given.inputs)
      const decision = decideCheck(ready.rules, facts, request)
      if (decision.kind !== 'decided') return null
      return { outcome: decision.outcome, rules: decision.fired.map(({ rule }) => rule) }
    }
  }
}

function askedOf<Policy extends WithVariants<Policy>>(
  policy: Policy,
  { about }: GivenValues,
): Policy {
  return about ? policyFor(policy, about).policy : policy
}

const undecided: Label = { zh: '无法决策', en: 'nothing could be decided' }

function textOf(expected: Expectation): Label {
  if ('grade' in expected) {
    return { zh: `评级 ${expected.grade}`, en: `grade ${expected.grade}` }
  }
  if ('amount' in expected) {
    const { amount, terms } = expected
    return { zh: `额度 ${amount}, 账期 ${terms}`, en: `limit ${amount}, terms ${terms}` }
  }
  const { outcome, rules } = expected
  const fired = rules.length === 0 ? '' : `: ${rules.join(', ')}`
  return { zh: `${outcomesZh[outcome] ?? outcome}${fired}`, en: `${outcome}${fired}` }
}

const outcomesZh: Readonly<Record<string, string>> = {
  approved: '通过',
  warned: '通过并提醒',
  held: '暂挂',
}

function valuesOf(
  indicators: readonly Indicator[],
  { currency, values: texts }: GivenValues,
): Record<string, IndicatorValue> {
  return Object.fromEntries(
    indicators.map((indicator) => {
      const reading = readIndicatorText(indicator, texts[indicator.id] ?? null, currency)
      return [indicator.id, reading.kind === 'value' ? reading.value : null]
    }),
  )
}
