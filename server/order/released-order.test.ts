import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { OrderAnswer } from '#contract/order.ts'
import { amendOrder } from '#server/order/amend-order.ts'
import { cancelOrder } from '#server/order/cancel-order.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { deliverOrder } from '#server/order/deliver-order.ts'
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

const manager = () => database.context('credit-manager', today)
const reason = '老客户'

function release({ check, order }: OrderAnswer, amount?: string) {
  const key = { partyId: order.partyId, id: check?.holdId ?? '' }
  const asked = amount === undefined ? { reason } : { reason, amount }
  return onHold(manager(), 'release', key, asked)
}

const { shown } = story

async function held(limitMinor: bigint, quantity: string): Promise<OrderAnswer> {
  const party = await story.newCustomer(limitMinor)
  const { id } = await story.draft(party, [pieces(quantity)])
  const answer = accepted(await confirmOrder(story.sales(), id))
  assert.equal(answer.order.state, 'held')
  return answer
}

test('the release of a held order confirms it', async () => {
  const answer = await held(100_00n, '50')
  accepted(await release(answer))
  assert.equal((await shown(answer.order.id)).state, 'confirmed')
  assert.equal(await story.standing(answer.order.partyId), '50000 0 0')
})

test('released in part it counts with that part, and what is beyond it is held at delivery', async () => {
  const answer = await held(100_00n, '50')
  const { id, partyId } = answer.order
  accepted(await release(answer, '300.00'))
  assert.equal((await shown(id)).state, 'confirmed')
  assert.equal(await story.standing(partyId), '30000 0 0')
  const deliver = (quantity: string) =>
    deliverOrder(story.sales(), id, { lines: [{ line: 1, quantity }] })
  assert.equal(accepted(await deliver('20')).order.delivered, '200.00')
  assert.equal(await story.standing(partyId), '10000 20000 0')
  assert.equal(accepted(await deliver('30')).check?.outcome, 'held')
  assert.equal(await story.standing(partyId), '10000 20000 0')
  assert.equal(accepted(await deliver('10')).order.delivered, '300.00')
  assert.equal(await story.standing(partyId), '0 30000 0')
  accepted(await release(answer))
  assert.equal(await story.standing(partyId), '20000 30000 0')
})

test('the release of a held amendment applies it', async () => {
  const party = await story.newCustomer(100_00n)
  const { id } = await story.confirmed(party, [pieces('5')])
  const answer = accepted(await amendOrder(story.sales(), id, { lines: [pieces('40')] }))
  assert.equal(answer.check?.outcome, 'held')
  refused(await release(answer, '200.00'), 'wrong-state', /held again/)
  accepted(await release(answer))
  const order = await shown(id)
  assert.deepEqual([order.amount, order.waitsForRelease], ['400.00', false])
  assert.equal(await story.standing(party), '40000 0 0')
  const beyond = accepted(await amendOrder(story.sales(), id, { lines: [pieces('60')] }))
  assert.equal(beyond.check?.outcome, 'held')
})

test('a rejected order is a draft again, a rejected amendment changes nothing', async () => {
  const { check, order } = await held(100_00n, '50')
  const key = { partyId: order.partyId, id: check?.holdId ?? '' }
  accepted(await onHold(manager(), 'reject', key, { reason: '资料不全' }))
  assert.equal((await shown(order.id)).state, 'draft')
  const party = await story.newCustomer(100_00n)
  const { id } = await story.confirmed(party, [pieces('5')])
  const answer = accepted(await amendOrder(story.sales(), id, { lines: [pieces('40')] }))
  const amendment = { partyId: party, id: answer.check?.holdId ?? '' }
  accepted(await onHold(manager(), 'reject', amendment, { reason: '太多' }))
  const kept = await shown(id)
  assert.deepEqual([kept.amount, kept.waitsForRelease], ['50.00', false])
})

test('the holds of a cancelled order are withdrawn', async () => {
  const { order } = await held(100_00n, '50')
  accepted(await cancelOrder(story.sales(), order.id, { reason: '客户取消' }))
  const found = await database.db.rows(sql<{ state: string }>`
    select state from "check".hold where document_id = ${order.id}`)
  assert.deepEqual(found, [{ state: 'withdrawn' }])
})

test('of many confirmations at once as many pass as there is room for', async () => {
  const party = await story.newCustomer(100_00n)
  const ids: string[] = []
  for (let n = 0; n < 8; n++) ids.push((await story.draft(party, [pieces('3')])).id)
  const answers = await Promise.all(ids.map((id) => confirmOrder(story.sales(), id)))
  const states = answers.map((answer) => accepted(answer).order.state).sort()
  assert.deepEqual(states, [...Array(3).fill('confirmed'), ...Array(5).fill('held')])
  assert.equal(await story.standing(party), '9000 0 0')
})

test('a confirmation sent ten times under one key counts once', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id } = await story.draft(party, [pieces('30')])
  const context = { ...story.sales(), idempotencyKey: 'confirm-once' }
  const answers = await Promise.all(Array.from({ length: 10 }, () => confirmOrder(context, id)))
  const decisions = new Set(answers.map((answer) => accepted(answer).check?.decisionId))
  assert.equal(decisions.size, 1)
  assert.equal(await story.standing(party), '30000 0 0')
})

test('a dry run tells the outcome and keeps nothing', async () => {
  const party = await story.newCustomer(1_000_00n)
  const { id } = await story.draft(party, [pieces('30')])
  const context = { ...story.sales(), dryRun: true }
  assert.equal(accepted(await confirmOrder(context, id)).order.state, 'confirmed')
  assert.equal((await shown(id)).state, 'draft')
  assert.equal(await story.standing(party), '0 0 0')
})

const recall = ({ check, order }: OrderAnswer) =>
  onHold(
    manager(),
    'recall',
    { partyId: order.partyId, id: check?.holdId ?? '' },
    { reason: '看错了单据' },
  )

test('a release is taken back while nothing came of it: the order waits again and counts nothing', async () => {
  for (const amount of [undefined, '60.00']) {
    const answer = await held(0n, '10')
    accepted(await release(answer, amount))
    assert.equal((await shown(answer.order.id)).state, 'confirmed')
    assert.equal(await story.standing(answer.order.partyId), amount ? '6000 0 0' : '10000 0 0')
    const back = accepted(await recall(answer)) as { state: string; closedBy: string | null }
    assert.deepEqual([back.state, back.closedBy], ['open', null])
    const order = await shown(answer.order.id)
    assert.deepEqual([order.state, order.confirmedOn], ['held', null])
    assert.equal(await story.standing(answer.order.partyId), '0 0 0')
    const counted = await database.db.row(sql<{ count: number }>`
      select sum(open_holds)::integer as count from exposure.balance
      where party_id = ${answer.order.partyId}`)
    assert.equal(counted?.count, 1)
    refused(await recall(answer), 'wrong-state', /No release of .* is left/)
    accepted(await release(answer))
    assert.equal((await shown(answer.order.id)).state, 'confirmed')
  }
})

test('what was delivered of a released order, or counted before it, is not taken back', async () => {
  const answer = await held(0n, '10')
  accepted(await release(answer))
  const delivery = { lines: [{ line: 1, quantity: '4' }] }
  accepted(await deliverOrder(story.sales(), answer.order.id, delivery))
  refused(await recall(answer), 'wrong-state', /delivered or invoiced in part/)
  const back = await held(0n, '10')
  accepted(await release(back))
  accepted(await deliverOrder(story.sales(), back.order.id, delivery))
  const [came] = (await shown(back.order.id)).deliveries
  const returned = { delivery: came?.id ?? '', reason: '质量问题', again: true }
  accepted(await returnGoods(story.sales(), back.order.id, returned))
  accepted(await recall(back))
  assert.equal(await story.standing(back.order.partyId), '0 0 0')
  assert.equal(await story.standing(answer.order.partyId), '6000 4000 0')
  const party = await story.newCustomer(100_00n)
  const { id } = await story.confirmed(party, [pieces('5')])
  const amended = accepted(await amendOrder(story.sales(), id, { lines: [pieces('40')] }))
  accepted(await release(amended))
  refused(await recall(amended), 'wrong-state', /counted before it was held/)
  assert.equal(await story.standing(party), '40000 0 0')
})
