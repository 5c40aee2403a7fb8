import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amendOrder } from '#server/order/amend-order.ts'
import { cancelOrder } from '#server/order/cancel-order.ts'
import { checkOrder } from '#server/order/check-order.ts'
import { closeOrder } from '#server/order/close-order.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { copyOrder } from '#server/order/copy-order.ts'
import { deliverOrder } from '#server/order/deliver-order.ts'
import { invoiceDeliveries } from '#server/order/invoice-deliveries.ts'
import { reopenOrder } from '#server/order/reopen-order.ts'
import { returnGoods } from '#server/order/return-goods.ts'
import { showOrder } from '#server/order/show-order.ts'
import {
  accepted,
  openOrderStories,
  pieces,
  refused,
  today,
  told,
} from '#server/order/testing-orders.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { readInvoice, recordInvoiceIn } from '#server/receivable/public.ts'

const { database, story } = await openOrderStories()

test('an order counts from its confirmation on, and moves with its deliveries', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id } = await story.draft(party, [pieces('50'), pieces('20', { unitPrice: '5.25' })])
  assert.equal(await story.standing(party), '0 0 0')
  assert.equal(told(accepted(await checkOrder(story.sales(), id))), 'checked, approved')
  assert.equal(await story.standing(party), '0 0 0')
  assert.equal(told(accepted(await confirmOrder(story.sales(), id))), 'confirmed, approved')
  assert.equal(await story.standing(party), '60500 0 0')
  const lines = [{ line: 1, quantity: '20' }]
  const partly = accepted(await deliverOrder(story.sales(), id, { lines })).order
  assert.deepEqual(
    [partly.status, partly.delivered, partly.rest],
    ['partly-delivered', '200.00', '405.00'],
  )
  assert.equal(await story.standing(party), '40500 20000 0')
  const { checks } = accepted(await showOrder(story.sales(), id))
  assert.deepEqual(
    checks.map((check) => [check.mode, check.checkpoint, check.outcome, check.amount]),
    [
      ['reserve', 'delivery', 'approved', '605.00'],
      ['reserve', 'order', 'approved', '605.00'],
      ['check', 'order', 'approved', '605.00'],
    ],
  )
  const all = accepted(await deliverOrder(story.sales(), id, {})).order
  assert.deepEqual(
    [all.status, all.deliveredPercent, all.completedOn],
    ['delivered', 100, '2026-11-24'],
  )
  assert.equal(await story.standing(party), '0 60500 0')
  refused(await deliverOrder(story.sales(), id, {}), 'wrong-state', /nothing.*left to deliver/)
  refused(await closeOrder(story.sales(), id, {}), 'wrong-state', /not invoiced/)
  refused(await closeOrder(story.sales(), id, { settle: true }), 'invalid-input', /reason/)
  const closing = { settle: true, reason: '样品，不开票' }
  assert.equal(accepted(await closeOrder(story.sales(), id, closing)).order.state, 'closed')
  assert.equal(await story.standing(party), '0 0 0')
})

test('an order without room is held and counts with nothing; with room it is confirmed', async () => {
  const party = await story.newCustomer(100_00n)
  const { id } = await story.draft(party, [pieces('50')])
  const checked = accepted(await checkOrder(story.sales(), id))
  assert.equal(told(checked), 'draft, held by limit,utilisation')
  const held = accepted(await confirmOrder(story.sales(), id))
  assert.equal(told(held), 'held, held by limit,utilisation')
  assert.ok(held.check?.holdId)
  assert.equal(await story.standing(party), '0 0 0')
  refused(await deliverOrder(story.sales(), id, {}), 'wrong-state', /release of its hold/)
  const smaller = { lines: [pieces('5')] }
  assert.equal(told(accepted(await amendOrder(story.sales(), id, smaller))), 'draft')
  assert.equal(told(accepted(await confirmOrder(story.sales(), id))), 'confirmed, approved')
  assert.equal(await story.standing(party), '5000 0 0')
})

test('a confirmed order that grows passes the gate for the difference', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id } = await story.confirmed(party, [pieces('50')])
  const more = accepted(await amendOrder(story.sales(), id, { lines: [pieces('70')] }))
  assert.equal(told(more), 'confirmed, approved')
  assert.equal(await story.standing(party), '70000 0 0')
  const tooMuch = accepted(await amendOrder(story.sales(), id, { lines: [pieces('300')] }))
  assert.equal(tooMuch.check?.outcome, 'held')
  assert.deepEqual([tooMuch.order.amount, tooMuch.order.waitsForRelease], ['700.00', true])
  assert.equal(await story.standing(party), '70000 0 0')
  const less = accepted(await amendOrder(story.sales(), id, { lines: [pieces('30')] }))
  assert.deepEqual([told(less), less.order.waitsForRelease], ['confirmed', false])
  assert.equal(await story.standing(party), '30000 0 0')
  const copy = accepted(await copyOrder(story.sales(), id, {})).order
  assert.deepEqual([copy.state, copy.amount], ['draft', '300.00'])
  assert.equal(await story.standing(party), '30000 0 0')
})

test('a price that changes after delivery values what is not invoiced anew', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id } = await story.confirmed(party, [pieces('50')])
  const lines = [{ line: 1, quantity: '20' }]
  accepted(await deliverOrder(story.sales(), id, { lines }))
  const dearer = { lines: [pieces('50', { unitPrice: '11' })] }
  assert.equal(told(accepted(await amendOrder(story.sales(), id, dearer))), 'confirmed, approved')
  assert.equal(await story.standing(party), '33000 22000 0')
  const cheaper = accepted(await amendOrder(story.sales(), id, { discount: '50%' }))
  assert.equal(told(cheaper), 'confirmed, warned by discount')
  assert.equal(await story.standing(party), '16500 11000 0')
})

test('goods come back for good, or to be delivered once more', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id } = await story.confirmed(party, [pieces('50')])
  const lines = [{ line: 1, quantity: '20' }]
  accepted(await deliverOrder(story.sales(), id, { number: 'D-1', lines }))
  const back = { delivery: 'D-1', reason: '质量问题', lines: [{ line: 1, quantity: '5' }] }
  const gone = accepted(await returnGoods(story.sales(), id, back)).order
  assert.deepEqual([gone.delivered, gone.rest], ['150.00', '300.00'])
  assert.equal(await story.standing(party), '30000 15000 0')
  accepted(await returnGoods(story.sales(), id, { ...back, again: true }))
  assert.equal(await story.standing(party), '35000 10000 0')
  const tooMany = { ...back, lines: [{ line: 1, quantity: '11' }] }
  refused(await returnGoods(story.sales(), id, tooMany), 'invalid-input', /10 of line 1 came/)
  accepted(await deliverOrder(story.sales(), id, {}))
  assert.equal(await story.standing(party), '0 45000 0')
})

test('more than was ordered passes within the tolerance, and through the gate', async () => {
  const party = await story.newCustomer(100_00n)
  const { id } = await story.confirmed(party, [pieces('10')], { overDelivery: '10%' })
  const deliver = (quantity: string) =>
    deliverOrder(story.sales(), id, { lines: [{ line: 1, quantity }] })
  refused(await deliver('11.001'), 'invalid-input', /at most 11 件 of line 1/)
  const held = accepted(await deliver('11'))
  assert.equal(held.check?.outcome, 'held')
  assert.equal(await story.standing(party), '10000 0 0')
  await story.setLimit(party, 110_00n)
  assert.equal(accepted(await deliver('11')).order.delivered, '110.00')
  assert.equal(await story.standing(party), '0 11000 0')
})

test('an order ends by cancelling or closing, and comes back through the gate only', async () => {
  const party = await story.newCustomer(100_00n)
  const { id } = await story.confirmed(party, [pieces('10')])
  const end = { reason: '客户取消' }
  assert.equal(told(accepted(await cancelOrder(story.sales(), id, end))), 'cancelled')
  assert.equal(await story.standing(party), '0 0 0')
  const other = await story.confirmed(party, [pieces('8')])
  const reopened = accepted(await reopenOrder(story.sales(), id))
  assert.equal(told(reopened), 'held, held by limit,utilisation')
  assert.equal(await story.standing(party), '8000 0 0')
  accepted(await closeOrder(story.sales(), other.id, {}))
  assert.equal(await story.standing(party), '0 0 0')
  assert.match(told(accepted(await confirmOrder(story.sales(), id))), /^confirmed, /)
  accepted(await deliverOrder(story.sales(), id, { lines: [{ line: 1, quantity: '1' }] }))
  refused(await cancelOrder(story.sales(), id, end), 'wrong-state', /delivered in part/)
  const never = await story.draft(party, [pieces('1')])
  accepted(await cancelOrder(story.sales(), never.id, end))
  assert.equal(told(accepted(await reopenOrder(story.sales(), never.id))), 'draft')
})

test('what is not possible is refused with the remedy', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id } = await story.confirmed(party, [pieces('10'), pieces('5')])
  const absent = '01900000-0000-7000-8000-000000000000'
  refused(await confirmOrder(story.sales(), absent), 'not-found', /no order/)
  refused(await confirmOrder(story.sales(), id), 'wrong-state', /that is behind it/)
  refused(await checkOrder(story.sales(), id), 'wrong-state', /that is behind it/)
  const deliver = (line: number, quantity: string) =>
    deliverOrder(story.sales(), id, { lines: [{ line, quantity }] })
  refused(await deliver(3, '1'), 'invalid-input', /no line 3/)
  refused(await deliver(1, '0'), 'invalid-input', /above zero/)
  refused(await deliver(1, '10.5'), 'invalid-input', /at most 10 件/)
  refused(await deliverOrder(story.sales(), id, { amount: '5' }), 'invalid-input', /has lines/)
  refused(
    await deliverOrder(story.sales(), id, { deliveredOn: '2026-12-01' }),
    'invalid-input',
    /has not come yet/,
  )
  accepted(await deliver(1, '4'))
  const fewer = { lines: [pieces('3'), pieces('5')] }
  refused(await amendOrder(story.sales(), id, fewer), 'wrong-state', /4 of line 1 came/)
  refused(
    await amendOrder(story.sales(), id, { lines: [pieces('5', { line: 2 })] }),
    'wrong-state',
    /4 of line 1 came/,
  )
  refused(await amendOrder(story.sales(), id, { segment: '备件' }), 'wrong-state', /segment/)
  refused(await amendOrder(story.sales(), id, { terms: '月结' }), 'invalid-input', /eom-0/)
  accepted(await closeOrder(story.sales(), id, { settle: true, reason: '样品' }))
  refused(await deliver(1, '1'), 'wrong-state', /reopen it first/)
  refused(await amendOrder(story.sales(), id, fewer), 'wrong-state', /reopen it first/)
  assert.equal(accepted(await showOrder(story.sales(), id)).counts, '0.00')
})

test('invoicing takes deliveries over, an invoice ahead of them is counted once', async () => {
  const party = await story.newCustomer(1_000_00n)
  const accountant = database.context('accountant', today)
  const { id, number } = await story.confirmed(party, [pieces('50')])
  const invoice = (more: object) => invoiceDeliveries(accountant, id, { number: 'INV-1', ...more })
  refused(await invoice({}), 'wrong-state', /deliver it first/)
  accepted(await deliverOrder(story.sales(), id, { lines: [{ line: 1, quantity: '20' }] }))
  refused(await invoice({ amount: '200.01' }), 'invalid-input', /CNY 200.00.*not more/)
  const first = accepted(await invoice({ amount: '150' }))
  assert.deepEqual([first.orderNumber, first.terms], [number, 'net-30'])
  assert.equal(await story.standing(party), '30000 5000 15000')
  const partly = accepted(await showOrder(story.sales(), id))
  assert.deepEqual([partly.status, partly.invoicedPercent], ['partly-delivered', 75])
  const delivery = partly.deliveries[0]?.id ?? ''
  const back = { delivery, reason: '质量问题', lines: [{ line: 1, quantity: '6' }] }
  refused(await returnGoods(story.sales(), id, back), 'wrong-state', /credit note/)
  accepted(await invoice({ number: 'INV-2' }))
  const ahead = { ...{ party, currency: 'CNY', orderNumber: number }, amount: '100' }
  const draft = await readInvoice(accountant, { ...ahead, number: 'INV-3', issuedOn: today })
  const command = { name: 'test.invoice', permission: 'receivable:write', input: {} } as const
  accepted(await runCommand(accountant, command, (tx) => recordInvoiceIn(tx, accepted(draft))))
  assert.equal(await story.standing(party), '20000 0 30000')
  accepted(await deliverOrder(story.sales(), id, {}))
  assert.equal(await story.standing(party), '0 20000 30000')
  accepted(await invoice({ number: 'INV-4' }))
  assert.equal(await story.standing(party), '0 0 50000')
  assert.equal(accepted(await showOrder(story.sales(), id)).status, 'invoiced')
  assert.equal(told(accepted(await closeOrder(story.sales(), id, {}))), 'closed')
})

test('an order paid in cash counts with nothing, until it is to be paid later', async () => {
  const party = await story.newCustomer(100_00n)
  const accountant = database.context('accountant', today)
  const { id } = await story.confirmed(party, [pieces('50')], { terms: 'prepaid' })
  assert.equal(await story.standing(party), '0 0 0')
  const lines = [{ line: 1, quantity: '4' }]
  accepted(await deliverOrder(story.sales(), id, { number: 'D-1', lines }))
  const back = { delivery: 'D-1', reason: '质量问题', lines: [{ line: 1, quantity: '1' }] }
  accepted(await returnGoods(story.sales(), id, { ...back, again: true }))
  const partly = accepted(await showOrder(story.sales(), id))
  assert.deepEqual([partly.notInvoiced, partly.rest, partly.counts], ['30.00', '470.00', '0.00'])
  refused(await closeOrder(story.sales(), id, {}), 'wrong-state', /not invoiced/)
  accepted(await invoiceDeliveries(accountant, id, { number: 'INV-C1', amount: '20' }))
  const later = accepted(await amendOrder(story.sales(), id, { terms: 'net-30' }))
  assert.equal(later.check?.outcome, 'held')
  assert.equal(await story.standing(party), '0 0 2000')
  await story.setLimit(party, 1_000_00n)
  assert.equal(
    told(accepted(await amendOrder(story.sales(), id, { terms: 'net-30' }))),
    'confirmed, approved',
  )
  assert.equal(await story.standing(party), '47000 1000 2000')
  accepted(await amendOrder(story.sales(), id, { terms: 'cod' }))
  assert.equal(await story.standing(party), '0 0 2000')
})
