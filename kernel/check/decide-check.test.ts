import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#kernel/calendar/day.ts'
import type { DecidedCheck } from '#kernel/check/check-decision.ts'
import type { CheckFacts, CheckRequest, ReleaseFacts } from '#kernel/check/check-facts.ts'
import type { CheckRule } from '#kernel/check/check-rules.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import {
  asksMinor,
  balance,
  cny,
  decide,
  factsOf,
  firedText,
  late,
  lateBy,
  level,
  levelOf,
  limitRule,
  noLimit,
  prepared,
  rate,
  requestOf,
  ruleOf,
  today,
  usd,
  with_,
} from '#kernel/check/testing-check.ts'
import { money } from '#kernel/money/money.ts'

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
    ...ruleOf('days-overdue', { overDays: 0 }),
    id: 'late',
    reaction: 'warn',
  } as const
  const rules = prepared([limitRule, warning as CheckRule, ruleOf('no-file')])
  const facts = { ...with_({ overdue: lateBy(3, 5n) }), levels: [noLimit] }
  assert.equal(firedText(decide(rules, facts)), 'hold no-file, warn late, hold limit')
})

test('a rule that only warns lets pass; one that does not react is silent', () => {
  const facts = with_({ dunningLevel: 3 })
  const dunned = (reaction: 'warn' | 'none') =>
    prepared([{ ...ruleOf('dunning-level', { from: 1 }), reaction } as CheckRule])
  assert.equal(decide(dunned('warn'), facts).outcome, 'warned')
  assert.equal(decide(dunned('none'), facts).outcome, 'approved')
})

test('a rule that is being tried out lets pass and is recorded, for those whom chance draws', () => {
  const trial = { name: 'dunned', share: '50%', group: 'challenger', readOn: '2026-12-31' } as const
  const shadow = { ...ruleOf('dunning-level', { from: 1 }), reaction: 'shadow' } as CheckRule
  const shadowedOf = (rule: CheckRule, party: Partial<CheckFacts['party']>) => {
    const decision = decide(prepared([rule]), with_({ dunningLevel: 3, ...party }))
    assert.deepEqual([decision.outcome, decision.fired], ['approved', []])
    return decision.shadowed
  }
  assert.deepEqual(shadowedOf(shadow, {}), [
    { rule: 'dunning-level', kind: 'dunning-level', facts: { level: 3, from: 1 } },
  ])
  const drawn = ['a', 'b', 'c', 'd'].map((id) => shadowedOf({ ...shadow, trial }, { id }).length)
  assert.deepEqual(new Set(drawn), new Set([0, 1]))
  const others = { ...shadow, trial: { ...trial, group: 'champion' } } as CheckRule
  const rest = ['a', 'b', 'c', 'd'].map((id) => shadowedOf(others, { id }).length)
  assert.deepEqual(
    rest.map((each, at) => each + (drawn[at] ?? 0)),
    [1, 1, 1, 1],
  )
  assert.equal(shadowedOf({ ...shadow, trial }, {}).length, 0)
})

test('a rule is asked at its checkpoints only', () => {
  const rules = prepared([{ ...ruleOf('no-file'), checkpoints: ['order'] } as CheckRule])
  const facts = factsOf({ levels: [noLimit] })
  assert.equal(decide(rules, facts).outcome, 'held')
  assert.equal(decide(rules, facts, requestOf({ checkpoint: 'delivery' })).outcome, 'approved')
})

// biome-ignore format: a table
const scopes: [string, Partial<CheckRule>, Partial<CheckFacts['party']>, boolean][] = [
  ['everybody without a scope', {}, {}, true],
  ['a grade of the scope', { scope: { grades: ['B', 'C'] } }, { grade: 'C' }, true],
  ['another grade', { scope: { grades: ['B', 'C'] } }, { grade: 'A' }, false],
  ['no grade at all', { scope: { grades: ['B', 'C'] } }, {}, false],
  ['a role of the scope', { scope: { roles: ['customer'] } }, {}, true],
  ['a department of the scope', { scope: { departments: ['华东'] } }, { department: '华东' }, true],
  ['another department', { scope: { departments: ['华东'] } }, { department: '华北' }, false],
  ['a region that is not known', { scope: { regions: ['浙江'] } }, {}, false],
  ['a region that is spared', { except: { regions: ['浙江'] } }, { region: '浙江' }, false],
  ['all lists must fit', { scope: { grades: ['B'], industries: ['steel'] } }, { grade: 'B' }, false],
  ['a segment of the scope', { scope: { segments: ['export'] } }, {}, true],
  ['another segment', { scope: { segments: ['domestic'] } }, {}, false],
  ['a party that is spared', { except: { parties: ['C001'] } }, {}, false],
  ['one list that spares is enough', { except: { grades: ['AAA'], industries: ['steel'] } }, { industry: 'steel' }, false],
  ['nobody of those spared', { except: { parties: ['C002'], grades: ['AAA'] } }, {}, true],
]
for (const [name, change, party, fires] of scopes) {
  test(`scope: ${name}`, () => {
    const rules = prepared([{ ...ruleOf('dunning-level', { from: 1 }), ...change } as CheckRule])
    const levels = [levelOf({ level: 'segment', segment: 'export' }), levelOf()]
    const decision = decide(rules, { ...with_({ dunningLevel: 1, ...party }), levels })
    assert.equal(decision.outcome, fires ? 'held' : 'approved')
  })
}

const release: ReleaseFacts = { id: 'release-1', upTo: money(10_000n, cny), untilOn: today }
// biome-ignore format: a table
const releases: [string, Partial<CheckFacts>, CheckRequest, DecidedCheck['outcome']][] = [
  ['lets pass what was held', { release }, requestOf({}), 'approved'],
  ['lets grow by the tolerance', { release }, asksMinor(11_000n), 'approved'],
  ['holds what grew further', { release }, asksMinor(11_001n), 'held'],
  ['lasts to its last day', { release: { ...release, untilOn: addDays(today, -1) } }, requestOf({}), 'held'],
  ['without a day lasts until it was used', { release: { ...release, untilOn: null } }, requestOf({}), 'approved'],
  ['in another currency says nothing', { release: { ...release, upTo: money(10_000n, usd) } }, requestOf({}), 'held'],
  ['passes a blocked account', { release, levels: [levelOf({ limitMinor: null, status: 'blocked' })] }, requestOf({}), 'approved'],
  ['never passes a frozen one', { release, levels: [levelOf({ limitMinor: null, status: 'frozen' })] }, requestOf({}), 'held'],
  ['never passes the frozen account of a buyer for whom another pays', { release, restricted: [levelOf({ code: 'C002', status: 'frozen' })] }, requestOf({}), 'held'],
  ['never passes a frozen group', { release, levels: [noLimit, levelOf({ level: 'group', status: 'frozen' })] }, requestOf({}), 'held'],
]
for (const [name, change, request, outcome] of releases) {
  test(`a release ${name}`, () => {
    const facts = { ...factsOf({ levels: [noLimit] }), ...change }
    const decision = decide(prepared([ruleOf('no-file')]), facts, request)
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
    const rules = prepared([ruleOf('dunning-level', { from: 1 }), limitRule])
    const request = requestOf({ checkpoint: 'delivery', counted: 10_000n, ...change })
    const levels = [levelOf({ balances: [balance({ order: 10_000n })] })]
    const decision = decide(rules, { ...with_({ dunningLevel: 1 }), levels }, request)
    assert.equal(firedText(decision), expected)
  })
}

test('grace does not pass a blocked account', () => {
  const request = requestOf({ checkpoint: 'delivery', daysSinceApproval: 0 })
  assert.equal(decide(prepared([]), level({ status: 'blocked' }), request).outcome, 'held')
})

test('a cash order counts with nothing and is asked for status and file only', () => {
  const rules = prepared([limitRule, ruleOf('no-file'), ruleOf('dunning-level', { from: 1 })])
  const facts = { ...with_({ dunningLevel: 3 }), levels: [noLimit] }
  for (const terms of ['prepaid', '货到付款']) {
    const decision = decide(rules, facts, requestOf({ terms, counted: 0n }))
    assert.equal(decision.outcome, 'approved')
    assert.equal(decision.levels[0]?.afterMinor, 0n)
  }
  const agreed = { ...with_({ agreedTerms: 'prepaid' }), levels: [noLimit] }
  assert.equal(decide(rules, agreed).outcome, 'approved')
  assert.equal(decide(rules, agreed, requestOf({ terms: 'net-30' })).outcome, 'held')
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
  const decision = decide(rules, factsOf({ levels }), requestOf({ counted: 2_000n }))
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

test('without days of grace, what was approved today is asked again', () => {
  const rules = prepared([ruleOf('dunning-level', { from: 1 })], { graceDays: 0 })
  const request = requestOf({ checkpoint: 'delivery', daysSinceApproval: 0 })
  assert.equal(decide(rules, with_({ dunningLevel: 1 }), request).outcome, 'held')
})

test('an order that is put off counts with its share, what is delivered in full', () => {
  const balances = [balance({ order: 6_000n, delivered: 4_000n })]
  const rules = prepared([limitRule], { horizon: { days: 90, laterShare: '50%' } })
  const request = requestOf({
    amount: money(12_000n, cny),
    counted: 10_000n,
    countedDelivered: 4_000n,
    requestedOn: addDays(today, 91),
  })
  const { exposure, levels } = decide(rules, level({ balances }), request)
  assert.deepEqual([exposure.before.order, exposure.after.order], [6_000n, 4_000n])
  assert.deepEqual([levels[0]?.beforeMinor, levels[0]?.afterMinor], [10_000n, 8_000n])
})

test('an order of later that is wanted now counts in full, whatever its amount', () => {
  const balances = [balance({ order: 8_000n }, { laterMinor: 8_000n })]
  const rules = prepared([limitRule], { horizon: { days: 90, laterShare: '50%' } })
  const facts = level({ balances, limitMinor: 4_999n })
  const sooner = (minor: bigint) =>
    requestOf({ amount: money(minor, cny), counted: 8_000n, countedLater: 8_000n })
  assert.equal(decide(rules, facts, sooner(4_000n)).outcome, 'approved')
  assert.equal(decide(rules, facts, sooner(4_999n)).outcome, 'approved')
  assert.equal(decide(rules, facts, sooner(5_000n)).outcome, 'held')
})

test('parts of what counts are no more than it', () => {
  const request = requestOf({ counted: 10n, countedDelivered: 6n, countedLater: 5n })
  assert.throws(() => decide(prepared([]), factsOf(), request), /Broken invariant/)
  const negative = requestOf({ amount: money(-1n, cny) })
  assert.throws(() => decide(prepared([]), factsOf(), negative), /Broken invariant/)
})

test('the rate is of the right pair', () => {
  const rates = [rate('USD', 'EUR', '0.9'), rate('EUR', 'CNY', '7.8'), rate('USD', 'CNY', '7.1')]
  const decision = decide(prepared([]), factsOf({ rates }), requestOf({ amount: money(100n, usd) }))
  assert.equal(decision.levels[0]?.afterMinor, 710n)
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
  const rules = prepared([ruleOf('maximum-document', { over: '100' })])
  const dollars = (minor: bigint) => requestOf({ amount: money(minor, usd) })
  assert.equal(decide(rules, facts, dollars(1_400n)).outcome, 'approved')
  assert.equal(decide(rules, facts, dollars(1_401n)).outcome, 'held')
})

test('late days are told with amount and days', () => {
  const overdue = [late('2026-04-16', 1_000_000n), late('2026-05-20', 1_340_000n)]
  const rules = prepared([ruleOf('days-overdue', { overDays: 30 })])
  assert.deepEqual(decide(rules, with_({ overdue })).fired[0]?.facts, {
    amount: '23400.00',
    currency: 'CNY',
    days: 75,
    over: 30,
    since: '2026-04-16',
  })
})
