import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day } from '#kernel/calendar/day.ts'
import type {
  BalanceFacts,
  CheckFacts,
  CheckRequest,
  LevelFacts,
  OpenItem,
} from '#kernel/check/check-facts.ts'
import type { CheckInputs } from '#kernel/check/check-inputs.ts'
import type { CheckRule } from '#kernel/check/check-rules.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import {
  cny,
  factsOf,
  levelOf,
  limitRule,
  prepared,
  requestOf,
  ruleOf,
  today,
  usd,
} from '#kernel/check/testing-check.ts'
import { stages } from '#kernel/exposure/stage.ts'
import { money } from '#kernel/money/money.ts'

/** Random checks for the property tests of this folder: small amounts, so that edges are met. */

const minor = (from: number, to: number) => fc.integer({ min: from, max: to }).map(BigInt)
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const daysAround = (from: number, to: number): fc.Arbitrary<Day> =>
  fc.integer({ min: from, max: to }).map((days) => addDays(today, days))
const currency = fc.constantFrom(cny, cny, cny, usd)

const balance: fc.Arbitrary<BalanceFacts> = fc
  .record({
    amounts: fc.array(minor(0, 40_000), { minLength: stages.length, maxLength: stages.length }),
    shown: fc.array(fc.boolean(), { minLength: stages.length, maxLength: stages.length }),
    laterShare: fc.integer({ min: 0, max: 10 }).map(BigInt),
    currency,
  })
  .map(({ amounts, shown, laterShare, currency }) => {
    const kept = stages.flatMap((stage, index) => {
      const amount = amounts[index] ?? 0n
      return shown[index] && amount > 0n ? [[stage, amount] as const] : []
    })
    const order = kept.find(([stage]) => stage === 'order')?.[1] ?? 0n
    return { currency, stages: Object.fromEntries(kept), laterMinor: (order * laterShare) / 10n }
  })

const status = fc.constantFrom(
  'open',
  'open',
  'open',
  'watch',
  'blocked',
  'frozen',
) as fc.Arbitrary<LevelFacts['status']>

const levelAt = (level: LevelFacts['level']): fc.Arbitrary<LevelFacts> =>
  fc
    .record({
      currency,
      status,
      statusReason: maybe(fc.constantFrom('诉讼', 'court "case"')),
      limitMinor: maybe(minor(0, 200_000)),
      limitToOn: maybe(daysAround(-5, 300)),
      reviewOn: maybe(daysAround(-60, 300)),
      temporaryMinor: fc.oneof(fc.constant(0n), minor(1, 20_000)),
      toleranceBps: maybe(fc.integer({ min: 0, max: 2_000 })),
      balances: fc.uniqueArray(balance, { maxLength: 2, selector: (each) => each.currency }),
    })
    .map((given) =>
      levelOf({
        ...given,
        level,
        segment: level === 'segment' ? 'export' : '',
        name: `公司 ${level}`,
      }),
    )

const levels: fc.Arbitrary<readonly LevelFacts[]> = fc
  .record({
    segment: maybe(levelAt('segment')),
    party: levelAt('party'),
    group: maybe(levelAt('group')),
  })
  .map(({ segment, party, group }) => [segment, party, group].filter((each) => each !== null))

const overdue = fc
  .uniqueArray(fc.record({ dueOn: daysAround(-120, -1), currency, minor: minor(1, 30_000) }), {
    maxLength: 4,
    selector: (each) => each.dueOn,
  })
  .map((items) =>
    items.map((each) => ({ ...each })).toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1)),
  )

const party: fc.Arbitrary<Partial<CheckFacts['party']>> = fc.record({
  roles: fc.constantFrom(['customer'], ['customer', 'supplier'], []),
  industry: maybe(fc.constant('机械')),
  grade: maybe(fc.constantFrom('AAA', 'BB')),
  closedOn: fc.option(daysAround(-2, 2), { nil: null, freq: 1 }).map((day) => day),
  agreedTerms: maybe(fc.constantFrom('net-30', 'prepaid', '月结30天')),
  agreedDiscountBps: maybe(fc.integer({ min: 0, max: 300 })),
  dunningLevel: fc.constantFrom(0, 0, 1, 3),
  brokenPromisesOn: fc.array(daysAround(-100, -1), { maxLength: 2 }),
  paymentReturnedOn: maybe(daysAround(-200, -1)),
  oldestOpenIssuedOn: maybe(daysAround(-200, -1)),
  overdue,
})

/** Nothing of the document stands at the delivered stage; what counts already is in a balance. */
export const request: fc.Arbitrary<CheckRequest> = fc
  .record({
    checkpoint: fc.constantFrom('order', 'delivery') as fc.Arbitrary<CheckRequest['checkpoint']>,
    amount: minor(0, 150_000),
    currency,
    counted: fc.oneof(fc.constant(0n), minor(1, 30_000)),
    countedLater: fc.boolean(),
    requestedOn: maybe(daysAround(-5, 150)),
    terms: maybe(fc.constantFrom('net-30', 'net-60', 'prepaid')),
    discountBps: maybe(fc.integer({ min: 0, max: 400 })),
    changedFields: fc.constantFrom([], [], ['payer'], ['terms', 'payer']),
    quantity: maybe(minor(1, 50_000).map((thousandths) => ({ thousandths, unit: '件' }))),
    daysSinceApproval: maybe(fc.integer({ min: 0, max: 6 })),
  })
  .map(({ amount, currency: of, counted, countedLater, ...rest }) =>
    requestOf({
      ...rest,
      amount: money(amount, of),
      counted,
      countedLater: countedLater ? counted : 0n,
    }),
  )

const release = fc
  .record({ amount: minor(1, 150_000), currency, untilOn: maybe(daysAround(-3, 3)) })
  .map((given) => ({
    id: 'release',
    upTo: money(given.amount, given.currency),
    untilOn: given.untilOn,
  }))

const restricted = fc.record({
  level: fc.constantFrom('segment', 'party') as fc.Arbitrary<LevelFacts['level']>,
  code: fc.constant('C002'),
  segment: fc.constantFrom('', 'export'),
  status: fc.constantFrom('watch', 'blocked', 'frozen') as fc.Arbitrary<LevelFacts['status']>,
  statusReason: maybe(fc.constant('诉讼')),
})

export const facts: fc.Arbitrary<CheckFacts> = fc
  .record({
    ...{ levels, party, release: fc.option(release, { nil: null }) },
    restricted: fc.option(fc.array(restricted, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  })
  .map(({ restricted: found, ...given }) => {
    return factsOf(found ? { ...given, restricted: found.map((each) => ({ ...each })) } : given)
  })

/** Invoices that are open beside what is told in the facts; see `soundInputs`. */
const openItems: fc.Arbitrary<readonly OpenItem[]> = fc
  .array(
    fc.record({ issued: fc.integer({ min: 30, max: 150 }), minor: minor(1, 40_000), currency }),
    { maxLength: 5 },
  )
  .map((items) =>
    items
      .toSorted((a, b) => b.issued - a.issued)
      .map((each, index) => ({
        number: `INV-${index}`,
        issuedOn: addDays(today, -each.issued),
        dueOn: addDays(today, 45 - each.issued),
        open: money(each.minor, each.currency),
      })),
  )

export const anyInputs: fc.Arbitrary<CheckInputs> = fc
  .record({ facts, request, openItems })
  .map((each) => ({ ...each }))

/** A customer whose balances, overdue and oldest item are those of the open items. */
export const soundInputs: fc.Arbitrary<CheckInputs> = anyInputs.map((given) => {
  const items = given.openItems
  const late = items.filter((item) => item.dueOn < today)
  const byDay = Map.groupBy(late, ({ dueOn, open }) => `${dueOn} ${open.currency}`)
  const overdue = [...byDay.values()].flatMap(([first, ...rest]) => {
    if (!first) return []
    const minor = rest.reduce((sum, { open }) => sum + open.minor, first.open.minor)
    return [{ dueOn: first.dueOn, currency: first.open.currency, minor }]
  })
  const levels = given.facts.levels.map((level): LevelFacts => {
    const balances = [cny, usd].flatMap((of) => {
      const found = level.balances.find((each) => each.currency === of)
      const open = items.filter((item) => item.open.currency === of)
      const invoiced = open.reduce((sum, item) => sum + item.open.minor, 0n)
      if (!found && invoiced === 0n) return []
      return [
        {
          currency: of,
          laterMinor: found?.laterMinor ?? 0n,
          stages: { ...found?.stages, invoiced },
        },
      ]
    })
    return { ...level, status: 'open', balances }
  })
  const party = {
    ...given.facts.party,
    closedOn: null,
    overdue,
    oldestOpenIssuedOn: items[0]?.issuedOn ?? null,
  }
  const { restricted: _, ...rest } = given.facts
  return { ...given, facts: { ...rest, levels, party, release: null } }
})

const optional: readonly CheckRule[] = [
  ruleOf('no-file'),
  ruleOf('limit-expired'),
  ruleOf('review-overdue', { overDays: 30 }),
  ruleOf('days-overdue', { overDays: 30, minimumAmount: '50' }),
  ruleOf('overdue-amount', { over: '200', overShare: '40%' }),
  ruleOf('overdue-share', { overShare: '50%' }),
  ruleOf('oldest-open-item', { overDays: 90 }),
  ruleOf('maximum-document', { over: '900' }),
  ruleOf('terms-raised'),
  ruleOf('limit', { basis: 'dynamic', levels: ['segment', 'party', 'group'] }),
  ruleOf('utilisation', { basis: 'static', levels: ['party'], overShare: '90%' }),
]
const conduct: readonly CheckRule[] = [
  ruleOf('file-closed'),
  ruleOf('dunning-level', { from: 2 }),
  ruleOf('broken-promises', { count: 2, withinDays: 90 }),
  ruleOf('payment-returned', { withinDays: 30 }),
  ruleOf('discount-raised'),
  ruleOf('fields-changed', { fields: ['payer'] }),
]

const rulesFrom = (from: readonly CheckRule[]): fc.Arbitrary<PreparedCheckRules> =>
  fc
    .record({
      some: fc.subarray([...from]),
      // Some of them are only being tried out, for all or for those that chance draws.
      tried: fc.subarray(from.map(({ id }) => id)),
      share: fc.constantFrom(null, '1%', '50%'),
      warns: fc.boolean(),
      laterShare: fc.constantFrom('0%', '50%'),
      tolerance: fc.constantFrom('0%', '7%'),
    })
    .map(({ some, tried, share, warns, laterShare, tolerance }) => {
      const warning: CheckRule = { ...limitRule, id: 'told', reaction: 'warn' }
      const trial = { name: 'random', group: 'challenger', readOn: '2027-01-31' } as const
      const shadow = some
        .filter(({ id }) => tried.includes(id))
        .map(
          (rule): CheckRule => ({
            ...{ ...rule, id: `tried-${rule.id}`, reaction: 'shadow' },
            ...(share !== null && { trial: { ...trial, share } }),
          }),
        )
      return prepared([...some, ...shadow, ...(warns ? [warning] : [])], {
        horizon: { days: 60, laterShare },
        tolerance,
      })
    })

export const anyRules = rulesFrom([...optional, ...conduct])

/** Rules about which a customer or a salesperson can do something. */
export const mendableRules = rulesFrom(optional)

test('random checks are such as can happen', () => {
  fc.assert(
    fc.property(soundInputs, ({ facts, request, openItems }) => {
      assert(request.countedDelivered + request.countedLater <= request.counted)
      const late = openItems.filter(({ dueOn }) => dueOn < today)
      const told = facts.party.overdue.reduce((total, { minor }) => total + minor, 0n)
      assert.equal(
        told,
        late.reduce((total, { open }) => total + open.minor, 0n),
      )
      for (const { balances } of facts.levels) {
        for (const { laterMinor, stages: at } of balances) assert(laterMinor <= (at.order ?? 0n))
      }
    }),
    { numRuns: 300 },
  )
})
