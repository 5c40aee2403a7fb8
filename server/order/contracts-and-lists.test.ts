import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { changeContract } from '#server/order/change-contract.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { createOrder } from '#server/order/create-order.ts'
import { deliverOrder } from '#server/order/deliver-order.ts'
import { invoiceDeliveries } from '#server/order/invoice-deliveries.ts'
import { listOrders } from '#server/order/list-orders.ts'
import { recordContract } from '#server/order/record-contract.ts'
import { remindOfDeliveries } from '#server/order/remind-of-deliveries.ts'
import { listContracts, showContract } from '#server/order/show-contract.ts'
import { showOrder } from '#server/order/show-order.ts'
import { accepted, openOrderStories, pieces, refused, today } from '#server/order/testing-orders.ts'
import { createPerson } from '#server/user/public.ts'

const { database, story } = await openOrderStories()

const newContract = (party: string, number: string) => ({
  ...{ party, number, title: '年度供货合同', currency: 'CNY', amount: '1000.00' },
  ...{ signedOn: '2026-01-05', toOn: '2026-12-31', terms: '月结30天' },
})

test('a contract tells what was called off and delivered, and hands on its terms', async () => {
  const party = await story.newCustomer(10_000_00n)
  const contract = accepted(await recordContract(story.sales(), newContract(party, 'HT-1')))
  assert.deepEqual(
    [contract.state, contract.fromOn, contract.terms],
    ['open', '2026-01-05', 'eom-30'],
  )
  const draft = await story.draft(party, [pieces('90')], { contract: 'HT-1' })
  assert.equal(draft.terms, 'eom-30')
  const order = await story.confirmed(party, [pieces('40')], { contract: 'HT-1', terms: 'net-30' })
  accepted(await deliverOrder(story.sales(), order.id, { lines: [{ line: 1, quantity: '10' }] }))
  const accountant = database.context('accountant', today)
  accepted(await invoiceDeliveries(accountant, order.id, { number: 'INV-1', amount: '60' }))
  const told = accepted(await showContract(story.sales(), contract.id))
  assert.deepEqual(
    [told.ordered, told.delivered, told.orderedPercent, told.deliveredPercent],
    ['400.00', '100.00', 40, 10],
  )
  assert.deepEqual([told.invoiced, told.paid], ['60.00', '0.00'])
  assert.deepEqual(told.orders.map(({ id }) => id).sort(), [draft.id, order.id].sort())
  const ended = { endedOn: '2026-11-24', endReason: '履行完毕' }
  accepted(await changeContract(story.sales(), contract.id, ended))
  const more = { party, currency: 'CNY', lines: [pieces('1')], contract: 'HT-1' }
  refused(await createOrder(story.sales(), more), 'wrong-state', /HT-1 ended on 2026-11-24/)
  const open = accepted(await listContracts(story.sales(), { party, state: 'open' }))
  assert.deepEqual(open.items, [])
})

test('contracts and orders are refused with the field and the remedy', async () => {
  const party = await story.newCustomer(10_000_00n)
  accepted(await recordContract(story.sales(), newContract(party, 'HT-2')))
  const record = (change: object) =>
    recordContract(story.sales(), { ...newContract(party, 'HT-3'), ...change })
  refused(await record({ number: 'HT-2' }), 'already-exists', /HT-2/)
  refused(await record({ toOn: '2026-01-01' }), 'invalid-input', /toOn/)
  refused(await record({ amount: '-5' }), 'invalid-input', /amount/)
  refused(await record({ terms: '月结' }), 'invalid-input', /eom-0 or eom-30/)
  const create = (change: object) =>
    createOrder(story.sales(), { party, currency: 'CNY', lines: [pieces('1')], ...change })
  refused(await create({ party: '无此公司' }), 'not-found', /无此公司/)
  refused(await create({ currency: 'QQQ' }), 'invalid-input', /currency/)
  refused(await create({ contract: 'HT-9' }), 'not-found', /no contract HT-9/)
  refused(await create({ contract: 'HT-2', currency: 'USD' }), 'invalid-input', /in CNY/)
  refused(await create({ discount: '100%' }), 'invalid-input', /discount/)
  refused(await create({ requestedOn: '2026-02-30' }), 'invalid-input', /requestedOn/)
  refused(await create({ orderedOn: '2028-01-01' }), 'invalid-input', /a year from now/)
  refused(await create({ lines: [pieces('0')] }), 'invalid-input', /lines.0.quantity/)
  refused(await create({ lines: [pieces('1.2345')] }), 'invalid-input', /3 decimals/)
  refused(await create({ lines: [pieces('1', { unitPrice: '0' })] }), 'invalid-input', /above zero/)
  const twice = [pieces('1', { line: 2 }), pieces('1')]
  refused(await create({ lines: [...twice, pieces('1', { line: 2 })] }), 'invalid-input', /twice/)
  const large = pieces('999999999999', { unitPrice: '999999999999' })
  refused(await create({ lines: [large] }), 'invalid-input', /larger than any order/)
  accepted(await create({ number: 'SO-TWICE' }))
  refused(await create({ number: 'SO-TWICE' }), 'already-exists', /SO-TWICE/)
})

test('orders are listed by page and by what they wait for', async () => {
  const party = await story.newCustomer(10_000_00n)
  const late = await story.confirmed(party, [pieces('4')], { requestedOn: '2026-11-20' })
  const soon = await story.confirmed(party, [pieces('4')], { requestedOn: '2026-11-26' })
  const draft = await story.draft(party, [pieces('4')], { requestedOn: '2026-11-01' })
  const ids = async (query: object) => {
    const { items, next } = accepted(await listOrders(story.sales(), { party, ...query }))
    return { ids: items.map(({ id }) => id), next }
  }
  assert.deepEqual((await ids({ late: true })).ids, [late.id])
  assert.deepEqual((await ids({ state: 'draft' })).ids, [draft.id])
  assert.deepEqual((await ids({ requestedBefore: '2026-11-21' })).ids, [draft.id, late.id])
  const first = await ids({ limit: 2 })
  assert.deepEqual(first.ids, [draft.id, soon.id])
  assert.deepEqual((await ids({ limit: 2, after: first.next })).ids, [late.id])
  const [told] = accepted(await listOrders(story.sales(), { party, late: true })).items
  assert.equal(told?.daysLate, 4)
  accepted(await deliverOrder(story.sales(), late.id, {}))
  assert.deepEqual((await ids({ late: true })).ids, [])
})

test('the list tells what is invoiced of an order and what holds it', async () => {
  const party = await story.newCustomer(100_00n)
  const order = await story.confirmed(party, [pieces('6')])
  accepted(await deliverOrder(story.sales(), order.id, {}))
  const accountant = database.context('accountant', today)
  accepted(await invoiceDeliveries(accountant, order.id, { number: 'INV-LIST', amount: '25' }))
  const waiting = await story.draft(party, [pieces('9')])
  const answer = accepted(await confirmOrder(story.sales(), waiting.id))
  const { items } = accepted(await listOrders(story.sales(), { party }))
  assert.deepEqual(
    items.map(({ holds, invoiced }) => [invoiced, holds.map(({ id }) => id)]),
    [
      ['0.00', [answer.check?.holdId]],
      ['25.00', []],
    ],
  )
  const shown = accepted(await showOrder(story.sales(), waiting.id))
  assert.equal(shown.holds[0]?.decisionId, answer.check?.decisionId)
})

test('who sells an order is reminded of its delivery once a day', async () => {
  const password = 'a password of a salesperson'
  const person = { login: 'lin.xiao', name: '林晓', roles: ['sales'] as const, password }
  accepted(
    await createPerson(database.context(), { ...person, roles: [...person.roles], scope: 'all' }),
  )
  const party = await story.newCustomer(10_000_00n)
  const of = { salesperson: '林晓', requestedOn: '2026-11-25' }
  const due = await story.confirmed(party, [pieces('4')], of)
  const late = await story.confirmed(party, [pieces('4')], { ...of, requestedOn: '2026-11-01' })
  await story.confirmed(party, [pieces('4')], { ...of, requestedOn: '2026-12-20' })
  accepted(await remindOfDeliveries(database.context('admin', today)))
  assert.deepEqual(await remindOfDeliveries(database.context('admin', today)), { reminded: 0 })
  const notices = await database.db.rows(sql<{ kind: string; path: string }>`
    select kind, path from notice.notice where about_party_id = ${party} order by kind`)
  assert.deepEqual(notices, [
    { kind: 'delivery.due', path: `/api/orders/${due.id}` },
    { kind: 'delivery.overdue', path: `/api/orders/${late.id}` },
  ])
})
