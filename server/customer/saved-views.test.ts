import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { SavedView } from '#contract/customer.ts'
import type { Role } from '#contract/role.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const view = { page: 'customers', name: '逾期', query: 'overdue=true', isShared: false }
const ask = (role: Role, method: string, url: string, body?: unknown) =>
  server.send({ method, url, headers: server.as[role], ...(body === undefined ? {} : { body }) })
const viewsOf = async (role: Role) =>
  (await ask(role, 'GET', '/api/views?page=customers')).json.items as SavedView[]

test('a view is its owner’s until it is shared, and stays theirs to change', async () => {
  const made = await ask('sales', 'POST', '/api/views', view)
  assert.equal(made.status, 200, made.text)
  const url = `/api/views/${String(made.json.id)}`
  const change = { name: '逾期', query: 'overdue=true&sort=overdue', isShared: true }
  assert.deepEqual(await viewsOf('viewer'), [])
  assert.equal((await ask('viewer', 'PUT', url, change)).status, 404)
  assert.equal((await ask('sales', 'PUT', url, change)).status, 200)
  const [seen] = await viewsOf('viewer')
  assert.deepEqual([seen?.query, seen?.isMine, seen?.mayChange], [change.query, false, false])
  const refused = await ask('viewer', 'PUT', url, change)
  assert.equal(refused.status, 403)
  assert.match(String(refused.json.detail), /sales/)
  assert.equal((await ask('viewer', 'DELETE', url)).status, 403)
  assert.equal((await viewsOf('admin'))[0]?.mayChange, true)
  assert.equal((await ask('admin', 'DELETE', url)).status, 200)
  assert.deepEqual(await viewsOf('sales'), [])
})

test('what is no view is refused by its field', async () => {
  const cases: [change: object, status: number, told: RegExp][] = [
    [{ query: '?overdue=true' }, 400, /query/],
    [{ query: 'x'.repeat(2001) }, 400, /query/],
    [{ name: ' x' }, 400, /name/],
    [{ page: 'elsewhere' }, 400, /page/],
    [{}, 200, /./],
    [{}, 409, /name: there is a view/],
  ]
  for (const [change, status, told] of cases) {
    const reply = await ask('accountant', 'POST', '/api/views', { ...view, ...change })
    assert.equal(reply.status, status, reply.text)
    if (status > 200) assert.match(String(reply.json.detail), told)
  }
})
