import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { invariant } from '#kernel/invariant.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { post } from '#server/exposure/public.ts'
import { amendOrder } from '#server/order/amend-order.ts'
import { closeOrder } from '#server/order/close-order.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { deliverOrder } from '#server/order/deliver-order.ts'
import { invoiceDeliveries } from '#server/order/invoice-deliveries.ts'
import { reopenOrder } from '#server/order/reopen-order.ts'
import {
  accepted,
  onHold,
  openOrderStories,
  pieces,
  refused,
  today,
} from '#server/order/testing-orders.ts'
import { newId } from '#server/platform/ids.ts'
import { runCommand } from '#server/platform/run-command.ts'

const { database, story } = await openOrderStories()

const cny = parseCurrency('CNY')
invariant(cny, 'CNY is a currency')

const { accountant, release, shown, write } = story

/** An order of one of two members of a group, whose limit is set when the order counts. */
async function orderInGroup() {
  const [head, one, two] = [
    await story.newCustomer(1_000_00n),
    await story.newCustomer(1_000_00n),
    await story.newCustomer(1_000_00n),
  ]
  await write(sql`update party.party set group_parent_id = ${head} where id in (${one}, ${two})`)
  const order = await story.confirmed(one, [pieces('60')])
  const limitTo = (limitMinor: bigint) =>
    write(sql`
      update exposure.account set limit_minor = ${limitMinor}, limit_from_on = ${today},
        limit_to_on = '2027-11-24', review_on = '2027-11-24', limit_source = 'manual'
      where party_id = ${head} and level = 'group'`)
  return { limitTo, one, order, two }
}

test('an order waits for one payer at a time: what waited before for another waits no more', async () => {
  const [buyer, one, two] = [
    await story.newCustomer(1_000_00n),
    await story.newCustomer(1_000_00n),
    await story.newCustomer(1_000_00n),
  ]
  const holdsOf = async (id: string) => (await shown(id)).holds.map(({ partyId }) => partyId)
  const { id } = await story.confirmed(buyer, [pieces('60')])
  accepted(await amendOrder(story.sales(), id, { lines: [pieces('150')] }))
  assert.deepEqual(await holdsOf(id), [buyer])
  accepted(await amendOrder(story.sales(), id, { payer: one }))
  assert.deepEqual(await holdsOf(id), [one])
  const { check } = accepted(await amendOrder(story.sales(), id, { payer: two }))
  assert.deepEqual(await holdsOf(id), [two])
  // More at the payer that it has takes the place of another payer.
  accepted(await amendOrder(story.sales(), id, { lines: [pieces('150')] }))
  assert.deepEqual(await holdsOf(id), [buyer])
  const gone = await onHold(
    database.context('credit-manager', today),
    'release',
    { partyId: two, id: check?.holdId ?? '' },
    { reason: '老客户' },
  )
  assert.ok('refused' in gone, 'a hold that was superseded releases nothing')
  assert.deepEqual(await Promise.all([buyer, one, two].map((each) => story.standing(each))), [
    '60000 0 0',
    '0 0 0',
    '0 0 0',
  ])
})

test('released in part at one payer, all of it is asked of the next, and the release stays', async () => {
  const buyer = await story.newCustomer(0n)
  const [one, two] = [await story.newCustomer(100_00n), await story.newCustomer(1_000_00n)]
  const { id } = await story.draft(buyer, [pieces('60')], { payer: one })
  const { check } = accepted(await confirmOrder(story.sales(), id))
  const key = { partyId: one, id: check?.holdId ?? '' }
  const manager = () => database.context('credit-manager', today)
  accepted(await onHold(manager(), 'release', key, { reason: '先发一部分', amount: '200.00' }))
  assert.equal(await story.standing(one), '20000 0 0')
  const moved = accepted(await amendOrder(story.sales(), id, { payer: two }))
  assert.deepEqual(moved.check?.rules, ['payer-changed'])
  await release(moved.check?.holdId ?? '', two)
  assert.deepEqual([await story.standing(one), await story.standing(two)], ['0 0 0', '60000 0 0'])
  const recalled = await onHold(manager(), 'recall', key, { reason: '点错了' })
  assert.ok('refused' in recalled)
  assert.deepEqual([await story.standing(one), await story.standing(two)], ['0 0 0', '60000 0 0'])
})

test('an order that comes back to a payer whom it left is asked about as if it were new', async () => {
  const [poor, rich] = [await story.newCustomer(100_00n), await story.newCustomer(1_000_00n)]
  const { id } = await story.draft(poor, [pieces('60')])
  const { check } = accepted(await confirmOrder(story.sales(), id))
  await release(check?.holdId ?? '', poor)
  const moved = accepted(await amendOrder(story.sales(), id, { payer: rich }))
  await release(moved.check?.holdId ?? '', rich)
  await story.confirmed(poor, [pieces('10')])
  const back = accepted(await amendOrder(story.sales(), id, { payer: null }))
  assert.equal(back.check?.outcome, 'held')
  assert.deepEqual(
    [await story.standing(poor), await story.standing(rich)],
    ['10000 0 0', '60000 0 0'],
  )
})

test('a release of a delivery is not taken back at a payer whom the order left', async () => {
  const [buyer, other] = [await story.newCustomer(600_00n), await story.newCustomer(1_000_00n)]
  const { id } = await story.confirmed(buyer, [pieces('60')], { overDelivery: '20%' })
  const lines = [{ line: 1, quantity: '70' }]
  const { check } = accepted(await deliverOrder(story.sales(), id, { lines }))
  assert.equal(check?.outcome, 'held')
  // A change that waits leaves the hold of the delivery alone; one that passed does not.
  const moved = accepted(await amendOrder(story.sales(), id, { payer: other }))
  assert.deepEqual((await shown(id)).holds.map(({ checkpoint }) => checkpoint).sort(), [
    'delivery',
    'order',
  ])
  await release(check?.holdId ?? '', buyer)
  await release(moved.check?.holdId ?? '', other)
  const key = { partyId: buyer, id: check?.holdId ?? '' }
  const manager = database.context('credit-manager', today)
  assert.ok('refused' in (await onHold(manager, 'recall', key, { reason: '点错了' })))
  assert.equal(
    accepted(await deliverOrder(story.sales(), id, { lines })).check?.outcome,
    'approved',
  )
  assert.equal(await story.standing(other), '0 70000 0')
})

test('an order that is held with goods delivered keeps its payer until it is confirmed', async () => {
  const [buyer, other] = [await story.newCustomer(1_000_00n), await story.newCustomer(1_000_00n)]
  const { id } = await story.confirmed(buyer, [pieces('60')])
  accepted(await deliverOrder(story.sales(), id, { lines: [{ line: 1, quantity: '20' }] }))
  const invoice = accepted(await invoiceDeliveries(accountant(), id, { number: 'HELD-1' }))
  accepted(await closeOrder(story.sales(), id, {}))
  await story.voided(invoice)
  await story.setLimit(buyer, 0n)
  assert.equal(accepted(await reopenOrder(story.sales(), id)).check?.outcome, 'held')
  refused(await amendOrder(story.sales(), id, { payer: other }), 'wrong-state', /delivered in part/)
})

test('what the first payer has paid ahead does not make room for the next one in their group', async () => {
  const { limitTo, one, order, two } = await orderInGroup()
  const filling = { name: 'test.fill', permission: 'receivable:write', input: {} } as const
  const paid = (minor: bigint) =>
    runCommand(database.context(), filling, (tx) =>
      post(tx, [
        {
          ...{ partyId: one, segment: '', stage: 'prepayment', currency: cny, minor },
          ...{ documentKind: 'receipt', documentId: newId(), number: 'R-1', cause: 'received' },
          ...{ effectiveOn: today, decisionId: null, shipOn: null },
        },
      ]),
    )
  await paid(600_00n)
  await limitTo(100_00n)
  const moved = accepted(await amendOrder(story.sales(), order.id, { payer: two }))
  assert.ok(moved.check?.rules.includes('limit'), moved.check?.rules.join())
  await paid(-600_00n)
})

test('a group that both belong to counts the order once while it moves', async () => {
  const { limitTo, one, order, two } = await orderInGroup()
  await limitTo(700_00n)
  const moved = accepted(await amendOrder(story.sales(), order.id, { payer: two }))
  assert.deepEqual(moved.check?.rules, ['payer-changed'])
  await release(moved.check?.holdId ?? '', two)
  assert.deepEqual([await story.standing(one), await story.standing(two)], ['0 0 0', '60000 0 0'])
})
