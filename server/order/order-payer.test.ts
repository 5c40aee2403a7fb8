import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { amendOrder } from '#server/order/amend-order.ts'
import { cancelOrder } from '#server/order/cancel-order.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { copyOrder } from '#server/order/copy-order.ts'
import { createOrder } from '#server/order/create-order.ts'
import { deliverOrder } from '#server/order/deliver-order.ts'
import { invoiceDeliveries } from '#server/order/invoice-deliveries.ts'
import { listOrders } from '#server/order/list-orders.ts'
import { reopenOrder } from '#server/order/reopen-order.ts'
import { returnGoods } from '#server/order/return-goods.ts'
import { accepted, openOrderStories, pieces, refused, today } from '#server/order/testing-orders.ts'

const { story } = await openOrderStories()

const { accountant, release, shown, write } = story

test('who pays is charged and invoiced, and their limit decides', async () => {
  const buyer = await story.newCustomer(0n)
  const payer = await story.newCustomer(1_000_00n)
  const order = await story.confirmed(buyer, [pieces('60')], { payer })
  assert.equal((await shown(order.id)).payer?.id, payer)
  assert.deepEqual(
    [await story.standing(buyer), await story.standing(payer)],
    ['0 0 0', '60000 0 0'],
  )
  const beyond = await story.draft(buyer, [pieces('50')], { payer })
  const held = accepted(await confirmOrder(story.sales(), beyond.id))
  assert.equal(held.check?.outcome, 'held')
  const [hold] = (await shown(beyond.id)).holds
  assert.equal(hold?.partyId, payer)
  await release(hold?.id ?? '', payer)
  assert.equal((await shown(beyond.id)).state, 'confirmed')
  assert.equal(await story.standing(payer), '110000 0 0')
  accepted(await deliverOrder(story.sales(), order.id, { lines: [{ line: 1, quantity: '20' }] }))
  assert.equal(await story.standing(payer), '90000 20000 0')
  const invoice = accepted(await invoiceDeliveries(accountant(), order.id, { number: 'PAY-1' }))
  assert.equal(invoice.partyId, payer)
  assert.equal(await story.standing(payer), '90000 0 20000')
  assert.deepEqual(
    [(await shown(order.id)).invoiced, (await shown(order.id)).rest],
    ['200.00', '400.00'],
  )
  const { items } = accepted(await listOrders(story.sales(), { party: buyer }))
  assert.equal(items.find(({ id }) => id === order.id)?.invoiced, '200.00')
  const moved = await amendOrder(story.sales(), order.id, { payer: null })
  refused(moved, 'wrong-state', /was invoiced already/)
})

test('another payer takes over what an order counts with, its deliveries too', async () => {
  const buyer = await story.newCustomer(0n)
  const [one, two] = [await story.newCustomer(1_000_00n), await story.newCustomer(1_000_00n)]
  const order = await story.confirmed(buyer, [pieces('60')], { payer: one })
  accepted(await deliverOrder(story.sales(), order.id, { lines: [{ line: 1, quantity: '10' }] }))
  const moved = accepted(await amendOrder(story.sales(), order.id, { payer: two }))
  // By the standard rules a changed payer needs a new approval, and nothing else stands in its way.
  assert.deepEqual(moved.check?.rules, ['payer-changed'])
  assert.deepEqual(
    [await story.standing(one), await story.standing(two)],
    ['50000 10000 0', '0 0 0'],
  )
  await release(moved.check?.holdId ?? '', two)
  assert.equal((await shown(order.id)).payer?.id, two)
  assert.deepEqual(
    [await story.standing(one), await story.standing(two)],
    ['0 0 0', '50000 10000 0'],
  )
  const [delivery] = (await shown(order.id)).deliveries
  const back = { delivery: delivery?.id ?? '', reason: '质量问题', again: true }
  accepted(await returnGoods(story.sales(), order.id, back))
  assert.equal(await story.standing(two), '60000 0 0')
  accepted(await cancelOrder(story.sales(), order.id, { reason: '不要了' }))
  assert.equal(await story.standing(two), '0 0 0')
  accepted(await reopenOrder(story.sales(), order.id))
  assert.deepEqual([await story.standing(one), await story.standing(two)], ['0 0 0', '60000 0 0'])
})

test('a payer without room holds the change, and the order stays where it was', async () => {
  const buyer = await story.newCustomer(1_000_00n)
  const poor = await story.newCustomer(100_00n)
  const order = await story.confirmed(buyer, [pieces('60')])
  const answer = accepted(await amendOrder(story.sales(), order.id, { payer: poor }))
  assert.equal(answer.check?.outcome, 'held')
  assert.deepEqual([answer.order.payer, answer.order.waitsForRelease], [null, true])
  assert.deepEqual(
    [await story.standing(buyer), await story.standing(poor)],
    ['60000 0 0', '0 0 0'],
  )
  await release(answer.check?.holdId ?? '', poor)
  const order2 = await shown(order.id)
  assert.deepEqual([order2.payer?.id, order2.waitsForRelease], [poor, false])
  assert.deepEqual(
    [await story.standing(buyer), await story.standing(poor)],
    ['0 0 0', '60000 0 0'],
  )
  // Released at the account of one payer is not released at that of another.
  const home = accepted(await amendOrder(story.sales(), order.id, { payer: null }))
  assert.deepEqual([home.check?.outcome, home.check?.rules], ['held', ['payer-changed']])
  await release(home.check?.holdId ?? '', buyer)
  assert.deepEqual(
    [await story.standing(buyer), await story.standing(poor)],
    ['60000 0 0', '0 0 0'],
  )
})

test('a draft gets another payer, and what is held is asked about anew', async () => {
  const buyer = await story.newCustomer(0n)
  const [poor, rich] = [await story.newCustomer(100_00n), await story.newCustomer(1_000_00n)]
  const { id } = await story.draft(buyer, [pieces('60')], { payer: poor })
  assert.equal(accepted(await confirmOrder(story.sales(), id)).check?.outcome, 'held')
  const moved = accepted(await amendOrder(story.sales(), id, { payer: rich }))
  assert.deepEqual([moved.order.state, moved.order.payer?.id], ['draft', rich])
  assert.deepEqual((await shown(id)).holds, [])
  assert.equal(accepted(await confirmOrder(story.sales(), id)).check?.outcome, 'approved')
  assert.deepEqual([await story.standing(poor), await story.standing(rich)], ['0 0 0', '60000 0 0'])
})

test('a buyer who is frozen or closed gets nothing on the account of another', async () => {
  const payer = await story.newCustomer(1_000_00n)
  const frozen = await story.newCustomer(1_000_00n)
  await write(sql`
    update exposure.account set status = 'frozen', status_reason = '失信', status_by = '王静'
    where party_id = ${frozen} and level = 'party'`)
  const closed = await story.newCustomer(1_000_00n)
  await write(sql`update party.party set closed_on = ${today} where id = ${closed}`)
  for (const [buyer, rule] of [
    [frozen, 'account-status'],
    [closed, 'no-file'],
  ] as const) {
    const { id } = await story.draft(buyer, [pieces('10')], { payer })
    const answer = accepted(await confirmOrder(story.sales(), id))
    assert.equal(answer.check?.outcome, 'held', rule)
    assert.match(answer.check?.rules.join() ?? '', /status|file|closed/, rule)
  }
  assert.equal(await story.standing(payer), '0 0 0')
})

test('a payer is charged with one order of a number, and who is closed pays nothing', async () => {
  const [buyer, other, payer] = [
    await story.newCustomer(0n),
    await story.newCustomer(0n),
    await story.newCustomer(1_000_00n),
  ]
  const order = await story.confirmed(payer, [pieces('10')], { number: 'SAME-1' })
  const asked = { party: buyer, number: 'SAME-1', currency: 'CNY', lines: [pieces('1')] }
  refused(await createOrder(story.sales(), { ...asked, payer }), 'already-exists', /SAME-1 already/)
  const own = accepted(await createOrder(story.sales(), asked)).order
  refused(await amendOrder(story.sales(), own.id, { payer }), 'already-exists', /SAME-1 already/)
  const copied = accepted(await copyOrder(story.sales(), order.id, {})).order
  assert.deepEqual([copied.partyId, copied.payer], [payer, null])
  const billed = accepted(await createOrder(story.sales(), { ...asked, number: 'SAME-2', payer }))
  const again = { ...asked, party: other, number: 'SAME-2' }
  refused(await createOrder(story.sales(), { ...again, payer }), 'already-exists', /SAME-2/)
  const copy = accepted(await copyOrder(story.sales(), billed.order.id, {})).order
  assert.equal(copy.payer?.id, payer)
  await write(sql`update party.party set closed_on = ${today} where id = ${payer}`)
  refused(
    await createOrder(story.sales(), { ...again, number: 'SAME-3', payer }),
    'wrong-state',
    /closed/,
  )
})
