import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Today } from '#contract/report.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { type CreditStories, type Customer, openCreditStories } from '#server/testing-credit.ts'

// Two customers in trouble, each in every list: one of 王芳, one of somebody else.
let story: CreditStories
let own: Customer
let foreign: Customer
let cookieOfSales: string

const todayOf = async (of: Parameters<CreditStories['accepted']>[3] = {}) =>
  (await story.accepted('GET', '/api/today', undefined, of)) as unknown as Today

before(async () => {
  story = await openCreditStories('2026-11-01')
  cookieOfSales = await story.hire('王芳', 'sales')
  own = await troubled('王芳', 'PF-1')
  foreign = await troubled('刘洋', 'PF-2')
  story.turnTo('2026-11-24')
  await story.byTheClock('report.near-limits')
})
after(() => story.close())

async function troubled(salesperson: string, number: string): Promise<Customer> {
  const customer = await story.customer(null, { salesperson })
  const account = { partyId: customer.id, id: customer.account }
  await story.setLimit(account, '1000.00', { toOn: '2026-12-10' })
  // Due on 2026-11-23 and, too long ago to be news, on 2026-11-10.
  await story.invoice(customer.id, `${number}-A`, '600.00', { issuedOn: '2026-10-24' })
  await story.invoice(customer.id, `${number}-B`, '320.00', { issuedOn: '2026-10-11' })
  await story.post(`/api/parties/${customer.id}/promises`, {
    ...{ currency: 'CNY', amount: '500.00', promisedOn: '2026-11-20', note: '本周付款' },
  })
  await story.post('/api/receipts', {
    ...{ party: customer.id, number: `R-${number}`, currency: 'CNY', amount: '20.00' },
    receivedOn: '2026-11-01',
  })
  const held = { party: customer.id, amount: '500.00', document: `SO-${number}`, mode: 'reserve' }
  assert.equal((await story.check(held)).outcome, 'held')
  await runCommand(
    story.server.database.context(),
    { name: 'test.rate', permission: 'scoring:run', input: {} },
    (tx) => {
      const facts = { from: 'A', to: 'BB', asOf: '2026-11-22' }
      return tx.emit({ kind: 'rating.changed', partyId: customer.id, facts })
    },
  )
  return customer
}

test('a credit manager sees everything that waits', async () => {
  const today = await todayOf({ role: 'credit-manager' })
  assert.equal(today.day, '2026-11-24')
  assert.equal(today.scope, 'everything')
  const { holds, reviews, ratingChanges, newlyOverdue, nearLimits, brokenPromises } = today
  const counts = [holds, reviews, ratingChanges, newlyOverdue, nearLimits, brokenPromises]
  assert.deepEqual(
    counts.map((section) => section?.count),
    [2, 2, 2, 2, 2, 2],
  )
  assert.equal(today.order[0], 'holds')
})

test('each line has what leads to the act', async () => {
  const today = await todayOf({ cookie: cookieOfSales })
  const party = { id: own.id, code: own.code, name: today.newlyOverdue.lines[0]?.party.name ?? '' }
  assert.equal(today.scope, 'own-customers')
  const [hold] = today.holds?.lines ?? []
  assert.deepEqual([hold?.partyId, hold?.number], [own.id, 'SO-PF-1'])
  assert.ok((hold?.reasons.length ?? 0) > 0)
  const [overdue] = today.newlyOverdue.lines
  assert.deepEqual(overdue && { ...overdue, id: '' }, {
    ...{ party, id: '', number: 'PF-1-A', currency: 'CNY', amount: '600.00' },
    ...{ on: '2026-11-23', days: 1 },
  })
  assert.deepEqual(today.newlyOverdue.totals, [{ currency: 'CNY', count: 1, amount: '600.00' }])
  assert.equal(today.newlyOverdue.sinceYesterday, 1)
  assert.deepEqual(today.reviews.lines, [
    {
      ...{ kind: 'limit-end', party, id: own.account, level: 'party', segment: '' },
      ...{ currency: 'CNY', amount: '1000.00', grade: null, on: '2026-12-10', days: 16 },
    },
  ])
  const [change] = today.ratingChanges.lines
  assert.deepEqual(change && { ...change, id: '' }, {
    ...{ party, id: '', from: 'A', to: 'BB', direction: 'down', on: '2026-11-22', days: 2 },
  })
  const [promise] = today.brokenPromises.lines
  assert.deepEqual(promise && { ...promise, id: '' }, {
    ...{ party, id: '', currency: 'CNY', amount: '500.00', missing: '480.00' },
    ...{ madeOn: '2026-11-01', on: '2026-11-20', days: 4, note: '本周付款' },
  })
  assert.deepEqual(today.nearLimits.lines, [
    {
      ...{ party, id: own.account, level: 'party', segment: '', currency: 'CNY' },
      ...{ amount: '900.00', limit: '1000.00', available: '100.00', share: '0.9000', step: '90' },
    },
  ])
})

test('a salesperson sees what is about their own customers, by name or by login', async () => {
  const today = await todayOf({ cookie: cookieOfSales })
  const sections = [today.reviews, today.ratingChanges, today.newlyOverdue, today.nearLimits]
  for (const { count, lines } of [...sections, today.brokenPromises]) {
    assert.deepEqual([count, lines.map(({ party }) => party.id)], [1, [own.id]])
  }
  assert.notEqual(own.id, foreign.id)
  // A key of the role has no customers of its own.
  const key = await todayOf({ role: 'sales' })
  assert.deepEqual([key.newlyOverdue.count, key.reviews.count, key.holds?.count], [0, 0, 0])
})

test('an accountant begins with what is overdue, and no hold waits for them', async () => {
  const today = await todayOf({ role: 'accountant' })
  assert.deepEqual([today.order[0], today.holds], ['newlyOverdue', null])
  assert.equal(today.newlyOverdue.count, 2)
})

test('a question asked of a salesperson waits in their list', async () => {
  const [hold] = (await todayOf({ cookie: cookieOfSales })).holds?.lines ?? []
  assert.ok(hold)
  await story.post(`/api/holds/${hold.partyId}/${hold.id}/ask`, { question: '何时付款?' })
  const [asked] = (await todayOf({ cookie: cookieOfSales })).holds?.lines ?? []
  assert.deepEqual([asked?.state, asked?.owner, asked?.question], ['asked', '王芳', '何时付款?'])
})

test('an account that has room again is near its limit no more at once', async () => {
  const account = { partyId: foreign.id, id: foreign.account }
  await story.setLimit(account, '9000.00', { toOn: '2027-12-31' })
  const { nearLimits, reviews } = await todayOf({ role: 'credit-manager' })
  assert.deepEqual(
    nearLimits.lines.map(({ party }) => party.id),
    [own.id],
  )
  assert.equal(reviews.count, 1)
  await story.byTheClock('report.near-limits')
  assert.equal((await todayOf({ role: 'credit-manager' })).nearLimits.count, 1)
})

test('a currency without a rate keeps an account off the list rather than failing it', async () => {
  await story.invoice(own.id, 'USD-1', '5.00', { currency: 'USD' })
  await story.byTheClock('report.near-limits')
  const { nearLimits } = await todayOf({ role: 'credit-manager' })
  assert.deepEqual(nearLimits.lines, [])
})
