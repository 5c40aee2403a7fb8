import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { CustomerPage, SearchHit } from '#contract/customer.ts'
import { followAllChanges } from '#server/customer/follow-changes.ts'
import { verifyLines } from '#server/customer/verify-lines.ts'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

let at: CreditStories
before(async () => {
  at = await openCreditStories('2026-11-24')
})
after(() => at.close())

async function list(query: string): Promise<CustomerPage> {
  const reply = await at.send('GET', `/api/customers?${query}`)
  assert.equal(reply.status, 200, reply.text)
  return reply.json as unknown as CustomerPage
}

const codes = (page: CustomerPage) => page.items.map(({ code }) => code)

/** Nothing of a line is believed: it is reckoned again from all rooms. */
async function prove(): Promise<void> {
  const context = at.server.database.context('admin')
  await followAllChanges(context)
  assert.deepEqual((await verifyLines(context)).differences, [])
}

function invoice(party: string, number: string, amount: string, dueOn: string, currency = 'CNY') {
  const issuedOn = dueOn < '2026-11-01' ? dueOn : '2026-11-01'
  return at.post('/api/invoices', { party, number, currency, amount, issuedOn, dueOn })
}

test('a line says what the rooms know of a customer as soon as they know it', async () => {
  const pump = await at.customer('100000.00', { code: 'L-1', region: '华中', salesperson: '王敏' })
  await invoice('L-1', 'L-1-1', '30000.00', '2026-10-24')
  await invoice('L-1', 'L-1-2', '20000.00', '2026-12-24')
  const [line] = (await list('text=L-1')).items
  assert.deepEqual(
    { ...line, name: '', reckonedAt: '' },
    {
      partyId: pump.id,
      ...{ code: 'L-1', name: '', shortName: null, roles: ['customer'], industry: null },
      ...{ region: '华中', department: null, salesperson: '王敏', closedOn: null },
      ...{ grade: null, score: null, ratedOn: null, status: 'open', openHolds: 0 },
      ...{ currency: 'CNY', limit: '100000.00', limitToOn: '2027-12-31', limitExpired: false },
      ...{ exposure: '50000.00', available: '50000.00', utilisation: '50.00' },
      ...{ open: '50000.00', overdue: '30000.00', daysOverdue: 31, reckonedAt: '' },
    },
  )
  await at.post('/api/receipts', { party: 'L-1', currency: 'CNY', amount: '30000.00' })
  const [paid] = (await list('text=L-1')).items
  assert.deepEqual([paid?.open, paid?.overdue, paid?.daysOverdue], ['20000.00', '0.00', 0])
  assert.deepEqual([paid?.exposure, paid?.utilisation], ['20000.00', '20.00'])
  await prove()
})
