import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMonths, type Day, day } from '#kernel/calendar/day.ts'
import { readDocument } from '#kernel/document/read-document.ts'
import type { Indicator, IndicatorUnit } from '#kernel/indicator/indicator.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import { explainLimit } from '#kernel/limit/explain-limit.ts'
import type { CurrentLimit, DecidedLimit, LimitFacts } from '#kernel/limit/limit-decision.ts'
import { type LimitPolicy, limitPolicyReader } from '#kernel/limit/limit-policy.ts'
import { type PreparedLimitPolicy, prepareLimitPolicy } from '#kernel/limit/prepare-limit-policy.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { divide, money, toDecimal } from '#kernel/money/money.ts'
import type { RatingScale } from '#kernel/scoring/rating-scale.ts'

const asOf = day('2026-06-30')
const cny = currency('CNY')
const usd = currency('USD')
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
  indicator('monthly', 'money', 2),
  indicator('annual', 'money', 2),
  indicator('peak', 'money', 2),
  indicator('delay', 'days', 2),
  indicator('months', 'months', 0),
  indicator('invoices', 'count', 0),
]
const scale: RatingScale = {
  id: 's',
  label: same('s'),
  grades: [
    { code: 'A', label: same('A'), minimumScore: '60', defaultProbability: '0.5%' },
    { code: 'B', label: same('B'), minimumScore: '30', defaultProbability: '5%' },
    { code: 'D', label: same('D'), minimumScore: '0', defaultProbability: '100%' },
  ],
}
const need = {
  id: 'need',
  label: same('Need'),
  kind: 'need',
  monthlySales: 'monthly',
  expectedDelay: 'delay',
  seasonFactor: '1.2',
} as const
const worth = {
  id: 'worth',
  label: same('Worth'),
  kind: 'share-of-net-worth',
  indicator: 'equity',
  shares: { A: '10%', B: '5%', D: '0%' },
} as const
const policy: LimitPolicy = {
  id: 'test',
  label: same('test'),
  scale: 's',
  currency: 'CNY',
  formulas: [need, worth],
  combine: 'minimum',
  newCustomer: {
    relationshipMonths: 'months',
    invoiceCount: 'invoices',
    untilMonths: 3,
    untilInvoices: 3,
    amounts: { A: '50000', B: '20000', D: '0' },
    terms: {
      A: { code: 'net-30', days: 30 },
      B: { code: 'net-15', days: 15 },
      D: { code: 'prepaid', days: 0 },
    },
    probationMonths: 3,
  },
  floors: { A: '10000', B: '0', D: '0' },
  caps: { A: '1000500', B: '200000', D: '0' },
  roundTo: '1000',
  keepWithin: { share: '10%', amount: '20000' },
  raise: { share: '50%', everyMonths: 3 },
  terms: {
    A: { code: 'net-60', days: 60 },
    B: { code: 'net-30', days: 30 },
    D: { code: 'prepaid', days: 0 },
  },
  validityMonths: { A: 12, B: 6, D: 3 },
  reviewMonths: { A: 6, B: 3, D: 1 },
}
const old = { equity: yuan(10_000_000), monthly: yuan(100_000), delay: 1_000n, months: 40n }

function currency(code: string): Currency {
  const parsed = parseCurrency(code)
  assert(parsed)
  return parsed
}

function yuan(amount: number): bigint {
  return BigInt(amount) * 100n
}

function prepared(change: Partial<LimitPolicy> = {}): PreparedLimitPolicy {
  const preparation = prepareLimitPolicy({ ...policy, ...change }, scale, indicators)
  if (preparation.kind === 'problems') assert.fail(JSON.stringify(preparation.problems))
  return preparation.policy
}

function facts(change: Partial<LimitFacts> = {}): LimitFacts {
  return {
    grade: 'A',
    indicators: old,
    current: null,
    asOf,
    accountCurrency: cny,
    convert: () => null,
    ...change,
  }
}

function decided(of: PreparedLimitPolicy, change: Partial<LimitFacts> = {}): DecidedLimit {
  const decision = decideLimit(of, facts(change))
  if (decision.kind !== 'decided') assert.fail(decision.kind)
  return decision
}

function held(amount: number, grantedOn: Day = addMonths(asOf, -6)): CurrentLimit {
  return { amount: money(yuan(amount), cny), grantedOn }
}

type Case = [string, Partial<LimitPolicy>, Partial<LimitFacts>, string, string | null, string[]]
const peak = { id: 'peak', label: same('Peak'), kind: 'peak-exposure' } as const
const loss = { id: 'loss', label: same('Loss'), kind: 'expected-loss' } as const
const cases: Case[] = [
  // 100,000 × (60 + 10) / 30 × 1.2 = 280,000.
  ['need counts terms, delay and season', {}, {}, '280000.00', 'need', []],
  [
    'an early payer has no delay',
    {},
    { indicators: { ...old, delay: -500n } },
    '240000.00',
    'need',
    [],
  ],
  [
    'the smallest formula binds',
    {},
    { indicators: { ...old, equity: yuan(1_500_000) } },
    '150000.00',
    'worth',
    [],
  ],
  ['the largest can bind instead', { combine: 'maximum' }, {}, '1000000.00', 'worth', []],
  [
    'the median of three binds',
    {
      combine: 'median',
      formulas: [
        need,
        worth,
        { id: 'fixed', label: same('F'), kind: 'fixed', amounts: { A: '1', B: '1', D: '1' } },
      ],
    },
    {},
    '280000.00',
    'need',
    [],
  ],
  [
    'a share of annual sales',
    { formulas: [{ ...worth, id: 'year', kind: 'share-of-annual-sales', indicator: 'annual' }] },
    { indicators: { ...old, annual: yuan(900_000) } },
    '90000.00',
    'year',
    [],
  ],
  [
    'the peak balance times a factor',
    { formulas: [{ ...peak, indicator: 'peak', factor: '1.5' }] },
    { indicators: { ...old, peak: yuan(40_000) } },
    '60000.00',
    'peak',
    [],
  ],
  // 2,000 / (0.5 % × 80 %) = 500,000.
  [
    'a loss budget over probability and loss given default',
    { formulas: [{ ...loss, budget: '2000', lossGivenDefault: '80%' }] },
    {},
    '500000.00',
    'loss',
    [],
  ],
  [
    'a formula without its figure is left out',
    {},
    { indicators: { ...old, equity: null } },
    '280000.00',
    'need',
    [],
  ],
  [
    'negative equity carries nothing, the floor lifts',
    {},
    { indicators: { ...old, equity: yuan(-5) } },
    '10000.00',
    'worth',
    ['floor'],
  ],
  [
    'a cap cuts, and rounding stays below it',
    { combine: 'maximum' },
    { indicators: { ...old, equity: yuan(90_000_000) } },
    '1000000.00',
    'worth',
    ['cap', 'rounded'],
  ],
  ['no figures are a new customer', {}, { indicators: { months: 40n } }, '50000.00', null, []],
  [
    'a new customer gets the small amount',
    {},
    { indicators: { ...old, months: 2n } },
    '50000.00',
    null,
    [],
  ],
  [
    'few invoices in the first year are new',
    {},
    { indicators: { ...old, months: 8n, invoices: 2n } },
    '50000.00',
    null,
    [],
  ],
  ['the worst grade gets nothing', {}, { grade: 'D' }, '0.00', 'worth', []],
  ['a small change keeps the limit', {}, { current: held(270_000) }, '270000.00', 'need', ['kept']],
  [
    'both must be small: 20,000 is not within the amount',
    {},
    { current: held(300_000) },
    '280000.00',
    'need',
    [],
  ],
  ['a raise goes one step', {}, { current: held(100_000) }, '150000.00', 'need', ['raise-limited']],
  [
    'a step is rounded down too',
    {},
    { current: held(101_000) },
    '151000.00',
    'need',
    ['raise-limited'],
  ],
  [
    'a raise waits its months',
    {},
    { current: held(100_000, addMonths(asOf, -2)) },
    '100000.00',
    'need',
    ['raise-too-soon'],
  ],
  [
    'nothing is raised to what a new customer gets',
    {},
    { current: held(0) },
    '50000.00',
    'need',
    ['raise-limited'],
  ],
  ['a reduction holds at once', {}, { current: held(900_000, asOf) }, '280000.00', 'need', []],
  [
    'a cap is not softened by a small change',
    { caps: { A: '275000', B: '0', D: '0' }, floors: { A: '0', B: '0', D: '0' } },
    { current: held(280_000) },
    '275000.00',
    'need',
    ['cap'],
  ],
]
for (const [name, change, given, amount, binding, adjusted] of cases) {
  test(name, () => {
    const decision = decided(prepared(change), given)
    assert.equal(toDecimal(decision.amount), amount)
    assert.equal(decision.binding, binding)
    assert.deepEqual(
      decision.adjustments.map(({ kind }) => kind),
      adjusted,
    )
  })
}

test('terms, validity and review follow the grade, and probation a new customer', () => {
  const known = decided(prepared())
  assert.deepEqual(
    [known.terms.code, known.validTo, known.reviewOn],
    ['net-60', '2027-06-30', '2026-12-30'],
  )
  const fresh = decided(prepared(), { indicators: {} })
  assert.deepEqual(
    [fresh.basis, fresh.terms.code, fresh.validTo],
    ['new-customer', 'net-30', '2026-09-30'],
  )
})

test('another account currency needs its rate and takes a round step of its own', () => {
  const dollars: Partial<LimitFacts> = {
    accountCurrency: usd,
    indicators: { ...old, equity: 123_456_789n },
  }
  assert.deepEqual(decideLimit(prepared(), facts(dollars)), {
    kind: 'rate-missing',
    from: cny,
    to: usd,
  })
  const decision = decided(prepared(), {
    ...dollars,
    convert: (amount, to) => money(divide(amount.minor, 7n, 'down'), to),
  })
  // 10 % of 1,234,567.89 is 123,456.78; a seventh of 1,000 yuan makes steps of 100 dollars.
  assert.equal(toDecimal(decision.amount), '123400.00')
})

test('a grade the policy does not know is said', () => {
  assert.deepEqual(decideLimit(prepared(), facts({ grade: 'E' })), {
    kind: 'unknown-grade',
    grade: 'E',
  })
})

test('a decision explains itself with its figures', () => {
  const sentences = explainLimit(decided(prepared(), { current: held(100_000) }))
  assert.deepEqual(
    sentences.map(({ en }) => en),
    [
      'Need: CNY 280,000.00 (monthly CNY 100,000.00, term days 60, ' +
        'delay 10 days, season factor 1.2), binding',
      'Worth: CNY 1,000,000.00 (equity CNY 10,000,000.00, share 10%)',
      'A raise goes one step at a time: CNY 280,000.00 → CNY 150,000.00',
      'Grade A: limit CNY 150,000.00, terms Net 60 days, valid to 2027-06-30, review 2026-12-30',
    ],
  )
})

test('a policy is read back from its own plain form', () => {
  const plain = JSON.parse(JSON.stringify(policy))
  assert.deepEqual(readDocument(limitPolicyReader, plain), { kind: 'read', document: policy })
})
