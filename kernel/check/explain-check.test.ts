import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import type { Remedy } from '#kernel/check/check-decision.ts'
import type { CheckFacts, CheckRequest } from '#kernel/check/check-facts.ts'
import { type CheckRule, rulePrecedence } from '#kernel/check/check-rules.ts'
import { explainRemedy, explainRule } from '#kernel/check/explain-check.ts'
import {
  balance,
  cny,
  decide,
  factsOf,
  late,
  levelOf,
  limitRule,
  prepared,
  requestOf,
  ruleOf,
} from '#kernel/check/testing-check.ts'
import { money } from '#kernel/money/money.ts'

const overdue = [late('2026-04-16', 1_000_000n), late('2026-05-20', 1_340_000n)]
const lateParty = factsOf({
  levels: [levelOf({ limitMinor: 5_000_000n, balances: [balance({ invoiced: 2_600_000n })] })],
  party: { overdue },
})
const at = (change: Parameters<typeof levelOf>[0]) => factsOf({ levels: [levelOf(change)] })
const group = levelOf({ level: 'group', code: 'G1', limitMinor: 6_000n, toleranceBps: 500 })
const segment = levelOf({ level: 'segment', segment: 'export', limitMinor: 9_999n })

type Case = [CheckRule, CheckFacts, Partial<CheckRequest>, string, string]

// biome-ignore format: a table
const cases: Case[] = [
  [ruleOf('account-status'), at({ status: 'frozen', statusReason: '诉讼' }), {}, '客户 C001 已冻结: 诉讼', 'Customer C001 is frozen: 诉讼'],
  [ruleOf('file-closed'), factsOf({ party: { closedOn: day('2026-01-31') } }), {}, '信用档案已于 2026-01-31 关闭', 'The credit file was closed on 2026-01-31'],
  [ruleOf('no-file'), at({ limitMinor: null }), {}, '客户 C001 从未核定额度', 'Customer C001 was never granted a limit'],
  [ruleOf('limit-expired'), at({ limitToOn: day('2026-06-29') }), {}, '客户 C001 的额度已于 2026-06-29 到期', 'Customer C001: the limit expired on 2026-06-29'],
  [ruleOf('review-overdue', { overDays: 0 }), at({ reviewOn: day('2026-06-29') }), {}, '客户 C001 应于 2026-06-29 复核, 已过 1 天', 'Customer C001 was to be reviewed on 2026-06-29, 1 day ago'],
  [ruleOf('days-overdue', { overDays: 30 }), lateParty, {}, '逾期超过 30 天的合计 CNY 23,400.00, 最长 75 天 (2026-04-16 到期)', 'CNY 23,400.00 are more than 30 days past due, the oldest for 75 days, since 2026-04-16'],
  [ruleOf('days-overdue', { overDays: 0 }), lateParty, {}, '逾期合计 CNY 23,400.00, 最长 75 天 (2026-04-16 到期)', 'CNY 23,400.00 are past due, the oldest for 75 days, since 2026-04-16'],
  [ruleOf('overdue-amount', { over: '500' }), lateParty, {}, '逾期合计 CNY 23,400.00, 超过 CNY 500.00', 'CNY 23,400.00 are past due, more than CNY 500.00'],
  [ruleOf('overdue-amount', { overShare: '10%' }), lateParty, {}, '逾期合计 CNY 23,400.00, 超过额度 CNY 50,000.00 的 10%', 'CNY 23,400.00 are past due, more than 10% of the limit CNY 50,000.00'],
  [ruleOf('overdue-share', { overShare: '12.5%' }), lateParty, {}, '逾期 CNY 23,400.00, 超过已开票 CNY 26,000.00 的 12.5%', 'CNY 23,400.00 past due is more than 12.5% of the CNY 26,000.00 invoiced'],
  [ruleOf('oldest-open-item', { overDays: 180 }), factsOf({ party: { oldestOpenIssuedOn: day('2025-12-31') } }), {}, '最早未结发票开于 2025-12-31, 已 181 天, 超过 180 天', 'The oldest open invoice is of 2025-12-31, 181 days ago, more than 180 days'],
  [ruleOf('dunning-level', { from: 2 }), factsOf({ party: { dunningLevel: 3 } }), {}, '催收已到第 3 级 (从第 2 级起)', 'Dunned to level 3 (from level 2 on)'],
  [ruleOf('broken-promises', { count: 1, withinDays: 90 }), factsOf({ party: { brokenPromisesOn: [day('2026-06-01')] } }), {}, '90 天内 1 次未兑现付款承诺', '1 promise to pay broken within 90 days'],
  [ruleOf('payment-returned', { withinDays: 90 }), factsOf({ party: { paymentReturnedOn: day('2026-06-01') } }), {}, '2026-06-01 有退票或退款 (90 天内)', 'A payment was returned on 2026-06-01, within 90 days'],
  [ruleOf('maximum-document', { over: '50' }), factsOf(), {}, '单据金额 CNY 100.00, 超过单笔上限 CNY 50.00', 'The document of CNY 100.00 is over the most for one, CNY 50.00'],
  [ruleOf('terms-raised'), factsOf(), { terms: 'net-60' }, '要求的账期 开票后60天 长于约定的 开票后30天', 'Terms asked, Net 60 days, are longer than agreed: Net 30 days'],
  [ruleOf('discount-raised'), factsOf(), { discountBps: 250 }, '要求的折扣 2.5% 高于约定的 0%', 'The discount asked, 2.5%, is more than the agreed 0%'],
  [ruleOf('fields-changed', { fields: ['payer', 'terms'] }), factsOf(), { changedFields: ['terms', 'payer'] }, '批准之后改动了: 付款方、账期', 'Changed since it was approved: payer, terms'],
  [limitRule, factsOf({ levels: [segment, levelOf(), group] }), {}, 'C001 的信控维度 export 占用将达 CNY 100.00, 超过额度 CNY 99.99, 超额 CNY 0.01; 集团 G1 占用将达 CNY 100.00, 超过额度 CNY 60.00 加容差 CNY 3.00, 超额 CNY 37.00', 'Segment export of C001 would use CNY 100.00 of CNY 99.99: CNY 0.01 over; Group G1 would use CNY 100.00 of CNY 60.00 and CNY 3.00 tolerance: CNY 37.00 over'],
  [ruleOf('utilisation', { basis: 'dynamic', levels: ['party'], overShare: '80%' }), at({ limitMinor: 12_000n }), {}, '客户 C001 的额度使用率将超过 80%: CNY 100.00 / CNY 120.00 (83.33%)', 'Customer C001 would use more than 80% of the limit: CNY 100.00 / CNY 120.00 (83.33%)'],
]
for (const [asked, facts, change, zh, en] of cases) {
  test(`${asked.kind}: ${en}`, () => {
    const rules = asked.kind === 'account-status' ? prepared([]) : prepared([asked])
    const [fired] = decide(rules, facts, requestOf(change)).fired
    assert(fired)
    assert.deepEqual(explainRule(fired), { zh, en })
  })
}

test('every kind of rule has its case', () => {
  const told = new Set(cases.map(([asked]) => asked.kind))
  assert.deepEqual(
    rulePrecedence.filter((kind) => !told.has(kind)),
    [],
  )
})

const invoice = (number: string, minor: bigint) => ({ number, amount: money(minor, cny) })
const amount = money(2_340_000n, cny)
const many = ['1', '2', '3', '4', '5', '6', '7'].map((number) => invoice(number, 100n))
const pay: Remedy = { kind: 'pay', invoices: [invoice('INV-8', 2_340_000n)] }

// biome-ignore format: a table
const remedies: [Remedy, string, string][] = [
  [pay, '付清 INV-8 CNY 23,400.00', 'Pay INV-8 CNY 23,400.00'],
  [{ kind: 'pay', invoices: many }, '付清 1 CNY 1.00、2 CNY 1.00、3 CNY 1.00、4 CNY 1.00、5 CNY 1.00 等 7 张, 合计 CNY 7.00', 'Pay 1 CNY 1.00, 2 CNY 1.00, 3 CNY 1.00, 4 CNY 1.00, 5 CNY 1.00 and 2 more, CNY 7.00 in all'],
  [{ kind: 'reduce-amount', to: amount }, '把金额减到 CNY 23,400.00', 'Reduce the amount to CNY 23,400.00'],
  [{ kind: 'reduce-quantity', toThousandths: 17_000n, unit: '件', to: amount }, '把数量减到 17 件 (CNY 23,400.00)', 'Take at most 17 件 (CNY 23,400.00)'],
  [{ kind: 'reduce-quantity', toThousandths: 200_000n, unit: 'kg', to: amount }, '把数量减到 200 kg (CNY 23,400.00)', 'Take at most 200 kg (CNY 23,400.00)'],
  [{ kind: 'ship-after', on: day('2026-09-29') }, '改在 2026-09-29 或之后发货', 'Ship on 2026-09-29 or later'],
  [{ kind: 'secure', amount }, '预付 CNY 23,400.00, 或提供同等金额的担保', 'Prepay CNY 23,400.00, or bring security for as much'],
  [{ kind: 'agreed-terms', terms: 'net-30' }, '按约定的账期: 开票后30天', 'Order at the agreed terms: Net 30 days'],
  [{ kind: 'raise-limit', level: 'group', code: 'G1', to: amount }, '把集团 G1 的额度核定为 CNY 23,400.00', 'Grant group G1 a limit of CNY 23,400.00'],
  [{ kind: 'both', remedies: [pay, { kind: 'agreed-terms', terms: 'prepaid' }] }, '付清 INV-8 CNY 23,400.00, 并且按约定的账期: 预付', 'Pay INV-8 CNY 23,400.00, and order at the agreed terms: Cash in advance'],
]
for (const [remedy, zh, en] of remedies) {
  test(`${remedy.kind}: ${en}`, () => {
    assert.deepEqual(explainRemedy(remedy), { zh, en })
  })
}
