import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRefusal } from '#contract/problem.ts'
import { type Permission, permissions } from '#contract/role.ts'
import { allRoutes } from '#server/rooms.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'
import { createApiKey } from '#server/user/create-api-key.ts'

type Json = Readonly<Record<string, unknown>>

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const make = (body: Json, headers: Readonly<Record<string, string>> = server.as.admin) =>
  server.send({ method: 'POST', url: '/api/keys', body, headers })

async function keyWith(...may: Permission[]): Promise<{ id: string; authorization: string }> {
  const { json } = await make({ name: 'narrow', permissions: may })
  return { id: String(json.id), authorization: `Bearer ${json.token}` }
}

test('a key with permissions may exactly those, on every route', async () => {
  const { authorization } = await keyWith('check:run', 'party:read')
  for (const route of allRoutes) {
    if (route.access === 'public' || route.access === 'signed-in') continue
    const reply = await server.send({
      method: route.method,
      url: route.path.replace(/:\w+/g, '01900000-0000-7000-8000-000000000000'),
      headers: { authorization },
      ...(route.body === undefined ? {} : { body: {} }),
    })
    const isOpen = route.access === 'check:run' || route.access === 'party:read'
    assert.equal(reply.status !== 403, isOpen, `${route.method} ${route.path}: ${reply.text}`)
  }
  const { json } = await server.send({ method: 'GET', url: '/api/me', headers: { authorization } })
  assert.deepEqual([json.roles, json.permissions], [[], ['party:read', 'check:run']])
})

test('a key sees contact data masked and releases nothing unless roles say otherwise', async () => {
  const partyId = await server.world.newParty()
  await server.world.call('POST', `/api/parties/${partyId}/contacts`, {
    name: '李四',
    phone: '13812345678',
  })
  const { authorization } = await keyWith('party:read')
  const url = `/api/parties/${partyId}`
  const reply = await server.send({ method: 'GET', url, headers: { authorization } })
  assert.equal(reply.status, 200)
  assert.ok(!reply.text.includes('13812345678'))
})

const wrong: readonly (readonly [Json, string, RegExp])[] = [
  [{}, 'invalid-input', /^roles, permissions: /],
  [{ roles: ['sales'], permissions: ['party:read'] }, 'invalid-input', /^roles, permissions: /],
  [{ permissions: [] }, 'invalid-input', /permissions/],
  [{ permissions: ['party:own'] }, 'invalid-input', /permissions/],
  [{ permissions: ['user:admin'] }, 'invalid-input', /^permissions: who administers/],
  [{ roles: ['sales'], expiresOn: '2020-01-01' }, 'invalid-input', /^expiresOn: /],
]

for (const [scope, kind, detail] of wrong) {
  test(`a key with ${JSON.stringify(scope)} is refused`, async () => {
    const reply = await make({ name: 'wrong', ...scope })
    assert.equal(reply.json.kind, kind, reply.text)
    assert.match(String(reply.json.detail), detail)
  })
}

test('nobody makes a key that may more than they may themselves', async () => {
  const context = server.database.context('admin')
  const narrow = { ...context.actor, permissions: ['user:admin', 'party:read'] as const }
  const by = { ...context, actor: narrow }
  const more = await createApiKey(by, { name: 'more', permissions: ['party:read', 'hold:release'] })
  assert.ok(isRefusal(more) && more.refused.kind === 'forbidden')
  const zh = '不能授予自己没有的权限：hold:release。'
  assert.deepEqual(more.refused.facts, { permissions: ['hold:release'], zh })
  const roles = await createApiKey(by, { name: 'more', roles: ['viewer'] })
  assert.ok(isRefusal(roles) && roles.refused.kind === 'forbidden')
  assert.ok(!isRefusal(await createApiKey(by, { name: 'same', permissions: ['party:read'] })))
})

test('a key without the right to make keys makes none, whatever else it may', async () => {
  const { authorization } = await keyWith(...permissions.filter((one) => one !== 'user:admin'))
  const reply = await make({ name: 'child', permissions: ['party:read'] }, { authorization })
  assert.equal(reply.json.kind, 'forbidden')
})

test('the list tells what each key may and when it was last used', async () => {
  const { id, authorization } = await keyWith('party:read')
  const listed = async () => {
    const { json } = await server.send({
      method: 'GET',
      url: '/api/keys',
      headers: server.as.admin,
    })
    return (json.items as Json[]).find((key) => key.id === id)
  }
  const before = await listed()
  assert.deepEqual(
    [before?.permissions, before?.roles, before?.lastUsedAt],
    [['party:read'], [], null],
  )
  await server.send({ method: 'GET', url: '/api/parties', headers: { authorization } })
  for (let waitedMs = 0; waitedMs < 5000; waitedMs += 20) {
    if ((await listed())?.lastUsedAt !== null) return
    await sleep(20)
  }
  assert.fail('the use of the key was not noted')
})

test('a key is over on the day that it ends', async () => {
  const { json } = await make({
    name: 'short',
    permissions: ['party:read'],
    expiresOn: '2999-01-01',
  })
  const headers = { authorization: `Bearer ${json.token}` }
  const call = async () =>
    (await server.send({ method: 'GET', url: '/api/parties', headers })).status
  assert.equal(await call(), 200)
  await server.database.db.pool.query(`
    begin; set local session_replication_role = replica;
    update "user".api_key set expires_at = now() where name = 'short'; commit`)
  assert.equal(await call(), 401)
})
