import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Indicator, IndicatorUnit } from '#kernel/indicator/indicator.ts'
import { checkLimitPolicy } from '#kernel/limit/check-limit-policy.ts'
import type { LimitFormula, LimitPolicy } from '#kernel/limit/limit-policy.ts'
import type { RatingScale } from '#kernel/scoring/rating-scale.ts'

const same = (text: string) => ({ zh: text, en: text })
const indicator = (id: string, unit: IndicatorUnit): Indicator => ({
  id,
  unit,
  decimals: unit === 'money' || unit === 'days' ? 2 : 0,
  source: 'ledger',
  label: same(id),
  meaning: same(id),
})
const indicators = [
  indicator('average_monthly_sales_12m', 'money'),
  indicator('days_beyond_terms_6m', 'days'),
  indicator('relationship_months', 'months'),
  indicator('invoice_count_12m', 'count'),
]
const scale: RatingScale = {
  id: 's',
  label: same('s'),
  grades: [
    { code: 'A', label: same('A'), minimumScore: '50' },
    { code: 'D', label: same('D'), minimumScore: '0' },
  ],
}
const terms = { A: { code: 'net-30', days: 30 }, D: { code: 'prepaid', days: 0 } }
const need: LimitFormula = {
  id: 'need',
  label: same('need'),
  kind: 'need',
  monthlySales: 'average_monthly_sales_12m',
  expectedDelay: 'days_beyond_terms_6m',
  seasonFactor: '1',
}
const newCustomer = {
  relationshipMonths: 'relationship_months',
  invoiceCount: 'invoice_count_12m',
  untilMonths: 3,
  untilInvoices: 3,
  amounts: { A: '100', D: '0' },
  terms,
  probationMonths: 3,
}
const sound: LimitPolicy = {
  id: 'p',
  label: same('p'),
  scale: 's',
  currency: 'CNY',
  formulas: [need],
  combine: 'minimum',
  newCustomer,
  caps: { A: '5000', D: '0' },
  roundTo: '100',
  terms,
  validityMonths: { A: 12, D: 3 },
  reviewMonths: { A: 6, D: 1 },
}
const fixed = (amounts: Readonly<Record<string, string>>): Partial<LimitPolicy> => ({
  formulas: [{ id: 'fixed', label: same('fixed'), kind: 'fixed', amounts }],
})
const loss: LimitFormula = {
  id: 'loss',
  label: same('loss'),
  kind: 'expected-loss',
  budget: '0',
  lossGivenDefault: '80%',
}

test('a sound policy has no problem', () => {
  assert.deepEqual(checkLimitPolicy(sound, scale, indicators), [])
})

const faults: [string, Partial<LimitPolicy>, string[]][] = [
  ['no such currency', { currency: 'YUAN' }, ['unknown-reference currency']],
  ['no such scale', { scale: 't' }, ['unknown-reference scale']],
  ['no formula', { formulas: [] }, ['incomplete formulas']],
  ['a formula id given twice', { formulas: [need, need] }, ['duplicate-id formulas[1].id']],
  [
    'an indicator that is not there',
    { formulas: [{ ...need, monthlySales: 'average_monthly_sale' }] },
    ['unknown-reference formulas[0].monthlySales'],
  ],
  [
    'days where money is meant',
    { formulas: [{ ...need, monthlySales: 'days_beyond_terms_6m' }] },
    ['wrong-unit formulas[0].monthlySales'],
  ],
  ['a worse grade with more', fixed({ A: '1', D: '2' }), ['not-monotone formulas[0].amounts.D']],
  ['a grade not named', fixed({ A: '1' }), ['incomplete formulas[0].amounts.D']],
  [
    'a grade that is not on the scale',
    fixed({ A: '1', D: '0', E: '0' }),
    ['unknown-reference formulas[0].amounts.E'],
  ],
  ['a negative amount', { caps: { A: '5', D: '-1' } }, ['out-of-range caps.D']],
  ['a fraction of a fen', { caps: { A: '5.001', D: '0' } }, ['out-of-range caps.A']],
  [
    'a worse grade with longer terms',
    { terms: { A: terms.D, D: terms.A } },
    ['not-monotone terms.D'],
  ],
  ['a floor above the cap', { floors: { A: '5100', D: '0' } }, ['inconsistent floors.A']],
  ['a floor off the step', { floors: { A: '150', D: '0' } }, ['inconsistent floors.A']],
  ['validity of no months', { validityMonths: { A: 12, D: 0 } }, ['out-of-range validityMonths.D']],
  ['no step', { roundTo: '0' }, ['out-of-range roundTo']],
  [
    'a share without its sign',
    { keepWithin: { share: '10', amount: '5' } },
    ['out-of-range keepWithin.share'],
  ],
  [
    'a raise without months between',
    { raise: { share: '10%', everyMonths: 0 } },
    ['out-of-range raise.everyMonths'],
  ],
  [
    'expected loss without budget or probabilities',
    { formulas: [loss] },
    ['out-of-range formulas[0].budget', 'incomplete formulas[0]'],
  ],
]
for (const [name, change, expected] of faults) {
  test(`${name} is found with its path`, () => {
    const found = checkLimitPolicy({ ...sound, ...change }, scale, indicators)
    assert.deepEqual(
      found.map((each) => `${each.kind} ${each.path}`),
      expected,
    )
  })
}
