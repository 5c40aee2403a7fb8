import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, day } from '#kernel/calendar/day.ts'
import type { CheckFacts, CheckRequest } from '#kernel/check/check-facts.ts'
import type { CheckRule } from '#kernel/check/check-rules.ts'
import {
  balance,
  cny,
  decide,
  factsOf,
  firedText,
  levelOf,
  limitRule,
  prepared,
  requestOf,
  ruleOf,
  statusRule,
  today,
  usd,
} from '#kernel/check/testing-check.ts'
import { money } from '#kernel/money/money.ts'

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
  ['a blocked account of a buyer for whom another pays', statusRule, factsOf({ restricted: [levelOf({ code: 'C002', status: 'blocked' })] }), asks({}), true],
  ['a frozen group', statusRule, factsOf({ levels: [levelOf(), levelOf({ level: 'group', status: 'frozen' })] }), asks({}), true],
  ['a file closed today', ruleOf('file-closed'), with_({ closedOn: today }), asks({}), true],
  ['a file to be closed tomorrow', ruleOf('file-closed'), with_({ closedOn: addDays(today, 1) }), asks({}), false],
  ['no limit was ever granted', ruleOf('no-file'), factsOf({ levels: [noLimit] }), asks({}), true],
  ['a temporary limit alone', ruleOf('no-file'), level({ limitMinor: null, temporaryMinor: 1n }), asks({}), false],
  ['a limit of zero is a limit', ruleOf('no-file'), level({ limitMinor: 0n }), asks({}), false],
  ['a limit on its last day', ruleOf('limit-expired'), level({ limitToOn: today }), asks({}), false],
  ['a limit of yesterday', ruleOf('limit-expired'), level({ limitToOn: addDays(today, -1) }), asks({}), true],
  ['a review due today', ruleOf('review-overdue', { overDays: 0 }), level({ reviewOn: today }), asks({}), false],
  ['a review due yesterday', ruleOf('review-overdue', { overDays: 0 }), level({ reviewOn: addDays(today, -1) }), asks({}), true],
  ['a review 30 days ago, over 30', ruleOf('review-overdue', { overDays: 30 }), level({ reviewOn: addDays(today, -30) }), asks({}), false],
  ['30 days late, over 30', ruleOf('days-overdue', { overDays: 30 }), with_({ overdue: lateBy(30, 500n) }), asks({}), false],
  ['31 days late, over 30', ruleOf('days-overdue', { overDays: 30 }), with_({ overdue: lateBy(31, 500n) }), asks({}), true],
  ['late with less than the minimum', ruleOf('days-overdue', { overDays: 30, minimumAmount: '5.01' }), with_({ overdue: lateBy(31, 500n) }), asks({}), false],
  ['late with the minimum', ruleOf('days-overdue', { overDays: 30, minimumAmount: '5' }), with_({ overdue: lateBy(31, 500n) }), asks({}), true],
  ['the minimum asks for what is late enough', ruleOf('days-overdue', { overDays: 30, minimumAmount: '6' }), with_({ overdue: [...lateBy(31, 500n), ...lateBy(5, 500n)] }), asks({}), false],
  ['past due up to the amount', ruleOf('overdue-amount', { over: '5' }), with_({ overdue: lateBy(1, 500n) }), asks({}), false],
  ['past due over the amount', ruleOf('overdue-amount', { over: '5' }), with_({ overdue: lateBy(1, 501n) }), asks({}), true],
  ['past due up to the share of the limit', ruleOf('overdue-amount', { overShare: '10%' }), with_({ overdue: lateBy(1, 10_000n) }), asks({}), false],
  ['past due over the share of the limit', ruleOf('overdue-amount', { overShare: '10%' }), with_({ overdue: lateBy(1, 10_001n) }), asks({}), true],
  ['past due over the share of the standing limit only', ruleOf('overdue-amount', { overShare: '10%' }), { ...with_({ overdue: lateBy(1, 10_001n) }), levels: [levelOf({ temporaryMinor: 10n })] }, asks({}), false],
  ['past due without a limit', ruleOf('overdue-amount', { overShare: '10%' }), { ...with_({ overdue: lateBy(1, 1n) }), levels: [noLimit] }, asks({}), true],
  ['a fifth of what is invoiced is past due', ruleOf('overdue-share', { overShare: '20%' }), { ...with_({ overdue: lateBy(1, 200n) }), levels: [levelOf({ balances: [balance({ invoiced: 1_000n })] })] }, asks({}), false],
  ['more than a fifth is past due', ruleOf('overdue-share', { overShare: '20%' }), { ...with_({ overdue: lateBy(1, 201n) }), levels: [levelOf({ balances: [balance({ invoiced: 1_000n })] })] }, asks({}), true],
  ['an item of 90 days, over 90', ruleOf('oldest-open-item', { overDays: 90 }), with_({ oldestOpenIssuedOn: addDays(today, -90) }), asks({}), false],
  ['an item of 91 days, over 90', ruleOf('oldest-open-item', { overDays: 90 }), with_({ oldestOpenIssuedOn: addDays(today, -91) }), asks({}), true],
  ['dunned to the second level of three', ruleOf('dunning-level', { from: 3 }), with_({ dunningLevel: 2 }), asks({}), false],
  ['dunned to the third level', ruleOf('dunning-level', { from: 3 }), with_({ dunningLevel: 3 }), asks({}), true],
  ['one broken promise of two', ruleOf('broken-promises', { count: 2, withinDays: 90 }), with_({ brokenPromisesOn: [today] }), asks({}), false],
  ['two broken promises', ruleOf('broken-promises', { count: 2, withinDays: 90 }), with_({ brokenPromisesOn: [addDays(today, -90), today] }), asks({}), true],
  ['a broken promise of long ago', ruleOf('broken-promises', { count: 1, withinDays: 90 }), with_({ brokenPromisesOn: [addDays(today, -91)] }), asks({}), false],
  ['a payment returned within the time', ruleOf('payment-returned', { withinDays: 90 }), with_({ paymentReturnedOn: addDays(today, -90) }), asks({}), true],
  ['a payment returned long ago', ruleOf('payment-returned', { withinDays: 90 }), with_({ paymentReturnedOn: addDays(today, -91) }), asks({}), false],
  ['a document of the most', ruleOf('maximum-document', { over: '100' }), factsOf(), asksMinor(10_000n), false],
  ['a document over the most', ruleOf('maximum-document', { over: '100' }), factsOf(), asksMinor(10_001n), true],
  ['a large document that does not grow', ruleOf('maximum-document', { over: '50' }), factsOf(), asks({ counted: 10_000n }), false],
  ['terms as agreed', ruleOf('terms-raised'), factsOf(), asks({ terms: 'net-30' }), false],
  ['shorter terms', ruleOf('terms-raised'), factsOf(), asks({ terms: 'net-15' }), false],
  ['longer terms', ruleOf('terms-raised'), factsOf(), asks({ terms: 'net-60' }), true],
  ['end of month after net 30', ruleOf('terms-raised'), factsOf(), asks({ terms: 'eom-30' }), true],
  ['terms that nobody can compare', ruleOf('terms-raised'), factsOf(), asks({ terms: 'when it suits' }), true],
  ['terms where none are agreed', ruleOf('terms-raised'), with_({ agreedTerms: null }), asks({ terms: 'net-60' }), false],
  ['the agreed discount', ruleOf('discount-raised'), with_({ agreedDiscountBps: 500 }), asks({ discountBps: 500 }), false],
  ['more than the agreed discount', ruleOf('discount-raised'), with_({ agreedDiscountBps: 500 }), asks({ discountBps: 501 }), true],
  ['a discount where none is agreed', ruleOf('discount-raised'), factsOf(), asks({ discountBps: 1 }), true],
  ['another payer', ruleOf('fields-changed', { fields: ['payer'] }), factsOf(), asks({ changedFields: ['payer'] }), true],
  ['another field', ruleOf('fields-changed', { fields: ['payer'] }), factsOf(), asks({ changedFields: ['terms'] }), false],
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
  ['four fifths in use, over 80 %', ruleOf('utilisation', { basis: 'dynamic', levels: ['party'], overShare: '80%' }), factsOf(), asksMinor(80_000n), false],
  ['a group nearly full, where the party is meant', ruleOf('utilisation', { basis: 'dynamic', levels: ['party'], overShare: '80%' }), factsOf({ levels: [levelOf(), levelOf({ level: 'group', limitMinor: 10_000n })] }), asks({}), false],
  ['more than four fifths in use', ruleOf('utilisation', { basis: 'dynamic', levels: ['party'], overShare: '80%' }), factsOf(), asksMinor(80_001n), true],
]
for (const [name, asked, facts, request, fires] of cases) {
  test(`${asked.kind}: ${name} ${fires ? 'is held' : 'passes'}`, () => {
    const rules = asked === statusRule ? prepared([]) : prepared([asked])
    const decision = decide(rules, facts, request)
    assert.equal(firedText(decision), fires ? `hold ${asked.id}` : '')
    assert.equal(decision.outcome, fires ? 'held' : 'approved')
  })
}
