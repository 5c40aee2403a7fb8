import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CreditStories, openCreditStories, said } from '#server/testing-credit.ts'

// A group's members are debtors of their own: nobody may set the money of one against another's debt.

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.proveAndClose())

test('what one member paid ahead makes no room for another, but for itself', async () => {
  const head = await story.customer(null)
  const rich = await story.customer('100000.00', { groupParentId: head.id })
  const poor = await story.customer('100000.00', { groupParentId: head.id })
  const group = await story.openAccount(head.id, { level: 'group' })
  await story.setLimit(group, '1000.00')
  const prepaid = { party: rich.id, currency: 'CNY', amount: '50000.00', allocate: 'none' }
  await story.post('/api/receipts', prepaid)
  const reserve = (party: string, document: string, amount: string) =>
    story.check({ party, document, amount, mode: 'reserve' })
  assert.equal(said(await reserve(poor.id, 'P-1', '40000.00')), 'held by limit')
  const within = await reserve(poor.id, 'P-2', '900.00')
  assert.deepEqual(
    within.levels.map(({ after: used, level }) => [level, used]),
    [
      ['party', '900.00'],
      ['group', '900.00'],
    ],
  )
  const own = await reserve(rich.id, 'R-1', '50000.00')
  assert.notEqual(own.outcome, 'held', said(own))
  assert.equal(said(await reserve(rich.id, 'R-2', '200.00')), 'held by limit')
})
