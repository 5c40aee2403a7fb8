import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, day } from '#kernel/calendar/day.ts'
import type { DecidedCheck } from '#kernel/check/check-decision.ts'
import type { CheckFacts, CheckRequest, ReleaseFacts } from '#kernel/check/check-facts.ts'
import type { CheckRule } from '#kernel/check/check-rules.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import {
  balance,
  cny,
  everywhere,
  factsOf,
  late,
  levelOf,
  limitRule,
  prepared,
  requestOf,
  statusRule,
  today,
  usd,
} from '#kernel/check/testing-check.ts'
import { money } from '#kernel/money/money.ts'

function decide(
  rules: PreparedCheckRules,
  facts: CheckFacts = factsOf(),
  request: CheckRequest = requestOf(),
): DecidedCheck {
  const decision = decideCheck(rules, facts, request)
  if (decision.kind !== 'decided') assert.fail(decision.kind)
  return decision
}

const heldBy = (decision: DecidedCheck) =>
  decision.fired.map(({ rule, reaction }) => `${reaction} ${rule}`).join(', ')

const rule = (kind: CheckRule['kind'], parameters: object = {}): CheckRule =>
  ({ id: kind, kind, ...everywhere, ...parameters }) as CheckRule
const noLimit = levelOf({ limitMinor: null })
const with_ = (party: Partial<CheckFacts['party']>) => factsOf({ party })
const level = (change: Parameters<typeof levelOf>[0]) => factsOf({ levels: [levelOf(change)] })
const asks = (change: Partial<CheckRequest>) => requestOf(change)
const asksMinor = (minor: bigint) => requestOf({ amount: money(minor, cny) })
const lateBy = (days: number, minor: bigint) => [
  { dueOn: addDays(today, -days), currency: cny, minor },
]

type Case = [string, CheckRule, CheckFacts, CheckRequest, boolean]

/** One line per case in the order of precedence: does the rule fire? */
// biome-ignore format: a table
const cases: Case[] = [
  ['an open account passes', statusRule, factsOf(), asks({}), false],
  ['a blocked account', statusRule, level({ status: 'blocked' }), asks({}), true],
  ['a frozen account', statusRule, level({ status: 'frozen' }), asks({}), true],
  ['a frozen group', statusRule, factsOf({ levels: [levelOf(), levelOf({ level: 'group', status: 'frozen' })] }), asks({}), true],
  ['a file closed today', rule('file-closed'), with_({ closedOn: today }), asks({}), true],
  ['a file to be closed tomorrow', rule('file-closed'), with_({ closedOn: addDays(today, 1) }), asks({}), false],
  ['no limit was ever granted', rule('no-file'), factsOf({ levels: [noLimit] }), asks({}), true],
  ['a temporary limit alone', rule('no-file'), level({ limitMinor: null, temporaryMinor: 1n }), asks({}), false],
  ['a limit of zero is a limit', rule('no-file'), level({ limitMinor: 0n }), asks({}), false],
  ['a limit on its last day', rule('limit-expired'), level({ limitToOn: today }), asks({}), false],
  ['a limit of yesterday', rule('limit-expired'), level({ limitToOn: addDays(today, -1) }), asks({}), true],
  ['a review due today', rule('review-overdue', { overDays: 0 }), level({ reviewOn: today }), asks({}), false],
  ['a review due yesterday', rule('review-overdue', { overDays: 0 }), level({ reviewOn: addDays(today, -1) }), asks({}), true],
  ['a review 30 days ago, over 30', rule('review-overdue', { overDays: 30 }), level({ reviewOn: addDays(today, -30) }), asks({}), false],
  ['30 days late, over 30', rule('days-overdue', { overDays: 30 }), with_({ overdue: lateBy(30, 500n) }), asks({}), false],
  ['31 days late, over 30', rule('days-overdue', { overDays: 30 }), with_({ overdue: lateBy(31, 500n) }), asks({}), true],
  ['late with less than the minimum', rule('days-overdue', { overDays: 30, minimumAmount: '5.01' }), with_({ overdue: lateBy(31, 500n) }), asks({}), false],
  ['late with the minimum', rule('days-overdue', { overDays: 30, minimumAmount: '5' }), with_({ overdue: lateBy(31, 500n) }), asks({}), true],
  ['the minimum asks for what is late enough', rule('days-overdue', { overDays: 30, minimumAmount: '6' }), with_({ overdue: [...lateBy(31, 500n), ...lateBy(5, 500n)] }), asks({}), false],
  ['past due up to the amount', rule('overdue-amount', { over: '5' }), with_({ overdue: lateBy(1, 500n) }), asks({}), false],
  ['past due over the amount', rule('overdue-amount', { over: '5' }), with_({ overdue: lateBy(1, 501n) }), asks({}), true],
  ['past due up to the share of the limit', rule('overdue-amount', { overShare: '10%' }), with_({ overdue: lateBy(1, 10_000n) }), asks({}), false],
  ['past due over the share of the limit', rule('overdue-amount', { overShare: '10%' }), with_({ overdue: lateBy(1, 10_001n) }), asks({}), true],
  ['past due without a limit', rule('overdue-amount', { overShare: '10%' }), { ...with_({ overdue: lateBy(1, 1n) }), levels: [noLimit] }, asks({}), true],
  ['a fifth of what is invoiced is past due', rule('overdue-share', { overShare: '20%' }), { ...with_({ overdue: lateBy(1, 200n) }), levels: [levelOf({ balances: [balance({ invoiced: 1_000n })] })] }, asks({}), false],
  ['more than a fifth is past due', rule('overdue-share', { overShare: '20%' }), { ...with_({ overdue: lateBy(1, 201n) }), levels: [levelOf({ balances: [balance({ invoiced: 1_000n })] })] }, asks({}), true],
  ['an item of 90 days, over 90', rule('oldest-open-item', { overDays: 90 }), with_({ oldestOpenIssuedOn: addDays(today, -90) }), asks({}), false],
  ['an item of 91 days, over 90', rule('oldest-open-item', { overDays: 90 }), with_({ oldestOpenIssuedOn: addDays(today, -91) }), asks({}), true],
  ['dunned to the second level of three', rule('dunning-level', { from: 3 }), with_({ dunningLevel: 2 }), asks({}), false],
  ['dunned to the third level', rule('dunning-level', { from: 3 }), with_({ dunningLevel: 3 }), asks({}), true],
  ['one broken promise of two', rule('broken-promises', { count: 2, withinDays: 90 }), with_({ brokenPromisesOn: [today] }), asks({}), false],
  ['two broken promises', rule('broken-promises', { count: 2, withinDays: 90 }), with_({ brokenPromisesOn: [addDays(today, -90), today] }), asks({}), true],
  ['a broken promise of long ago', rule('broken-promises', { count: 1, withinDays: 90 }), with_({ brokenPromisesOn: [addDays(today, -91)] }), asks({}), false],
  ['a payment returned within the time', rule('payment-returned', { withinDays: 90 }), with_({ paymentReturnedOn: addDays(today, -90) }), asks({}), true],
  ['a payment returned long ago', rule('payment-returned', { withinDays: 90 }), with_({ paymentReturnedOn: addDays(today, -91) }), asks({}), false],
  ['a document of the most', rule('maximum-document', { over: '100' }), factsOf(), asksMinor(10_000n), false],
  ['a document over the most', rule('maximum-document', { over: '100' }), factsOf(), asksMinor(10_001n), true],
  ['a large document that does not grow', rule('maximum-document', { over: '50' }), factsOf(), asks({ counted: 10_000n }), false],
  ['terms as agreed', rule('terms-raised'), factsOf(), asks({ terms: 'net-30' }), false],
  ['shorter terms', rule('terms-raised'), factsOf(), asks({ terms: 'net-15' }), false],
  ['longer terms', rule('terms-raised'), factsOf(), asks({ terms: 'net-60' }), true],
  ['end of month after net 30', rule('terms-raised'), factsOf(), asks({ terms: 'eom-30' }), true],
  ['terms that nobody can compare', rule('terms-raised'), factsOf(), asks({ terms: 'when it suits' }), true],
  ['terms where none are agreed', rule('terms-raised'), with_({ agreedTerms: null }), asks({ terms: 'net-60' }), false],
  ['the agreed discount', rule('discount-raised'), with_({ agreedDiscountBps: 500 }), asks({ discountBps: 500 }), false],
  ['more than the agreed discount', rule('discount-raised'), with_({ agreedDiscountBps: 500 }), asks({ discountBps: 501 }), true],
  ['a discount where none is agreed', rule('discount-raised'), factsOf(), asks({ discountBps: 1 }), true],
  ['another payer', rule('fields-changed', { fields: ['payer'] }), factsOf(), asks({ changedFields: ['payer'] }), true],
  ['another field', rule('fields-changed', { fields: ['payer'] }), factsOf(), asks({ changedFields: ['terms'] }), false],
  ['exactly the limit', limitRule, factsOf(), asksMinor(100_000n), false],
  ['a fen over the limit', limitRule, factsOf(), asksMinor(100_001n), true],
  ['exactly limit and tolerance', { ...limitRule, tolerance: '5%' } as CheckRule, factsOf(), asksMinor(105_000n), false],
  ['a fen over limit and tolerance', { ...limitRule, tolerance: '5%' } as CheckRule, factsOf(), asksMinor(105_001n), true],
  ["the account's own tolerance", limitRule, level({ toleranceBps: 1000 }), asksMinor(110_000n), false],
  ['a temporary limit adds', limitRule, level({ temporaryMinor: 1n }), asksMinor(100_001n), false],
  ['no limit at all counts as zero', limitRule, factsOf({ levels: [noLimit] }), asks({}), true],
  ['an expired limit counts as it is', limitRule, level({ limitToOn: day('2020-01-01') }), asks({}), false],
  ['a group without a limit', limitRule, factsOf({ levels: [levelOf(), levelOf({ level: 'group', limitMinor: null })] }), asks({}), false],
  ['a group over its limit', limitRule, factsOf({ levels: [levelOf(), levelOf({ level: 'group', limitMinor: 9_999n })] }), asks({}), true],
  ['a segment over its limit', limitRule, factsOf({ levels: [levelOf({ level: 'segment', segment: 'export', limitMinor: 9_999n }), levelOf()] }), asks({}), true],
  ['a level the rule is not about', { ...limitRule, levels: ['party'] } as CheckRule, factsOf({ levels: [levelOf(), levelOf({ level: 'group', limitMinor: 0n })] }), asks({}), false],
  ['over the limit already, and nothing more', limitRule, level({ balances: [balance({ order: 10_000n, invoiced: 200_000n })] }), asks({ counted: 10_000n }), false],
  ['over the limit already, and a fen more', limitRule, level({ balances: [balance({ order: 10_000n, invoiced: 200_000n })] }), asks({ amount: money(10_001n, cny), counted: 10_000n }), true],
  ['every gross stage counts', limitRule, level({ balances: [balance({ order: 30_000n, delivered: 30_000n, invoiced: 20_000n, bill: 10_001n })] }), asks({}), true],
  ['every secured stage reduces', limitRule, level({ balances: [balance({ invoiced: 130_000n, prepayment: 10_000n, 'letter-of-credit': 10_000n, insured: 10_000n, collateral: 10_000n })] }), asks({}), false],
  ['less than nothing is nothing', limitRule, level({ balances: [balance({ prepayment: 50_000n })] }), asksMinor(150_001n), true],
  ['dollars are valued', limitRule, level({ balances: [balance({ invoiced: 12_676n }, { currency: usd })] }), asks({}), false],
  ['dollars are valued to the fen', limitRule, level({ balances: [balance({ invoiced: 12_677n }, { currency: usd })] }), asks({}), true],
  ['a later order within the horizon', limitRule, factsOf(), asks({ amount: money(100_001n, cny), requestedOn: addDays(today, 90) }), true],
  ['an order beyond the horizon', limitRule, factsOf(), asks({ amount: money(100_001n, cny), requestedOn: addDays(today, 91) }), false],
  ['orders beyond the horizon leave room', limitRule, level({ balances: [balance({ order: 100_000n }, { laterMinor: 100_000n })] }), asks({}), false],
  ['all orders count by the static limit', { ...limitRule, basis: 'static' } as CheckRule, factsOf(), asks({ amount: money(100_001n, cny), requestedOn: addDays(today, 91) }), true],
  ['an order that is wanted sooner now', limitRule, level({ limitMinor: 9_999n, balances: [balance({ order: 10_000n }, { laterMinor: 10_000n })] }), asks({ counted: 10_000n, countedLater: 10_000n }), true],
  ['what is delivered is never later', limitRule, level({ limitMinor: 3_999n, balances: [balance({ order: 6_000n, delivered: 4_000n }, { laterMinor: 6_000n })] }), asks({ amount: money(9_000n, cny), counted: 8_000n, countedDelivered: 4_000n, countedLater: 4_000n, requestedOn: addDays(today, 91) }), false],
  ['four fifths in use, over 80 %', rule('utilisation', { basis: 'dynamic', levels: ['party'], overShare: '80%' }), factsOf(), asksMinor(80_000n), false],
  ['more than four fifths in use', rule('utilisation', { basis: 'dynamic', levels: ['party'], overShare: '80%' }), factsOf(), asksMinor(80_001n), true],
]
for (const [name, asked, facts, request, fires] of cases) {
  test(`${asked.kind}: ${name} ${fires ? 'is held' : 'passes'}`, () => {
    const rules = asked === statusRule ? prepared([]) : prepared([asked])
    const decision = decide(rules, facts, request)
    assert.equal(heldBy(decision), fires ? `hold ${asked.id}` : '')
    assert.equal(decision.outcome, fires ? 'held' : 'approved')
  })
}

test('a watched account is told and passes', () => {
  const decision = decide(prepared([]), level({ status: 'watch', statusReason: '诉讼' }))
  assert.equal(decision.outcome, 'warned')
  assert.deepEqual(decision.fired[0]?.facts, {
    level: 'party',
    code: 'C001',
    status: 'watch',
    reason: '诉讼',
  })
})

test('rules are told in the order of precedence, whatever the order in the document', () => {
  const warning = {
    ...rule('days-overdue', { overDays: 0 }),
    id: 'late',
    reaction: 'warn',
  } as const
  const rules = prepared([limitRule, warning as CheckRule, rule('no-file')])
  const facts = { ...with_({ overdue: lateBy(3, 5n) }), levels: [noLimit] }
  assert.equal(heldBy(decide(rules, facts)), 'hold no-file, warn late, hold limit')
})

test('a rule that only warns lets pass; one that does not react is silent', () => {
  const facts = with_({ dunningLevel: 3 })
  const dunned = (reaction: 'warn' | 'none') =>
    prepared([{ ...rule('dunning-level', { from: 1 }), reaction } as CheckRule])
  assert.equal(decide(dunned('warn'), facts).outcome, 'warned')
  assert.equal(decide(dunned('none'), facts).outcome, 'approved')
})

test('a rule is asked at its checkpoints only', () => {
  const rules = prepared([{ ...rule('no-file'), checkpoints: ['order'] } as CheckRule])
  const facts = factsOf({ levels: [noLimit] })
  assert.equal(decide(rules, facts).outcome, 'held')
  assert.equal(decide(rules, facts, asks({ checkpoint: 'delivery' })).outcome, 'approved')
})

// biome-ignore format: a table
const scopes: [string, Partial<CheckRule>, Partial<CheckFacts['party']>, boolean][] = [
  ['everybody without a scope', {}, {}, true],
  ['a grade of the scope', { scope: { grades: ['B', 'C'] } }, { grade: 'C' }, true],
  ['another grade', { scope: { grades: ['B', 'C'] } }, { grade: 'A' }, false],
  ['no grade at all', { scope: { grades: ['B', 'C'] } }, {}, false],
  ['a role of the scope', { scope: { roles: ['customer'] } }, {}, true],
  ['all lists must fit', { scope: { grades: ['B'], industries: ['steel'] } }, { grade: 'B' }, false],
  ['a segment of the scope', { scope: { segments: ['export'] } }, {}, true],
  ['another segment', { scope: { segments: ['domestic'] } }, {}, false],
  ['a party that is spared', { except: { parties: ['C001'] } }, {}, false],
  ['one list that spares is enough', { except: { grades: ['AAA'], industries: ['steel'] } }, { industry: 'steel' }, false],
  ['nobody of those spared', { except: { parties: ['C002'], grades: ['AAA'] } }, {}, true],
]
for (const [name, change, party, fires] of scopes) {
  test(`scope: ${name}`, () => {
    const rules = prepared([{ ...rule('dunning-level', { from: 1 }), ...change } as CheckRule])
    const levels = [levelOf({ level: 'segment', segment: 'export' }), levelOf()]
    const decision = decide(rules, { ...with_({ dunningLevel: 1, ...party }), levels })
    assert.equal(decision.outcome, fires ? 'held' : 'approved')
  })
}

const release: ReleaseFacts = { id: 'release-1', upTo: money(10_000n, cny), untilOn: today }
// biome-ignore format: a table
const releases: [string, Partial<CheckFacts>, CheckRequest, DecidedCheck['outcome']][] = [
  ['lets pass what was held', { release }, asks({}), 'approved'],
  ['lets grow by the tolerance', { release }, asksMinor(11_000n), 'approved'],
  ['holds what grew further', { release }, asksMinor(11_001n), 'held'],
  ['lasts to its last day', { release: { ...release, untilOn: addDays(today, -1) } }, asks({}), 'held'],
  ['without a day lasts until it was used', { release: { ...release, untilOn: null } }, asks({}), 'approved'],
  ['in another currency says nothing', { release: { ...release, upTo: money(10_000n, usd) } }, asks({}), 'held'],
  ['passes a blocked account', { release, levels: [levelOf({ limitMinor: null, status: 'blocked' })] }, asks({}), 'approved'],
  ['never passes a frozen one', { release, levels: [levelOf({ limitMinor: null, status: 'frozen' })] }, asks({}), 'held'],
  ['never passes a frozen group', { release, levels: [noLimit, levelOf({ level: 'group', status: 'frozen' })] }, asks({}), 'held'],
]
for (const [name, change, request, outcome] of releases) {
  test(`a release ${name}`, () => {
    const facts = { ...factsOf({ levels: [noLimit] }), ...change }
    const decision = decide(prepared([rule('no-file')]), facts, request)
    assert.equal(decision.outcome, outcome)
    assert.equal(decision.releasedBy, outcome === 'approved' ? 'release-1' : null)
    assert(decision.fired.length > 0, 'what fired is told')
  })
}

test('a release is not named where nothing was held', () => {
  assert.equal(decide(prepared([limitRule]), factsOf({ release })).releasedBy, null)
})

// biome-ignore format: a table
const grace: [string, Partial<CheckRequest>, string][] = [
  ['within the days of grace conduct is told only', { daysSinceApproval: 3 }, 'warn dunning-level'],
  ['after them it holds', { daysSinceApproval: 4 }, 'hold dunning-level'],
  ['what was never approved has no grace', { daysSinceApproval: null }, 'hold dunning-level'],
  ['at the order there is no grace', { daysSinceApproval: 0, checkpoint: 'order' }, 'hold dunning-level'],
  ['more than was ordered needs room', { daysSinceApproval: 0, amount: money(100_001n, cny) }, 'warn dunning-level, hold limit'],
]
for (const [name, change, expected] of grace) {
  test(`at delivery, ${name}`, () => {
    const rules = prepared([rule('dunning-level', { from: 1 }), limitRule])
    const request = asks({ checkpoint: 'delivery', counted: 10_000n, ...change })
    const levels = [levelOf({ balances: [balance({ order: 10_000n })] })]
    const decision = decide(rules, { ...with_({ dunningLevel: 1 }), levels }, request)
    assert.equal(heldBy(decision), expected)
  })
}

test('grace does not pass a blocked account', () => {
  const request = asks({ checkpoint: 'delivery', daysSinceApproval: 0 })
  assert.equal(decide(prepared([]), level({ status: 'blocked' }), request).outcome, 'held')
})

test('a cash order counts with nothing and is asked for status and file only', () => {
  const rules = prepared([limitRule, rule('no-file'), rule('dunning-level', { from: 1 })])
  const facts = { ...with_({ dunningLevel: 3 }), levels: [noLimit] }
  for (const terms of ['prepaid', '货到付款']) {
    const decision = decide(rules, facts, asks({ terms, counted: 0n }))
    assert.equal(decision.outcome, 'approved')
    assert.equal(decision.levels[0]?.afterMinor, 0n)
  }
  const agreed = { ...with_({ agreedTerms: 'prepaid' }), levels: [noLimit] }
  assert.equal(decide(rules, agreed).outcome, 'approved')
  assert.equal(decide(rules, agreed, asks({ terms: 'net-30' })).outcome, 'held')
  const counting = prepared([limitRule], { cashOrders: 'count' })
  assert.equal(decide(counting, agreed).outcome, 'held')
  const frozen = { ...agreed, levels: [levelOf({ status: 'frozen' })] }
  assert.equal(decide(rules, frozen).outcome, 'held')
})

test('exposure and levels are told before and after, with the room that is left', () => {
  const levels = [
    levelOf({
      temporaryMinor: 20_000n,
      balances: [balance({ order: 5_000n, invoiced: 30_000n, prepayment: 1_000n })],
    }),
    levelOf({
      level: 'group',
      code: 'G',
      currency: usd,
      limitMinor: null,
      balances: [balance({ invoiced: 30_000n })],
    }),
  ]
  const rules = prepared([limitRule], { tolerance: '10%' })
  const decision = decide(rules, factsOf({ levels }), asks({ counted: 2_000n }))
  const { exposure } = decision
  assert.deepEqual([exposure.before.order, exposure.after.order], [5_000n, 13_000n])
  assert.deepEqual([exposure.after.invoiced, exposure.after.prepayment], [30_000n, 1_000n])
  const told = decision.levels.map((each) => [
    each.limitMinor,
    each.toleranceMinor,
    each.beforeMinor,
    each.afterMinor,
    each.headroomMinor,
  ])
  assert.deepEqual(told, [
    [132_000n, 12_000n, 34_000n, 42_000n, 90_000n],
    [null, 0n, 4_200n, 5_320n, null],
  ])
})

test('the numbers of an exceeded limit are told level by level', () => {
  const levels = [levelOf({ limitMinor: 4_000n }), levelOf({ level: 'group', limitMinor: 9_000n })]
  const [fired] = decide(prepared([limitRule]), factsOf({ levels })).fired
  const common = { code: 'C001', currency: 'CNY', tolerance: '0.00', after: '100.00' }
  assert.deepEqual(fired?.facts.levels, [
    { level: 'party', ...common, limit: '40.00', missing: '60.00' },
    { level: 'group', ...common, limit: '90.00', missing: '10.00' },
  ])
})

test('without a rate that is needed nothing is decided', () => {
  const levels = [levelOf({ balances: [balance({ invoiced: 1n }, { currency: usd })] })]
  const answer = decideCheck(prepared([limitRule]), factsOf({ levels, rates: [] }), requestOf())
  assert.deepEqual(answer, { kind: 'rate-missing', from: 'USD', to: 'CNY' })
  const dollars = requestOf({ amount: money(1n, usd) })
  assert.equal(decideCheck(prepared([]), factsOf({ rates: [] }), dollars).kind, 'rate-missing')
})

test("amounts of the policy are valued in the account's currency", () => {
  const facts = factsOf({ levels: [levelOf({ currency: usd })] })
  const rules = prepared([rule('maximum-document', { over: '100' })])
  const dollars = (minor: bigint) => asks({ amount: money(minor, usd) })
  assert.equal(decide(rules, facts, dollars(1_400n)).outcome, 'approved')
  assert.equal(decide(rules, facts, dollars(1_401n)).outcome, 'held')
})

test('late days are told with amount and days', () => {
  const overdue = [late('2026-04-16', 1_000_000n), late('2026-05-20', 1_340_000n)]
  const rules = prepared([rule('days-overdue', { overDays: 30 })])
  assert.deepEqual(decide(rules, with_({ overdue })).fired[0]?.facts, {
    amount: '23400.00',
    currency: 'CNY',
    days: 75,
    over: 30,
    since: '2026-04-16',
  })
})
