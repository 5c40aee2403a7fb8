import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { addDays } from '#kernel/calendar/day.ts'
import type { CheckRules } from '#kernel/check/check-rules.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import { prepareCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { factsOf, late, levelOf, requestOf, today } from '#kernel/check/testing-check.ts'
import type { MadeUpCustomer } from '#kernel/document/made-up-customer.ts'
import type { LimitPolicy } from '#kernel/limit/limit-policy.ts'
import { checkPolicy, type PolicyKind, readPolicy } from '#kernel/policy/policy.ts'
import {
  type Broken,
  context,
  factIn,
  type Proof,
  same,
  unproven,
} from '#kernel/policy/testing-broken.ts'
import { type RatingScale, standardRatingScale } from '#kernel/scoring/rating-scale.ts'

function packed(kind: PolicyKind): unknown {
  const file = new URL(`../../packs/standard/${kind}.yaml`, import.meta.url)
  const reading = readPolicy(kind, parse(readFileSync(file, 'utf8')))
  assert(reading.kind === 'read')
  return reading.document.document
}

const limits = packed('limit-policy') as LimitPolicy
const rules = packed('check-rules') as CheckRules
const [status] = rules.rules.filter(({ kind }) => kind === 'account-status')

const withRules = (...more: object[]): CheckRules =>
  ({
    ...rules,
    rules: [status, ...more.map((rule, index) => ({ ...everywhere, id: `r${index}`, ...rule }))],
  }) as CheckRules
const everywhere = { checkpoints: ['order', 'delivery'], reaction: 'hold' }
const scaleOf = (...minimums: string[]): RatingScale => ({
  id: 'standard',
  label: same('scale'),
  grades: minimums.map((minimumScore, index) => {
    const code = String.fromCharCode(65 + index)
    return { code, label: same(code), minimumScore }
  }),
})

const gradesOf = (shown: readonly MadeUpCustomer[]) => shown.map((each) => factIn(each, 'grade'))

const worseGetsMore =
  (tableOf: (policy: LimitPolicy) => Readonly<Record<string, unknown>> | undefined): Proof =>
  (policy: LimitPolicy, shown) => {
    const [better = '', worse = ''] = gradesOf(shown)
    const codes = standardRatingScale.grades.map(({ code }) => code)
    const read = (code: string) => amountOf(tableOf(policy)?.[code])
    return codes.indexOf(better) < codes.indexOf(worse) && read(better) < read(worse)
  }

function amountOf(entry: unknown): number {
  if (typeof entry === 'object' && entry !== null && 'days' in entry) return Number(entry.days)
  return Number.parseFloat(String(entry))
}

/** The reactions of rules on a made-up customer, by the function of live traffic. */
function firedFor(document: CheckRules, customer?: MadeUpCustomer): string[] {
  const late30 = Number(factIn(customer, 'days-overdue') || 0)
  const facts = factsOf({
    levels: [levelOf()],
    party: {
      grade: factIn(customer, 'grade'),
      overdue: late30 > 0 ? [late(addDays(today, -late30), 5_000_000n)] : [],
      oldestOpenIssuedOn: addDays(today, -Number(factIn(customer, 'oldest-open-item') || 0)),
      dunningLevel: Number(factIn(customer, 'dunning-level') || 0),
    },
  })
  const decision = decideCheck(prepareCheckRules(document), facts, requestOf())
  assert(decision.kind === 'decided')
  return decision.fired.map(({ reaction, rule }) => `${reaction} ${rule}`)
}

/** The customer is one of the rule, and without the rule is held or warned of all the same. */
const coveredBy =
  (id: string): Proof =>
  (document: CheckRules, [shown]) => {
    const without = { ...document, rules: document.rules.filter((rule) => rule.id !== id) }
    const [all, rest] = [firedFor(document, shown), firedFor(without, shown)]
    return all.some((each) => each.endsWith(` ${id}`)) && rest.length > 0
  }

const heldOnlyIfBetter: Proof = (document: CheckRules, [better, worse]) =>
  firedFor(document, better).length > 0 && firedFor(document, worse).length === 0

const swapped = (table: Readonly<Record<string, unknown>>) => ({
  ...table,
  BBB: table.A,
  A: table.BBB,
})
const withoutGrade = (table: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(table).filter(([code]) => code !== 'BB'))
const notNamed: Proof = (policy: LimitPolicy, [shown]) => {
  const [code = ''] = gradesOf(shown ? [shown] : [])
  return code !== '' && !(code in policy.caps)
}

const broken: readonly Broken[] = [
  [
    'a worse grade with a higher cap',
    'limit-policy',
    { ...limits, caps: swapped(limits.caps) },
    'not-monotone caps.BBB',
    worseGetsMore(({ caps }) => caps),
  ],
  [
    'a worse grade with longer terms',
    'limit-policy',
    { ...limits, terms: swapped(limits.terms) },
    'not-monotone terms.BBB',
    worseGetsMore(({ terms }) => terms),
  ],
  [
    'a worse grade whose limit is valid for longer',
    'limit-policy',
    { ...limits, validityMonths: { ...limits.validityMonths, BBB: 36 } },
    'not-monotone validityMonths.BBB',
    worseGetsMore(({ validityMonths }) => validityMonths),
  ],
  [
    'a worse grade with more as a new customer',
    'limit-policy',
    {
      ...limits,
      newCustomer: { ...limits.newCustomer, amounts: swapped(limits.newCustomer.amounts) },
    },
    'not-monotone newCustomer.amounts.BBB',
    worseGetsMore(({ newCustomer }) => newCustomer.amounts),
  ],
  [
    'a floor above the cap',
    'limit-policy',
    {
      ...limits,
      floors: Object.fromEntries(Object.keys(limits.caps).map((code) => [code, '900000000'])),
    },
    'inconsistent floors.AAA',
    (policy: LimitPolicy, [shown]) => {
      const code = factIn(shown, 'grade')
      return amountOf(policy.floors?.[code]) > amountOf(policy.caps[code])
    },
  ],
  [
    'a grade that the table leaves out',
    'limit-policy',
    { ...limits, caps: withoutGrade(limits.caps) },
    'incomplete caps.BB',
    notNamed,
  ],
  [
    'scores without a grade',
    'rating-scale',
    scaleOf('80', '50', '10'),
    'gap grades[2].minimumScore',
    ({ grades }: RatingScale, [shown]) =>
      grades.every((each) => Number(factIn(shown, 'score')) < Number(each.minimumScore)),
  ],
  [
    'a grade that no score reaches',
    'rating-scale',
    scaleOf('60', '70', '0'),
    'unordered grades[1].minimumScore',
    ({ grades }: RatingScale, [shown]) =>
      Number(factIn(shown, 'score')) >= Number(grades[0]?.minimumScore) &&
      Number(factIn(shown, 'score')) >= Number(grades[1]?.minimumScore),
  ],
  [
    'a warning that a hold always comes before',
    'check-rules',
    withRules(
      { kind: 'days-overdue', overDays: 30 },
      { kind: 'days-overdue', overDays: 60, reaction: 'warn' },
    ),
    'unreachable rules[2]',
    coveredBy('r1'),
  ],
  [
    'the same rule twice',
    'check-rules',
    withRules(
      { kind: 'oldest-open-item', overDays: 90 },
      { kind: 'oldest-open-item', overDays: 90 },
    ),
    'unreachable rules[2]',
    coveredBy('r1'),
  ],
  [
    'a rule for one grade that the rule for all covers',
    'check-rules',
    withRules(
      { kind: 'dunning-level', from: 3, scope: { grades: ['C', 'D'] } },
      { kind: 'dunning-level', from: 2 },
    ),
    'unreachable rules[1]',
    coveredBy('r0'),
  ],
  [
    'a worse grade that is held later',
    'check-rules',
    withRules(
      { kind: 'days-overdue', overDays: 30, scope: { grades: ['AAA', 'AA'] } },
      { kind: 'days-overdue', overDays: 60, scope: { grades: ['CCC', 'CC'] } },
    ),
    'not-monotone rules[2]',
    heldOnlyIfBetter,
  ],
]

for (const each of broken) {
  test(`${each[0]} is found and shown by a made-up customer`, () => {
    assert.equal(unproven(each), null)
  })
}

test('the sound tables that were broken have no problem', () => {
  for (const [kind, document] of [
    ['limit-policy', limits],
    ['check-rules', rules],
    ['rating-scale', scaleOf('80', '50', '0')],
  ] as const) {
    assert.deepEqual(checkPolicy(kind, document, context), [], kind)
  }
})
