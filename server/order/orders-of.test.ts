import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { day } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { insertDeliveries } from '#server/order/delivery.store.ts'
import { insertOrders } from '#server/order/order.store.ts'
import { listOrders } from '#server/order/order-list.store.ts'
import { ordersOf } from '#server/order/orders-of.ts'
import { insertParties } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

const filling = { name: 'test.fill', permission: 'receivable:write', input: {} } as const

async function newParty(name: string): Promise<string> {
  const party = { id: newId(), name, roles: ['customer'] } as const
  await runCommand(database.context(), filling, (tx) => insertParties(tx, [party]))
  return party.id
}

function orderOf(partyId: string, number: string, orderedOn: string) {
  const currency = parseCurrency('CNY')
  invariant(currency, 'CNY is a currency')
  const dates = { orderedOn: day(orderedOn), requestedOn: null, cancelledOn: null }
  return { partyId, id: newId(), number, currency, amountMinor: 100_00n, ...dates }
}

test('orders of duplicates count to their survivor, with what was delivered of each', async () => {
  const [survivor, duplicate] = [await newParty('长沙轴承有限公司'), await newParty('长沙轴承厂')]
  const early = orderOf(survivor, 'O-1', '2026-01-05')
  const late = orderOf(duplicate, 'O-2', '2026-02-05')
  const again = orderOf(survivor, 'O-1', '2026-03-05')
  const counts = await runCommand(database.context(), filling, async (tx) => {
    const orders = await insertOrders(tx, [early, late, again])
    const delivery = { partyId: survivor, orderId: early.id, deliveredOn: day('2026-01-20') }
    const deliveries = await insertDeliveries(tx, [
      { ...delivery, id: newId(), amountMinor: 30_00n },
      { ...delivery, id: newId(), amountMinor: 20_00n },
    ])
    return { orders, deliveries }
  })
  assert.deepEqual(counts, { orders: 2, deliveries: 2 })
  await runCommand(database.context(), filling, (tx) =>
    tx.run(sql`update party.party set merged_into_id = ${survivor} where id = ${duplicate}`),
  )
  for (const asked of [[survivor], [duplicate], [survivor, duplicate]]) {
    const found = await ordersOf(database.db, asked)
    assert.deepEqual(found.map((order) => [order.partyId, order.number]).sort(), [
      [survivor, 'O-1'],
      [survivor, 'O-2'],
    ])
  }
  const asked = { partyIds: [survivor, duplicate], state: null, number: null, contractId: null }
  const { actor } = database.context()
  const page = { ...asked, actor, requestedBefore: null, lateOn: null, limit: 1 }
  const first = await listOrders(database.db, { ...page, after: null })
  assert.deepEqual(
    first.map((order) => order.number),
    ['O-2'],
  )
  const after = { day: late.orderedOn, id: late.id }
  const second = await listOrders(database.db, { ...page, after })
  assert.deepEqual(
    second.map((order) => [order.number, order.deliveredMinor, order.lastDeliveredOn]),
    [['O-1', 50_00n, '2026-01-20']],
  )
})
