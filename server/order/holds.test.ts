import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Role } from '#contract/role.ts'
import { openTestServer, type Reply, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

type Json = Readonly<Record<string, unknown>>
type Held = { readonly partyId: string; readonly id: string }

const send = (role: Role, method: string, url: string, body?: unknown): Promise<Reply> =>
  server.send({ method, url, body, headers: server.as[role] })

/** A customer with a limit, on top of which the standard rules tolerate 5 %. */
async function customer(limit: string): Promise<string> {
  const partyId = await server.world.newParty()
  const segment = { level: 'segment', segment: '备件' }
  await server.world.call('POST', `/api/parties/${partyId}/credit-accounts`, segment)
  await setLimit(partyId, limit)
  return partyId
}

async function accountUrl(partyId: string): Promise<string> {
  const { items } = await server.world.call('GET', `/api/parties/${partyId}/credit-accounts`)
  const accounts = items as { id: string; level: string }[]
  const own = accounts.find(({ level }) => level === 'party')
  return `/api/credit-accounts/${partyId}/${own?.id}`
}

async function setLimit(partyId: string, limit: string): Promise<void> {
  const toOn = server.world.dayFromToday(90)
  const body = { limit, currency: 'CNY', toOn, reason: '授信' }
  await server.world.call('PUT', `${await accountUrl(partyId)}/limit`, body)
}

async function orderOf(
  party: string,
  amount: string,
  change: Json = {},
): Promise<{ readonly id: string; readonly hold: Held | null }> {
  const made = await send('sales', 'POST', '/api/orders', {
    ...{ party, number: server.world.unique('SO'), currency: 'CNY' },
    ...{ lines: [{ item: '轴承', quantity: '1', unitPrice: amount }], ...change },
  })
  assert.ok(made.status < 300, made.text)
  const { id } = made.json.order as { id: string }
  const confirmed = await send('sales', 'POST', `/api/orders/${id}/confirm`)
  assert.ok(confirmed.status < 300, confirmed.text)
  const { holdId } = confirmed.json.check as { holdId: string | null }
  return { id, hold: holdId === null ? null : { partyId: party, id: holdId } }
}

async function held(party: string, amount: string, change: Json = {}) {
  const { hold, id } = await orderOf(party, amount, change)
  assert.ok(hold, 'the order is held')
  return { id, hold, url: `/api/holds/${hold.partyId}/${hold.id}` }
}

async function orderState(id: string): Promise<unknown[]> {
  const order = await server.world.call('GET', `/api/orders/${id}`)
  return [order.state, order.counts]
}

async function holdState(url: string): Promise<unknown[]> {
  const hold = await server.world.call('GET', url)
  return [hold.state, hold.amount]
}

async function eventually(read: () => Promise<unknown[]>, wanted: unknown[]): Promise<void> {
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 50) {
    if (JSON.stringify(await read()) === JSON.stringify(wanted)) return
    await sleep(50)
  }
  assert.deepEqual(await read(), wanted)
}

const reason = '长期合作'

test('a release confirms the order at once, and the file tells the story', async () => {
  const party = await customer('1000.00')
  const { hold, id, url } = await held(party, '1500.00')
  assert.deepEqual(await orderState(id), ['held', '0.00'])
  const released = await send('credit-manager', 'POST', `${url}/release`, { reason })
  assert.equal(released.status, 200, released.text)
  assert.deepEqual(await orderState(id), ['confirmed', '1500.00'])
  assert.deepEqual(await holdState(url), ['released', '1500.00'])
  const file = await server.world.call('GET', `/api/holds/${party}/${hold.id}`)
  const decisions = file.decisions as { outcome: string }[]
  assert.deepEqual(
    decisions.map(({ outcome }) => outcome),
    ['approved', 'held'],
  )
  const [release] = file.releases as { authority: string; releasedBy: string }[]
  assert.equal(release?.releasedBy, 'credit-manager')
  assert.match(release?.authority ?? '', /^credit-manager: up to CNY 5,000,000\.00/)
})

test('nobody releases their own order, a salesperson nothing without authority', async () => {
  const party = await customer('1000.00')
  const { url } = await held(party, '1500.00', { salesperson: 'credit-manager' })
  for (const role of ['credit-manager', 'sales'] as const) {
    const answer = await send(role, 'POST', `${url}/release`, { reason })
    assert.equal(answer.status, 403, answer.text)
  }
  const viewer = await send('viewer', 'POST', `${url}/release`, { reason })
  assert.equal(viewer.status, 403)
  assert.deepEqual(await holdState(url), ['open', '1500.00'])
})

test('a part confirms the order up to it, and the rest waits on until it is released too', async () => {
  const party = await customer('1000.00')
  const { id, url } = await held(party, '1500.00')
  const part = { reason, amount: '1200.00' }
  const released = await send('credit-manager', 'POST', `${url}/release`, part)
  assert.equal(released.status, 200, released.text)
  assert.deepEqual([released.json.outcome, released.json.waiting], ['released-in-part', '300.00'])
  assert.deepEqual(await orderState(id), ['confirmed', '1200.00'])
  assert.deepEqual(await holdState(url), ['open', '300.00'])
  await send('credit-manager', 'POST', `${url}/release`, { reason })
  assert.deepEqual(await orderState(id), ['confirmed', '1500.00'])
})

test('a payment releases what waits, the most urgent first', async () => {
  const party = await customer('1000.00')
  const invoice = { party, number: server.world.unique('INV'), currency: 'CNY', amount: '900.00' }
  const issuedOn = server.world.dayFromToday(-3)
  await server.world.call('POST', '/api/invoices', { ...invoice, issuedOn, terms: 'net-30' })
  const later = await held(party, '600.00')
  const urgent = await held(party, '500.00', { priority: 1 })
  const small = await held(party, '300.00')
  await server.world.call('POST', '/api/receipts', { party, currency: 'CNY', amount: '800.00' })
  await eventually(() => holdState(small.url), ['released', '300.00'])
  assert.deepEqual(await orderState(urgent.id), ['confirmed', '500.00'])
  assert.deepEqual(await orderState(small.id), ['confirmed', '300.00'])
  assert.deepEqual(await orderState(later.id), ['held', '0.00'])
  await setLimit(party, '2000.00')
  await eventually(() => orderState(later.id), ['confirmed', '600.00'])
})

test('room from an order that is cancelled goes to what waits', async () => {
  const party = await customer('1000.00')
  const first = await orderOf(party, '900.00')
  const { id, url } = await held(party, '800.00')
  await server.world.call('POST', `/api/orders/${first.id}/cancel`, { reason: '客户取消' })
  await eventually(() => holdState(url), ['released', '800.00'])
  assert.deepEqual(await orderState(id), ['confirmed', '800.00'])
  const { releases } = await server.world.call('GET', url)
  assert.deepEqual(
    (releases as { cause: string; endedOn: string }[]).map(({ cause }) => cause),
    ['room'],
  )
})

test('an order that is confirmed again and passes leaves no hold behind', async () => {
  const party = await customer('1000.00')
  const { id, url } = await held(party, '1500.00')
  // Room that came without anything happening, as with the first day of a temporary limit.
  await server.database.withoutTriggers(sql`
    update exposure.account set limit_minor = 200000 where party_id = ${party}`)
  const confirmed = await send('sales', 'POST', `/api/orders/${id}/confirm`)
  assert.equal(confirmed.status, 200, confirmed.text)
  assert.deepEqual(await orderState(id), ['confirmed', '1500.00'])
  assert.equal((await holdState(url))[0], 'released')
})

test('an order that was released and then grows beyond the tolerance is held again', async () => {
  const party = await customer('1000.00')
  const { id, url } = await held(party, '1500.00')
  await send('credit-manager', 'POST', `${url}/release`, { reason })
  const enlarge = async (unitPrice: string) => {
    const lines = [{ item: '轴承', quantity: '1', unitPrice }]
    const answer = await send('sales', 'PUT', `/api/orders/${id}`, { lines })
    assert.equal(answer.status, 200, answer.text)
    return (answer.json.check as { outcome: string } | null)?.outcome
  }
  assert.equal(await enlarge('1550.00'), 'approved')
  assert.equal(await enlarge('1600.00'), 'held')
  assert.deepEqual(await orderState(id), ['confirmed', '1550.00'])
})

test('an amended order gives its hold up, a rejected one is a draft again', async () => {
  const party = await customer('1000.00')
  const first = await held(party, '1500.00')
  await send('sales', 'PUT', `/api/orders/${first.id}`, { note: '改备注' })
  assert.equal((await holdState(first.url))[0], 'superseded')
  const second = await held(party, '1400.00')
  const rejected = await send('credit-manager', 'POST', `${second.url}/reject`, { reason: '不行' })
  assert.equal(rejected.status, 200, rejected.text)
  assert.equal((await orderState(second.id))[0], 'draft')
  assert.equal((await holdState(second.url))[0], 'rejected')
})

test('what was released and then cancelled is asked about anew when it is taken up again', async () => {
  const party = await customer('1000.00')
  const { id, url } = await held(party, '1500.00')
  const until = server.world.dayFromToday(30)
  await send('credit-manager', 'POST', `${url}/release`, { reason, until })
  await send('sales', 'POST', `/api/orders/${id}/cancel`, { reason: '客户取消' })
  const reopened = await send('sales', 'POST', `/api/orders/${id}/reopen`)
  assert.equal(reopened.status, 200, reopened.text)
  assert.equal((reopened.json.check as { outcome: string }).outcome, 'held')
})

test('an amendment beyond the tolerance waits, and its release or rejection settles it', async () => {
  const party = await customer('1000.00')
  const { id, url } = await held(party, '1500.00')
  await send('credit-manager', 'POST', `${url}/release`, { reason })
  const enlarge = async (unitPrice: string) => {
    const lines = [{ item: '轴承', quantity: '1', unitPrice }]
    const answer = await send('sales', 'PUT', `/api/orders/${id}`, { lines })
    const { holdId } = answer.json.check as { holdId: string }
    return `/api/holds/${party}/${holdId}`
  }
  const first = await enlarge('2000.00')
  assert.deepEqual(await holdState(first), ['open', '500.00'])
  await send('credit-manager', 'POST', `${first}/reject`, { reason: '不加量' })
  assert.deepEqual(await orderState(id), ['confirmed', '1500.00'])
  const second = await enlarge('1900.00')
  const released = await send('credit-manager', 'POST', `${second}/release`, { reason })
  assert.equal(released.status, 200, released.text)
  assert.deepEqual(await orderState(id), ['confirmed', '1900.00'])
})

test('a reservation of another system is released in part, in full, by room, or rejected', async () => {
  const party = await customer('1000.00')
  const ask = async (amount: string) => {
    const document = server.world.unique('ERP')
    const body = { party, document, amount, currency: 'CNY', mode: 'reserve' }
    const { holdId, reservation } = await server.world.call('POST', '/api/credit-checks', body)
    const { id } = reservation as { id: string }
    const state = async () => {
      const kept = await server.world.call('GET', `/api/reservations/${party}/${id}`)
      return [kept.state, kept.amount]
    }
    return { url: `/api/holds/${party}/${holdId}`, state }
  }
  const first = await ask('1500.00')
  assert.deepEqual(await first.state(), ['held', '1500.00'])
  const part = { reason, amount: '1100.00' }
  const released = await send('credit-manager', 'POST', `${first.url}/release`, part)
  assert.equal(released.status, 200, released.text)
  assert.deepEqual(await first.state(), ['open', '1100.00'])
  assert.deepEqual(await holdState(first.url), ['open', '400.00'])
  await send('credit-manager', 'POST', `${first.url}/release`, { reason })
  assert.deepEqual(await first.state(), ['open', '1500.00'])
  const [second, third] = [await ask('300.00'), await ask('400.00')]
  await send('credit-manager', 'POST', `${third.url}/reject`, { reason: '不行' })
  assert.deepEqual(await third.state(), ['released', '400.00'])
  await setLimit(party, '2000.00')
  await eventually(second.state, ['open', '300.00'])
  assert.deepEqual(await holdState(second.url), ['released', '300.00'])
})

test('a frozen account lets nothing pass until it is unfrozen', async () => {
  const party = await customer('1000.00')
  const { id, url } = await held(party, '1500.00')
  const status = `${await accountUrl(party)}/status`
  await server.world.call('PUT', status, { status: 'frozen', reason: '诉讼' })
  const answer = await send('credit-manager', 'POST', `${url}/release`, { reason })
  assert.equal(answer.status, 409, answer.text)
  assert.match(String(answer.json.detail), /frozen: unfreeze it/)
  await server.world.call('PUT', status, { status: 'open', reason: '结案' })
  const again = await send('credit-manager', 'POST', `${url}/release`, { reason })
  assert.equal(again.status, 200, again.text)
  assert.equal((await orderState(id))[0], 'confirmed')
})

test('of several releases in one call each has its own answer', async () => {
  const party = await customer('1000.00')
  const own = await held(party, '1100.00', { salesperson: 'credit-manager' })
  const other = await held(party, '1200.00')
  const body = { holds: [own.hold, other.hold], reason }
  const answer = await send('credit-manager', 'POST', '/api/hold-releases', body)
  assert.equal(answer.status, 200, answer.text)
  const items = answer.json.items as { problem: { kind: string } | null; release: Json | null }[]
  assert.deepEqual(
    items.map(({ problem, release }) => [problem?.kind ?? null, release?.outcome ?? null]),
    [
      ['forbidden', null],
      [null, 'released'],
    ],
  )
})
