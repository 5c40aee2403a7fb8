import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { addMonths, day } from '#kernel/calendar/day.ts'
import { canonicalText } from '#kernel/decision/canonical.ts'
import { readDocument } from '#kernel/document/read-document.ts'
import type { Indicator, IndicatorUnit, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import { limitCanonical } from '#kernel/limit/limit-canonical.ts'
import type { DecidedLimit, LimitFacts } from '#kernel/limit/limit-decision.ts'
import { limitPolicyReader } from '#kernel/limit/limit-policy.ts'
import { type PreparedLimitPolicy, prepareLimitPolicy } from '#kernel/limit/prepare-limit-policy.ts'
import { allCurrencies } from '#kernel/money/currency.ts'
import { divide, money, toDecimal } from '#kernel/money/money.ts'
import { gradeCodesOf, standardRatingScale } from '#kernel/scoring/rating-scale.ts'

const asOf = day('2026-06-30')
const grades = gradeCodesOf(standardRatingScale)
const same = (text: string) => ({ zh: text, en: text })
const indicator = (id: string, unit: IndicatorUnit, decimals: number): Indicator => ({
  id,
  unit,
  decimals,
  source: 'ledger',
  label: same(id),
  meaning: same(id),
})
const indicators = [
  indicator('equity', 'money', 2),
  indicator('average_monthly_sales_12m', 'money', 2),
  indicator('sales_12m', 'money', 2),
  indicator('days_beyond_terms_6m', 'days', 2),
  indicator('relationship_months', 'months', 0),
  indicator('invoice_count_12m', 'count', 0),
]
const policies = (['minimum', 'median', 'maximum'] as const).map(standardPolicy)

/** The policy of the standard pack, with the formulas combined in each of the three ways. */
function standardPolicy(combine: 'minimum' | 'median' | 'maximum'): PreparedLimitPolicy {
  const path = new URL('../../packs/standard/limit-policy.yaml', import.meta.url)
  const reading = readDocument(limitPolicyReader, parse(readFileSync(path, 'utf8')))
  if (reading.kind === 'problems') assert.fail(JSON.stringify(reading.problems))
  const document = { ...reading.document, combine }
  const preparation = prepareLimitPolicy(document, standardRatingScale, indicators)
  if (preparation.kind === 'problems') assert.fail(JSON.stringify(preparation.problems))
  return preparation.policy
}

function decide(policy: PreparedLimitPolicy, facts: LimitFacts): DecidedLimit {
  const decision = decideLimit(policy, facts)
  if (decision.kind !== 'decided') assert.fail(decision.kind)
  return decision
}

const known = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 6 })
const amount = (from: number, to: number) => fc.integer({ min: from, max: to }).map(BigInt)
const values: fc.Arbitrary<IndicatorValues> = fc.record({
  equity: known(amount(-100_000_000, 2_000_000_000)),
  average_monthly_sales_12m: known(amount(0, 900_000_000)),
  sales_12m: known(amount(0, 1_900_000_000)),
  days_beyond_terms_6m: known(amount(-3_000, 20_000)),
  relationship_months: known(amount(0, 60)),
  invoice_count_12m: known(amount(0, 20)),
})
const accountCurrency = fc.constantFrom(
  ...allCurrencies().filter((code) => /CNY|USD|JPY/.test(code)),
)
const facts = fc
  .record({ indicators: values, accountCurrency, minor: known(amount(0, 1_200_000_000)) })
  .chain((given) =>
    fc.integer({ min: 0, max: 8 }).map(
      (months): Omit<LimitFacts, 'grade'> => ({
        indicators: given.indicators,
        accountCurrency: given.accountCurrency,
        current:
          given.minor === null
            ? null
            : {
                amount: money(given.minor, given.accountCurrency),
                grantedOn: addMonths(asOf, -months),
              },
        asOf,
        convert: (from, to) => money(divide(from.minor * 139n, 1_000n, 'down'), to),
      }),
    ),
  )
const policy = fc.constantFrom(...policies)
const grade = fc.constantFrom(...grades)

test('a worse grade never gets more nor longer terms', () => {
  fc.assert(
    fc.property(policy, facts, (by, given) => {
      const decisions = grades.map((each) => decide(by, { ...given, grade: each }))
      decisions.forEach((worse, index) => {
        const better = decisions[index - 1]
        if (!better) return
        assert(worse.amount.minor <= better.amount.minor, `${worse.grade} gets more`)
        assert(worse.terms.days <= better.terms.days, `${worse.grade} gets longer`)
      })
    }),
    { numRuns: 500 },
  )
})

test('no limit is above the cap of its grade, rounded, raised or kept', () => {
  fc.assert(
    fc.property(policy, facts, grade, (by, given, code) => {
      const decision = decide(by, { ...given, grade: code })
      const cap = money(by.grades.get(code)?.capMinor ?? 0n, by.currency)
      const { currency } = decision.amount
      const capHere = currency === by.currency ? cap : given.convert(cap, currency)
      assert(capHere && decision.amount.minor <= capHere.minor)
    }),
    { numRuns: 500 },
  )
})

test('deciding again with the result as current changes nothing', () => {
  fc.assert(
    fc.property(policy, facts, grade, (by, given, code) => {
      const first = decide(by, { ...given, grade: code })
      const unchanged = first.change === 'unchanged' && given.current
      const grantedOn = unchanged ? unchanged.grantedOn : asOf
      const current = { amount: first.amount, grantedOn }
      const again = decide(by, { ...given, grade: code, current })
      assert.equal(toDecimal(again.amount), toDecimal(first.amount))
      assert.equal(again.change, 'unchanged')
    }),
    { numRuns: 500 },
  )
})

test('the same facts give the same bytes', () => {
  fc.assert(
    fc.property(policy, facts, grade, (by, given, code) => {
      const bytes = () => canonicalText(limitCanonical(decide(by, { ...given, grade: code })))
      assert.equal(bytes(), bytes())
    }),
    { numRuns: 50 },
  )
})
