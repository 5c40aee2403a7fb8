import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toEpochDay } from '#kernel/calendar/day.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { cny, limitRule, prepared, ruleOf, today } from '#kernel/check/testing-check.ts'
import type { PastOrder } from '#kernel/lab/past-orders.ts'
import { addFates, noFigures } from '#kernel/lab/replay-figures.ts'
import {
  type Fate,
  type ReplayedCustomer,
  replayParty,
  type Standing,
} from '#kernel/lab/replay-party.ts'
import { money } from '#kernel/money/money.ts'

const through = toEpochDay(today)
const from = through - 100
const terms = { fromDay: from, throughDay: through, patienceDays: 30, rate: () => null }

/** Days count from the first day of the replay; null: never paid. */
function order(day: number, minor: bigint, paidAfter: number | null, dueAfter = 20): PastOrder {
  const issuedDay = from + day
  const paid = paidAfter === null ? [] : [{ day: issuedDay + paidAfter, minor }]
  const isPaid = paidAfter !== null
  return {
    number: `N-${day}-${minor}`,
    amount: money(minor, cny),
    ...{ issuedDay, dueDay: issuedDay + dueAfter, settlements: paid },
    base: { amount: minor, paid: isPaid ? minor : 0n, loss: isPaid ? 0n : minor },
  }
}

function standing(limitMinor: bigint, day = 0, grade = 'A'): Standing {
  return { fromDay: from + day, grade, limit: money(limitMinor, cny) }
}

function replayed(
  orders: readonly PastOrder[],
  rules: PreparedCheckRules,
  standings: readonly Standing[] = [standing(100_000n)],
): readonly Fate[] {
  const customer: ReplayedCustomer = {
    ...{ id: 'p', code: 'C1', name: '江南', industry: null, currency: cny },
    ...{ department: null, region: null },
    ...{ orders: orders.toSorted((a, b) => a.issuedDay - b.issuedDay), brokenPromiseDays: [] },
  }
  return replayParty(customer, { rules, standings }, terms)
}

/** `passed 0, delayed 11` in the order of days. */
function told(fates: readonly Fate[]): string {
  return fates
    .toSorted((a, b) => a.order.issuedDay - b.order.issuedDay)
    .map(({ delayDays, fate }) => (fate === 'delayed' ? `delayed ${delayDays}` : fate))
    .join(', ')
}

const limit = prepared([limitRule])
const overdue = prepared([ruleOf('days-overdue', { overDays: 10 })])

test('an order without room waits until the day after a payment', () => {
  const orders = [order(0, 80_000n, 10), order(5, 50_000n, 10)]
  assert.equal(told(replayed(orders, limit)), 'passed, delayed 6')
})

test('what was paid on the day itself is not yet known', () => {
  const orders = [order(0, 80_000n, 5), order(5, 50_000n, 10)]
  assert.equal(told(replayed(orders, limit)), 'passed, delayed 1')
  const nextDay = [order(0, 80_000n, 5), order(6, 50_000n, 10)]
  assert.equal(told(replayed(nextDay, limit)), 'passed, passed')
})

test('nobody waits longer than the patience, and what is lost is not owed', () => {
  const orders = [order(0, 80_000n, null), order(5, 50_000n, 10), order(40, 20_000n, 10)]
  assert.equal(told(replayed(orders, limit)), 'passed, lost, passed')
})

test('what is still held at the end is neither lost nor passed', () => {
  assert.equal(
    told(replayed([order(0, 80_000n, null), order(90, 50_000n, 5)], limit)),
    'passed, waiting',
  )
})

test('a better standing lets pass what waited', () => {
  const standings = [standing(10_000n), standing(100_000n, 20)]
  assert.equal(told(replayed([order(5, 50_000n, 10)], limit, standings)), 'delayed 15')
})

test('without a standing there is no limit to use', () => {
  assert.equal(told(replayed([order(5, 50_000n, 10)], limit, [])), 'lost')
})

test('what came late falls due and is paid as much later', () => {
  // Held 6 days: due on day 31 instead of 25, so on day 40 nine days past due, not fifteen.
  const rules = prepared([limitRule, ruleOf('days-overdue', { overDays: 10 })])
  const orders = [order(0, 80_000n, 10), order(5, 50_000n, 60), order(40, 1_000n, 5)]
  assert.equal(told(replayed(orders, rules)), 'passed, delayed 6, passed')
  const inTime = [order(0, 30_000n, 10), order(5, 50_000n, 60), order(40, 1_000n, 5)]
  assert.equal(told(replayed(inTime, rules)), 'passed, passed, delayed 26')
})

test('orders before the replay went through and are owed', () => {
  const orders = [order(-50, 80_000n, 60), order(5, 50_000n, 10)]
  assert.equal(told(replayed(orders, limit)), 'opening, delayed 6')
})

test('the figures of months follow what was open at their ends', () => {
  const figures = noFigures(3)
  const fates = replayed([order(0, 80_000n, 25), order(5, 50_000n, null)], prepared([]))
  addFates(figures, fates, [from + 10, from + 24, from + 30])
  assert.deepEqual(figures.receivable, [130_000n, 130_000n, 50_000n])
  assert.deepEqual(figures.overdue, [0n, 80_000n, 50_000n])
  assert.deepEqual(figures.sold, [130_000n, 0n, 0n])
  assert.equal(figures.loss, 50_000n)
})

const anyOrders = fc.array(
  fc
    .tuple(
      fc.integer({ min: -60, max: 100 }),
      fc.bigInt(1n, 90_000n),
      fc.option(fc.integer({ min: 0, max: 90 })),
      fc.integer({ min: 0, max: 60 }),
    )
    .map((told) => order(...told)),
  { maxLength: 25 },
)

test('every order has one fate, and the sums of fates are those of the orders', () => {
  fc.assert(
    fc.property(anyOrders, fc.bigInt(0n, 200_000n), (orders, limitMinor) => {
      for (const rules of [limit, overdue, prepared([])]) {
        const fates = replayed(orders, rules, [standing(limitMinor)])
        assert.deepEqual(fates.map((fate) => fate.order).sort(byNumber), orders.toSorted(byNumber))
        const figures = noFigures(1)
        addFates(figures, fates, [through])
        const asked = orders.filter(({ issuedDay }) => issuedDay >= from)
        assert.equal(figures.orders, asked.length)
        assert.equal(figures.held, figures.delayed + figures.lost + figures.waiting)
        assert.equal(figures.lostPaid + figures.lossAvoided, figures.lostSales)
        const lost = fates.filter(({ fate }) => fate === 'lost' || fate === 'waiting')
        const lossOfThose = lost.reduce((sum, { order: { base } }) => sum + base.loss, 0n)
        const loss = orders.reduce((sum, { base }) => sum + base.loss, 0n)
        assert.equal(figures.loss + lossOfThose, loss)
      }
    }),
  )
})

test('without rules that hold the past is as it was', () => {
  fc.assert(
    fc.property(anyOrders, (orders) => {
      for (const { fate, order: of } of replayed(orders, prepared([]))) {
        assert.equal(fate, of.issuedDay < from ? 'opening' : 'passed')
      }
    }),
  )
})

test('what is let through never owes more than the limit, but for what was owed before', () => {
  fc.assert(
    fc.property(anyOrders, fc.bigInt(0n, 200_000n), (orders, limitMinor) => {
      const fates = replayed(
        orders.filter(({ issuedDay }) => issuedDay >= from),
        limit,
        [standing(limitMinor)],
      )
      const through = fates.filter(({ fate }) => fate === 'passed' || fate === 'delayed')
      for (const { delayDays, order: at } of through) {
        const day = at.issuedDay + delayDays
        const owed = through.reduce((sum, { delayDays: shift, order: of }) => {
          const isThere = of.issuedDay + shift < day || of === at
          const paid = of.settlements.some((each) => each.day + shift < day)
          return isThere && !paid ? sum + of.amount.minor : sum
        }, 0n)
        assert.ok(owed <= limitMinor, `${owed} of ${limitMinor} on day ${day - from}`)
      }
    }),
  )
})

function byNumber(a: PastOrder, b: PastOrder): number {
  return a.number < b.number ? -1 : a.number > b.number ? 1 : 0
}
