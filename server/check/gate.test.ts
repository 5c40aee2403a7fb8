import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyExposure } from '#server/check/public.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

type Json = Readonly<Record<string, unknown>>

async function send(method: string, url: string, body?: unknown, headers: Json = {}) {
  return server.send({
    ...{ method, url, ...(body === undefined ? {} : { body }) },
    headers: { ...server.as.admin, ...(headers as Record<string, string>) },
  })
}

async function call(method: string, url: string, body?: unknown): Promise<Json> {
  const reply = await send(method, url, body)
  assert.ok(reply.status < 300, `${method} ${url}: ${reply.text}`)
  return reply.json
}

async function customer(limit: string, more: Json = {}): Promise<{ id: string; account: string }> {
  const { id } = await call('POST', '/api/parties', {
    ...{ name: server.world.unique('武汉泵业'), ...more },
  })
  const account = await call('POST', `/api/parties/${id}/credit-accounts`, { level: 'party' })
  await call('PUT', `/api/credit-accounts/${id}/${account.id}/limit`, {
    ...{ limit, currency: 'CNY', toOn: server.world.dayFromToday(90), reason: '授信' },
  })
  return { id: id as string, account: account.id as string }
}

const reserve = (party: string, document: string, amount: string) => ({
  ...{ party, document, amount, currency: 'CNY', mode: 'reserve' },
})

test('orders reserve until the limit is used up, and the next one is told what would help', async () => {
  const { id } = await customer('1000.00')
  const first = await call('POST', '/api/credit-checks', reserve(id, 'SO-1', '600.00'))
  assert.equal(first.outcome, 'approved')
  const second = await call('POST', '/api/credit-checks', reserve(id, 'SO-2', '600.00'))
  assert.equal(second.outcome, 'held')
  const again = await call('POST', '/api/credit-checks', reserve(id, 'SO-2', '400.00'))
  assert.notEqual(again.outcome, 'held')
  const found = await verifyExposure(server.database.db)
  assert.deepEqual(found.differences, [])
})
