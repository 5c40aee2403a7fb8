import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '#kernel/calendar/day.ts'
import { mendableRules, soundInputs } from '#kernel/check/check-arbitraries.test.ts'
import type { Remedy } from '#kernel/check/check-decision.ts'
import type { CheckFacts, CheckRequest, OpenItem } from '#kernel/check/check-facts.ts'
import { findRemedies } from '#kernel/check/check-remedies.ts'
import { checkResultText, readCheckResult } from '#kernel/check/check-result.ts'
import type { CheckRule } from '#kernel/check/check-rules.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import {
  balance,
  cny,
  decide,
  factsOf,
  levelOf,
  limitRule,
  prepared,
  requestOf,
  ruleOf,
  today,
  usd,
} from '#kernel/check/testing-check.ts'
import { money, toReadable } from '#kernel/money/money.ts'

const item = (number: string, lateDays: number, minor: bigint, currency = cny): OpenItem => ({
  number,
  issuedOn: addDays(today, -lateDays - 30),
  dueOn: addDays(today, -lateDays),
  open: money(minor, currency),
})

/** A customer of 1,000.00 limit whose ledger is these invoices. */
function customer(items: readonly OpenItem[], change: Partial<CheckFacts> = {}): CheckFacts {
  const invoiced = items.reduce((sum, { open }) => sum + open.minor, 0n)
  const overdue = items
    .filter(({ dueOn }) => dueOn < today)
    .map(({ dueOn, open }) => ({ dueOn, currency: open.currency, minor: open.minor }))
  return factsOf({
    levels: [levelOf({ balances: [balance({ invoiced })] })],
    party: { overdue, oldestOpenIssuedOn: items[0]?.issuedOn ?? null },
    ...change,
  })
}

/** `pay A 1.00 + B 2.00` */
function told(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'pay':
      return `pay ${remedy.invoices.map((each) => `${each.number} ${toReadable(each.amount)}`).join(' + ')}`
    case 'reduce-amount':
      return `reduce to ${toReadable(remedy.to)}`
    case 'reduce-quantity':
      return `reduce to ${remedy.toThousandths / 1_000n} ${remedy.unit} ${toReadable(remedy.to)}`
    case 'ship-after':
      return `ship after ${remedy.on}`
    case 'secure':
      return `secure ${toReadable(remedy.amount)}`
    case 'agreed-terms':
      return `terms ${remedy.terms}`
    case 'raise-limit':
      return `limit of ${remedy.level} ${toReadable(remedy.to)}`
    case 'both':
      return remedy.remedies.map(told).join(' and ')
  }
}

const late30 = ruleOf('days-overdue', { overDays: 30 })
const big = requestOf({ amount: money(60_000n, cny) })
const half = customer([item('A', 40, 10_000n), item('B', 5, 45_000n)])
const ship = `ship after ${addDays(today, 91)}`

type Case = [string, readonly CheckRule[], CheckFacts, CheckRequest, readonly OpenItem[], string[]]

const itemsOfHalf = [item('A', 40, 10_000n), item('B', 5, 45_000n)]
const small = [item('A', 3, 1_000n), item('B', 2, 30_000n), item('C', 1, 20_000n)]
// biome-ignore format: a table
const cases: Case[] = [
  ['nothing to mend where nothing is held', [limitRule], factsOf(), requestOf(), [], []],
  ['room is missing: a part of the oldest invoice that is large enough', [limitRule], half, big, itemsOfHalf,
    ['pay B CNY 150.00', 'reduce to CNY 450.00', ship, 'secure CNY 150.00', 'limit of party CNY 1,150.00']],
  ['two invoices where no single one is enough', [limitRule], customer(small), requestOf({ amount: money(95_000n, cny) }), small,
    ['pay B CNY 300.00 + C CNY 160.00', 'reduce to CNY 490.00', ship, 'secure CNY 460.00', 'limit of party CNY 1,460.00']],
  ['late: the whole invoice, and only that', [late30], half, requestOf(), itemsOfHalf, ['pay A CNY 100.00']],
  ['late and no room: what ends both', [late30, limitRule], half, big, itemsOfHalf,
    ['pay A CNY 100.00 + B CNY 450.00']],
  ['late and no room by little: the late one is enough', [late30, limitRule], half, requestOf({ amount: money(55_000n, cny) }), itemsOfHalf,
    ['pay A CNY 100.00']],
  ['whole units at the price of the document', [limitRule], half, { ...big, quantity: { thousandths: 20_000n, unit: '件' } }, [],
    ['reduce to CNY 450.00', 'reduce to 15 件 CNY 450.00', ship, 'secure CNY 150.00', 'limit of party CNY 1,150.00']],
  ['no unit fits: no advice about pieces', [limitRule], half, { ...big, quantity: { thousandths: 1_000n, unit: '台' } }, [],
    ['reduce to CNY 450.00', ship, 'secure CNY 150.00', 'limit of party CNY 1,150.00']],
  ['the terms that are agreed', [ruleOf('terms-raised')], factsOf(), requestOf({ terms: 'net-90' }), [], ['terms net-30']],
  ['no file: a first limit', [ruleOf('no-file'), limitRule], factsOf({ levels: [levelOf({ limitMinor: null })] }), requestOf(), [], ['limit of party CNY 100.00']],
  ['an expired limit: the same anew', [ruleOf('limit-expired')], factsOf({ levels: [levelOf({ limitToOn: addDays(today, -1) })] }), requestOf(), [], ['limit of party CNY 1,000.00']],
  ['a large document: smaller', [ruleOf('maximum-document', { over: '50' })], factsOf(), requestOf(), [], ['reduce to CNY 50.00']],
  ['the limit of the group', [limitRule], factsOf({ levels: [levelOf(), levelOf({ level: 'group', limitMinor: 4_000n })] }), requestOf(), [],
    ['reduce to CNY 40.00', ship, 'secure CNY 60.00', 'limit of group CNY 100.00']],
  ['dollars are told in the currency of the document', [limitRule], factsOf(), requestOf({ amount: money(20_000n, usd) }), [],
    ['reduce to USD 140.84', ship, 'secure USD 59.16', 'limit of party CNY 1,420.00']],
  ['nothing is taken back that is delivered', [limitRule], factsOf({ levels: [levelOf({ limitMinor: 50_000n, balances: [balance({ delivered: 60_000n, order: 40_000n }, { laterMinor: 40_000n })] })] }),
    requestOf({ amount: money(100_000n, cny), counted: 100_000n, countedDelivered: 60_000n, countedLater: 40_000n, quantity: { thousandths: 7_000n, unit: '台' } }), [],
    ['reduce to CNY 600.00', ship, 'secure CNY 500.00', 'limit of party CNY 1,000.00']],
  ['a frozen account: nobody outside can help', [limitRule], factsOf({ levels: [levelOf({ status: 'frozen' })] }), big, itemsOfHalf, []],
  ['dunned: nobody outside can help', [ruleOf('dunning-level', { from: 1 })], factsOf({ party: { dunningLevel: 1 } }), requestOf(), [], []],
  ['late invoices that were not listed give no advice', [late30], half, requestOf(), [item('B', 5, 45_000n)], []],
  ['pairs where no single change is enough', [ruleOf('terms-raised'), limitRule], factsOf(), requestOf({ amount: money(110_000n, cny), terms: 'net-60' }), [],
    ['terms net-30 and reduce to CNY 1,000.00', `terms net-30 and ${ship}`, 'terms net-30 and secure CNY 100.00', 'terms net-30 and limit of party CNY 1,100.00']],
  ['paying and a smaller document', [late30, ruleOf('maximum-document', { over: '50' })], half, requestOf(), itemsOfHalf,
    ['pay A CNY 100.00 and reduce to CNY 50.00']],
  ['two limits at once', [ruleOf('no-file'), { ...limitRule, levels: ['party', 'group'] } as CheckRule],
    factsOf({ levels: [levelOf({ limitMinor: null }), levelOf({ level: 'group', limitMinor: 5_000n })] }), requestOf({ requestedOn: addDays(today, 5) }), [],
    ['limit of party CNY 100.00 and reduce to CNY 50.00', `limit of party CNY 100.00 and ${ship}`, 'limit of party CNY 100.00 and secure CNY 50.00', 'limit of party CNY 100.00 and limit of group CNY 100.00']],
]
for (const [name, rules, facts, request, items, expected] of cases) {
  test(name, () => {
    const found = findRemedies(prepared(rules), facts, request, items)
    assert.deepEqual(found.map(told), expected)
  })
}

test('at delivery nothing is put off', () => {
  const asked = { ...big, checkpoint: 'delivery' } as const
  const found = findRemedies(prepared([limitRule]), half, asked, []).map(({ kind }) => kind)
  assert.deepEqual(found, ['reduce-amount', 'secure', 'raise-limit'])
})

/** The same question after a remedy was followed, told apart from how remedies are found. */
function follow(
  { facts, request }: { facts: CheckFacts; request: CheckRequest },
  remedy: Remedy,
  items: readonly OpenItem[],
): { facts: CheckFacts; request: CheckRequest } {
  switch (remedy.kind) {
    case 'reduce-amount':
    case 'reduce-quantity':
      return { facts, request: { ...request, amount: remedy.to } }
    case 'ship-after':
      return { facts, request: { ...request, requestedOn: remedy.on } }
    case 'agreed-terms':
      return { facts, request: { ...request, terms: remedy.terms } }
    case 'secure':
      return { request, facts: withStage(facts, 'prepayment', remedy.amount.minor, request) }
    case 'raise-limit': {
      const levels = facts.levels.map((level) =>
        level.level === remedy.level
          ? { ...level, limitMinor: remedy.to.minor, limitToOn: null, reviewOn: null }
          : level,
      )
      return { request, facts: { ...facts, levels } }
    }
    case 'pay':
      return { request, facts: paid(facts, remedy.invoices, items) }
    case 'both':
      return remedy.remedies.reduce((of, each) => follow(of, each, items), { facts, request })
  }
}

function withStage(
  facts: CheckFacts,
  stage: 'prepayment',
  minor: bigint,
  { amount }: CheckRequest,
): CheckFacts {
  const { currency } = amount
  const levels = facts.levels.map((level) => {
    const found =
      level.balances.find((each) => each.currency === currency) ?? balance({}, { currency })
    const stages = { ...found.stages, [stage]: (found.stages[stage] ?? 0n) + minor }
    const others = level.balances.filter((each) => each !== found)
    return { ...level, balances: [...others, { ...found, stages }] }
  })
  return { ...facts, levels }
}

function paid(
  facts: CheckFacts,
  invoices: Extract<Remedy, { kind: 'pay' }>['invoices'],
  items: readonly OpenItem[],
): CheckFacts {
  const left = items.map((each) => {
    const payment = invoices.find(({ number }) => number === each.number)
    return { ...each, minor: each.open.minor - (payment?.amount.minor ?? 0n) }
  })
  const open = left.filter(({ minor }) => minor > 0n)
  const levels = facts.levels.map((level) => ({
    ...level,
    balances: level.balances.map((each) => {
      const settled = left
        .filter(({ open: { currency } }) => currency === each.currency && level.segment === '')
        .reduce((sum, { open: { minor: before }, minor }) => sum + before - minor, 0n)
      return {
        ...each,
        stages: { ...each.stages, invoiced: (each.stages.invoiced ?? 0n) - settled },
      }
    }),
  }))
  const overdue = open
    .filter(({ dueOn }) => dueOn < today)
    .map(({ dueOn, open: { currency }, minor }) => ({ dueOn, currency, minor }))
  const oldestOpenIssuedOn = open[0]?.issuedOn ?? null
  return { ...facts, levels, party: { ...facts.party, overdue, oldestOpenIssuedOn } }
}

const isHeld = (rules: PreparedCheckRules, of: { facts: CheckFacts; request: CheckRequest }) =>
  decide(rules, of.facts, of.request).outcome === 'held'

/** The same remedy, a unit weaker; null where it is not about an amount. */
function weaker(remedy: Remedy): Remedy | null {
  switch (remedy.kind) {
    case 'reduce-amount':
      return { ...remedy, to: money(remedy.to.minor + 1n, remedy.to.currency) }
    case 'secure':
      return { ...remedy, amount: money(remedy.amount.minor - 1n, remedy.amount.currency) }
    default:
      return null
  }
}

test('whoever follows a remedy passes, and with a unit less does not', () => {
  let followed = 0
  fc.assert(
    fc.property(mendableRules, soundInputs, (rules, { facts, request, openItems }) => {
      const remedies = findRemedies(rules, facts, request, openItems)
      const start = { facts, request }
      if (remedies.length > 0) assert(isHeld(rules, start))
      for (const remedy of remedies) {
        followed += 1
        assert(!isHeld(rules, follow(start, remedy, openItems)), told(remedy))
        const less = weaker(remedy)
        if (less) assert(isHeld(rules, follow(start, less, openItems)), `${told(less)} passes too`)
      }
    }),
    { numRuns: 1_500 },
  )
  assert(followed > 500, `only ${followed} remedies were followed`)
})

test('of what is to be paid a unit less is not enough where only room is missing', () => {
  fc.assert(
    fc.property(soundInputs, ({ facts, request, openItems }) => {
      const rules = prepared([limitRule])
      const [first] = findRemedies(rules, facts, request, openItems)
      if (first?.kind !== 'pay') return
      const last = first.invoices.at(-1)
      assert(last)
      const amount = money(last.amount.minor - 1n, last.amount.currency)
      const less = { ...first, invoices: [...first.invoices.slice(0, -1), { ...last, amount }] }
      assert(isHeld(rules, follow({ facts, request }, less, openItems)))
    }),
    { numRuns: 1_500 },
  )
})

test('remedies are read back from a stored result as they were found', () => {
  fc.assert(
    fc.property(mendableRules, soundInputs, (rules, { facts, request, openItems }) => {
      const remedies = findRemedies(rules, facts, request, openItems)
      const decision = decide(rules, facts, request)
      const read = readCheckResult(checkResultText(decision, remedies), facts)
      assert.deepEqual(read, { decision, remedies })
    }),
    { numRuns: 300 },
  )
})
