import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const line = { item: '轴承', quantity: '10', unitPrice: '12.50' }

async function send(method: string, url: string, body?: unknown, key?: string) {
  const headers = { ...server.as.sales, ...(key === undefined ? {} : { 'idempotency-key': key }) }
  return server.send({ method, url, headers, ...(body === undefined ? {} : { body }) })
}

const countOrders = async () => {
  const found = await server.database.db.pool.query(
    'select (select count(*) from "order".sales_order) + (select count(*) from audit.entry) as n',
  )
  return Number(found.rows[0]?.n)
}

test('a bad request is a problem with its field, and nothing is written', async () => {
  const party = await server.world.newParty()
  const good = { party, currency: 'CNY', lines: [line] }
  const zeroLine = { ...line, quantity: '0' }
  const rows: readonly [string, object, number, RegExp][] = [
    ['a negative quantity', { lines: [{ ...line, quantity: '-1' }] }, 400, /quantity/],
    ['a negative price', { lines: [{ ...line, unitPrice: '-1' }] }, 400, /unitPrice/],
    ['an absurd quantity', { lines: [{ ...line, quantity: '9'.repeat(40) }] }, 400, /quantity/],
    [
      'an absurd amount',
      { lines: [{ ...line, quantity: '9'.repeat(12), unitPrice: '9'.repeat(12) }] },
      400,
      /larger than any order/,
    ],
    ['no lines', { lines: [] }, 400, /lines/],
    ['an unknown party', { party: '无此公司' }, 404, /无此公司/],
    ['an unknown currency', { currency: 'QQQ' }, 400, /QQQ/],
    ['a currency in small letters', { currency: 'cny' }, 400, /currency/],
    ['an unknown field', { amount: '5' }, 400, /amount|additional/],
    ['a day that there is not', { requestedOn: '2026-02-30' }, 400, /requestedOn/],
    ['a priority of 10', { priority: 10 }, 400, /priority/],
    ['the row and the field in Chinese', { lines: [line, zeroLine] }, 400, /明细第 2 行的数量/],
    ['a body of ten megabytes', { note: '长'.repeat(3_500_000) }, 413, /large/],
  ]
  const before = await countOrders()
  for (const [what, change, status, detail] of rows) {
    const reply = await send('POST', '/api/orders', { ...good, ...change })
    assert.equal(reply.status, status, `${what}: ${reply.text.slice(0, 300)}`)
    assert.match(reply.text, detail, what)
    assert.match(String(reply.headers['content-type']), /^application\/problem\+json/, what)
  }
  assert.equal(await countOrders(), before)
})

test('a currency without a rate is refused by the gate, and the order stays a draft', async () => {
  const party = await server.world.newParty()
  const order = { party, currency: 'KES', lines: [line] }
  const { id } = await created(order)
  const reply = await send('POST', `/api/orders/${id}/confirm`)
  assert.equal(reply.status, 409, reply.text)
  assert.match(reply.text, /no-exchange-rate/)
  assert.equal((await send('GET', `/api/orders/${id}`)).json.state, 'draft')
})

test('a repeated key gives the first reply, and none for another body', async () => {
  const party = await server.world.newParty()
  const order = { party, currency: 'CNY', lines: [line] }
  const first = await send('POST', '/api/orders', order, 'order-once')
  const again = await send('POST', '/api/orders', order, 'order-once')
  assert.deepEqual(again.json, first.json)
  const other = await send('POST', '/api/orders', { ...order, priority: 1 }, 'order-once')
  assert.equal(other.status, 422, other.text)
})

test('a closed order lets nobody deliver, amend or confirm it', async () => {
  const party = await server.world.newParty()
  const { id } = await created({ party, currency: 'CNY', terms: 'prepaid', lines: [line] })
  await server.world.call('POST', `/api/orders/${id}/confirm`)
  await server.world.call('POST', `/api/orders/${id}/close`, {})
  const acts: readonly [string, string, object | undefined][] = [
    ['POST', `/api/orders/${id}/confirm`, undefined],
    ['POST', `/api/orders/${id}/deliveries`, {}],
    ['POST', `/api/orders/${id}/returns`, { delivery: 'D-1', reason: '退货' }],
    ['PUT', `/api/orders/${id}`, { lines: [line] }],
    ['POST', `/api/orders/${id}/cancel`, { reason: '取消' }],
  ]
  for (const [method, url, body] of acts) {
    const reply = await send(method, url, body)
    assert.equal(reply.status, 409, `${method} ${url}: ${reply.text}`)
    assert.match(reply.text, /is closed.*reopen it first/)
    assert.match(String(reply.json.zh), /的状态是“已关闭”，不能.+：先重新打开订单。$/)
  }
  assert.equal((await send('GET', `/api/orders?after=nonsense`)).status, 400)
})

async function created(order: object): Promise<{ readonly id: string }> {
  const reply = await server.world.call('POST', '/api/orders', order)
  return reply.order as { readonly id: string }
}
