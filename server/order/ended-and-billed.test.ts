import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { verifyExposure } from '#server/check/public.ts'
import { amendOrder } from '#server/order/amend-order.ts'
import { checkOrder } from '#server/order/check-order.ts'
import { closeOrder } from '#server/order/close-order.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { deliverOrder } from '#server/order/deliver-order.ts'
import { invoiceDeliveries } from '#server/order/invoice-deliveries.ts'
import { reopenOrder } from '#server/order/reopen-order.ts'
import { returnGoods } from '#server/order/return-goods.ts'
import {
  accepted,
  onHold,
  openOrderStories,
  pieces,
  refused,
  today,
} from '#server/order/testing-orders.ts'

const { database, story } = await openOrderStories()

const { accountant } = story

test('an invoice that is voided gives back what it bills by then, to be invoiced again', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id, number } = await story.confirmed(party, [pieces('50')])
  const ahead = await story.invoiced({ party, number }, 'AHEAD-1', '300')
  assert.equal(await story.standing(party), '20000 0 30000')
  const lines = [{ line: 1, quantity: '20' }]
  accepted(await deliverOrder(story.sales(), id, { number: 'D-1', lines }))
  assert.equal(await story.standing(party), '20000 0 30000')
  await story.voided(ahead)
  assert.equal(await story.standing(party), '30000 20000 0')
  const again = accepted(await invoiceDeliveries(accountant(), id, { number: 'AHEAD-2' }))
  assert.equal(again.amount, '200.00')
  assert.equal(await story.standing(party), '30000 0 20000')
  // What was invoiced ahead of an ended rest comes back as nothing.
  const beyond = await story.invoiced({ party, number }, 'AHEAD-3', '100')
  assert.equal(await story.standing(party), '20000 0 30000')
  accepted(await closeOrder(story.sales(), id, {}))
  assert.equal(await story.standing(party), '0 0 30000')
  await story.voided(beyond)
  assert.equal(await story.standing(party), '0 0 20000')
  accepted(await reopenOrder(story.sales(), id))
  assert.equal(await story.standing(party), '30000 0 20000')
})

test('what was invoiced before an order was confirmed, or paid later, is counted once', async () => {
  const party = await story.newCustomer(1_000_00n)
  const order = await story.draft(party, [pieces('50')])
  const early = await story.invoiced({ party, number: order.number }, 'EARLY-1', '100')
  accepted(await confirmOrder(story.sales(), order.id))
  assert.equal(await story.standing(party), '40000 0 10000')
  accepted(await amendOrder(story.sales(), order.id, { terms: 'prepaid' }))
  assert.equal(await story.standing(party), '0 0 10000')
  accepted(await deliverOrder(story.sales(), order.id, { lines: [{ line: 1, quantity: '20' }] }))
  accepted(await amendOrder(story.sales(), order.id, { terms: 'net-30' }))
  assert.equal(await story.standing(party), '30000 10000 10000')
  await story.voided(early)
  assert.equal(await story.standing(party), '30000 20000 0')
})

test('an order that was kept before the ledger was counts with its rest', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id, number } = await story.confirmed(party, [pieces('50')])
  await story.write(sql`update "order".sales_order set counted_minor = null where id = ${id}`)
  const ahead = await story.invoiced({ party, number }, 'OLD-1', '300')
  accepted(await deliverOrder(story.sales(), id, { lines: [{ line: 1, quantity: '10' }] }))
  assert.equal(await story.standing(party), '20000 0 30000')
  await story.voided(ahead)
  assert.equal(await story.standing(party), '40000 10000 0')
})

test('what was settled stays settled when the order is taken up again', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id, number } = await story.confirmed(party, [pieces('50')])
  accepted(await deliverOrder(story.sales(), id, { lines: [{ line: 1, quantity: '20' }] }))
  accepted(await closeOrder(story.sales(), id, { settle: true, reason: '样品' }))
  accepted(await reopenOrder(story.sales(), id))
  assert.equal(await story.standing(party), '30000 0 0')
  const ahead = await story.invoiced({ party, number }, 'SETTLED-1', '100')
  accepted(await amendOrder(story.sales(), id, { note: '加急' }))
  await story.voided(ahead)
  assert.equal(await story.standing(party), '30000 0 0')
  accepted(await deliverOrder(story.sales(), id, {}))
  assert.equal(await story.standing(party), '0 30000 0')
})

test('a voided invoice gives back what is to be shipped on the day that the order says now', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id, number } = await story.confirmed(party, [pieces('50')], { requestedOn: '2026-12-20' })
  const some = await story.invoiced({ party, number }, 'DAY-1', '300')
  accepted(await amendOrder(story.sales(), id, { requestedOn: '2027-01-20' }))
  await story.voided(some)
  assert.deepEqual((await verifyExposure(database.db)).differences, [])
  const all = await story.invoiced({ party, number }, 'DAY-2', '500')
  accepted(await amendOrder(story.sales(), id, { requestedOn: '2027-02-20' }))
  await story.voided(all)
  assert.deepEqual((await verifyExposure(database.db)).differences, [])
})

test('what was invoiced before is left out of what a check and a partial release are about', async () => {
  const party = await story.newCustomer(0n)
  const { id, number } = await story.draft(party, [pieces('50')])
  await story.invoiced({ party, number }, 'BEFORE-1', '100')
  const checked = accepted(await checkOrder(story.sales(), id))
  const held = accepted(await confirmOrder(story.sales(), id))
  assert.deepEqual([checked.check?.outcome, held.check?.outcome], ['held', 'held'])
  const manager = database.context('credit-manager', today)
  const key = { partyId: party, id: held.check?.holdId ?? '' }
  accepted(await onHold(manager, 'release', key, { reason: '先发一部分', amount: '300' }))
  assert.equal(await story.standing(party), '30000 0 10000')
})

test('what was ended is not wanted again because goods of it come back', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id } = await story.confirmed(party, [pieces('50')])
  const lines = [{ line: 1, quantity: '40' }]
  accepted(await deliverOrder(story.sales(), id, { number: 'D-1', lines, complete: true }))
  assert.equal(await story.standing(party), '0 40000 0')
  const back = { delivery: 'D-1', reason: '质量问题', lines: [{ line: 1, quantity: '5' }] }
  const again = await returnGoods(story.sales(), id, { ...back, again: true })
  refused(again, 'wrong-state', /^again: the rest of order .* was ended/)
  accepted(await returnGoods(story.sales(), id, back))
  assert.equal(await story.standing(party), '0 35000 0')
  // As the refusal says: 40 were shipped and 5 more are wanted.
  const wanted = accepted(await amendOrder(story.sales(), id, { lines: [pieces('45')] }))
  assert.deepEqual([wanted.check?.outcome, wanted.order.rest], ['approved', '50.00'])
  assert.equal(await story.standing(party), '5000 35000 0')
})
