import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { maskSecrets } from '#server/audit/mask-secrets.ts'
import { sealEverything } from '#server/audit/testing.ts'
import { verifyAudit } from '#server/audit/verify-audit.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

type Json = Readonly<Record<string, unknown>>

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const read = async (url: string, cookie: string) => {
  const reply = await server.send({ method: 'GET', url, headers: { cookie } })
  assert.equal(reply.status, 200, JSON.stringify(reply.json))
  return reply.json
}

const entries = async (query: string, cookie: string) =>
  (await read(`/api/audit/entries?${query}`, cookie)).items as Json[]

test('a changed password shows that it changed, and neither its old nor its new hash', async () => {
  const { cookie, password } = await server.world.signIn()
  await server.send({
    method: 'PUT',
    url: '/api/me/password',
    body: { current: password, next: 'another password of mine' },
    headers: { cookie },
  })
  const admin = await server.world.signIn()
  const [entry] = await entries('command=password.change&limit=1', admin.cookie)
  const { items } = await read(`/api/audit/entries/${entry?.id}/changes`, admin.cookie)
  const text = JSON.stringify(items)
  assert.match(text, /"password_hash":\["••••••","••••••"\]/)
  assert.doesNotMatch(text, /scrypt|\\\\x/)
  await sealEverything(server.database.db)
  assert.deepEqual((await verifyAudit(server.database.db)).findings, [])
})

test('no column that holds a secret is missing from what is masked', async () => {
  const columns = await server.database.db.rows(sql<{ relation: string; column: string }>`
    select w.relation, c.column_name as "column"
    from audit.watched w
    join information_schema.columns c on c.table_schema || '.' || c.table_name = w.relation
    where c.table_schema = 'user' and c.data_type in ('text', 'bytea')
      and c.column_name ~ 'secret|hash|password'`)
  assert.ok(columns.length >= 6)
  for (const { relation, column } of columns) {
    const masked = maskSecrets(relation, { row: { [column]: ['before', 'after'] } })
    assert.doesNotMatch(JSON.stringify(masked), /before|after/, `${relation} ${column}`)
  }
})

test('the trail is searched by part of a name, the beginning of a command and days', async () => {
  const { cookie } = await server.world.signIn()
  const today = server.world.dayFromToday(0)
  const [newest] = await entries('command=person.create&limit=1', cookie)
  const part = encodeURIComponent(String(newest?.actorName).slice(1).toUpperCase())
  const found = await entries(`who=${part}&command=person.`, cookie)
  assert.ok(found.length > 0)
  for (const { command } of found) assert.match(String(command), /^person\./)
  assert.deepEqual(await entries(`who=${encodeURIComponent('nobody at all')}`, cookie), [])
  assert.ok((await entries(`from=${today}&to=${today}`, cookie)).length > 0)
  assert.deepEqual(await entries('to=2020-01-01', cookie), [])
  assert.deepEqual(await entries('from=2100-01-01', cookie), [])
})

test('pages follow each other and the last one says so', async () => {
  const { cookie } = await server.world.signIn()
  const seen: unknown[] = []
  let next: unknown = null
  do {
    const after = next === null ? '' : `&after=${next}`
    const page = await read(`/api/audit/entries?limit=7${after}`, cookie)
    seen.push(...(page.items as Json[]).map(({ id }) => id))
    next = page.next
  } while (next !== null)
  const all = await server.database.db.row(sql<{ n: number }>`
    select count(*)::int as n from audit.entry`)
  assert.deepEqual([new Set(seen).size, seen.length], [all?.n, all?.n])
})
