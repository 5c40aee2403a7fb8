import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '#contract/role.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

test('a hold tells who looks at it up to how much they may release', async () => {
  const { world } = server
  const party = await world.newParty()
  const send = (role: Role, method: string, url: string, body?: unknown) =>
    server.send({ method, url, body, headers: server.as[role] })
  const made = await send('sales', 'POST', '/api/orders', {
    ...{ party, number: world.unique('SO'), currency: 'CNY' },
    lines: [{ item: '轴承', quantity: '1', unitPrice: '1500.00' }],
  })
  const { id } = made.json.order as { id: string }
  const confirmed = await send('sales', 'POST', `/api/orders/${id}/confirm`)
  const { holdId } = confirmed.json.check as { holdId: string | null }
  assert.ok(holdId, confirmed.text)
  const common = { currency: 'CNY', frozen: null, able: ['admin', 'credit-manager'] }
  const cases = [
    ['credit-manager', { role: 'credit-manager', upTo: '5000000.00', isOwn: false }],
    ['sales', { role: 'sales', upTo: '0.00', isOwn: true }],
    ['admin', { role: 'admin', upTo: null, isOwn: false }],
  ] as const
  for (const [role, expected] of cases) {
    const file = await send(role, 'GET', `/api/holds/${party}/${holdId}`)
    assert.deepEqual(file.json.authority, { ...common, ...expected })
    assert.equal(file.json.documentAmount, '1500.00')
  }
})
