import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { openTestServer, type TestServer } from '#server/testing-http.ts'
import { createAttemptLimit } from '#server/user/attempt-limit.ts'

type Json = Readonly<Record<string, unknown>>

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const send = (method: string, url: string, cookie: string, body?: unknown) =>
  server.send({ method, url, body, headers: { cookie, 'user-agent': 'a test' } })

const isIn = async (cookie: string) => (await send('GET', '/api/me', cookie)).status === 200

async function signInAgain(of: { login: string; password: string }): Promise<string> {
  const { login, password } = of
  const reply = await send('POST', '/api/session', '', { login, password })
  return String(reply.headers['set-cookie']).split(';')[0] ?? ''
}

const sessions = async (cookie: string) =>
  (await send('GET', '/api/me/sessions', cookie)).json.items as Json[]

test('one sees where one is signed in, which session this is, and when each was last seen', async () => {
  const person = await server.world.signIn()
  await signInAgain(person)
  const seen = await sessions(person.cookie)
  assert.deepEqual(
    seen.map(({ isCurrent, method, agent, secondFactor }) => [
      isCurrent,
      method,
      agent,
      secondFactor,
    ]),
    [
      [false, 'password', 'a test', null],
      [true, 'password', 'lightMyRequest', null],
    ],
  )
  for (const { createdAt, lastSeenAt } of seen) assert.ok(String(lastSeenAt) >= String(createdAt))
})

test('one signs out everywhere else, or everywhere', async () => {
  const person = await server.world.signIn()
  const second = await signInAgain(person)
  const others = await send('DELETE', '/api/me/sessions?keep-current=true', person.cookie)
  assert.deepEqual(others.json, { ended: 1 })
  assert.deepEqual([await isIn(person.cookie), await isIn(second)], [true, false])
  const third = await signInAgain(person)
  assert.deepEqual((await send('DELETE', '/api/me/sessions', person.cookie)).json, { ended: 2 })
  assert.deepEqual([await isIn(person.cookie), await isIn(third)], [false, false])
})

test('an administrator sees and ends the sessions of others, and nobody else does', async () => {
  const admin = await server.world.signIn()
  const person = await server.world.signIn()
  const id = String((await send('GET', '/api/me', person.cookie)).json.id)
  const second = await signInAgain(person)
  const url = `/api/persons/${id}/sessions`
  const seen = (await send('GET', url, admin.cookie)).json.items as Json[]
  assert.deepEqual(
    seen.map(({ isCurrent }) => isCurrent),
    [false, false],
  )
  const own = (await sessions(admin.cookie))[0]?.id
  assert.equal((await send('DELETE', `${url}/${own}`, admin.cookie)).status, 404, 'of another one')
  assert.equal((await send('DELETE', `${url}/${seen[0]?.id}`, admin.cookie)).status, 200)
  assert.deepEqual([await isIn(person.cookie), await isIn(second)], [true, false])
  const foreign = await send('DELETE', `/api/me/sessions/${own}`, person.cookie)
  assert.equal(foreign.status, 404)
  assert.deepEqual((await send('DELETE', url, admin.cookie)).json, { ended: 1 })
  assert.deepEqual([await isIn(person.cookie), await isIn(admin.cookie)], [false, true])
})

test('a session ends when nobody was seen for long, and at its latest hour', async () => {
  const person = await server.world.signIn()
  const set = (body: Json) => server.world.call('PUT', '/api/sign-in-settings', body)
  const settings = { secondFactorDemanded: false, sessionIdleMinutes: 30, sessionHours: 12 }
  await set(settings)
  assert.ok(await isIn(person.cookie))
  await server.database.db.pool.query(
    `update "user".session_use set seen_at = now() - interval '31 min'`,
  )
  assert.ok(!(await isIn(person.cookie)))
  await set({ ...settings, sessionIdleMinutes: 60 })
  assert.ok(await isIn(person.cookie), 'settings count at once')
  await set({ ...settings, sessionHours: 2 })
  const reply = await send('POST', '/api/session', '', {
    login: person.login,
    password: person.password,
  })
  assert.match(String(reply.headers['set-cookie']), /Max-Age=7200/)
  await server.database.withoutTriggers(
    sql`update "user".session set expires_at = now() - interval '1 s'`,
  )
  assert.ok(!(await isIn(person.cookie)))
})

test('settings out of their bounds are refused with the field', async () => {
  const body = { secondFactorDemanded: false, sessionIdleMinutes: 4, sessionHours: 12 }
  const url = '/api/sign-in-settings'
  const reply = await server.send({ method: 'PUT', url, body, headers: server.as.admin })
  assert.match(String(reply.json.detail), /^sessionIdleMinutes/)
})

test('one login guessed at from everywhere, and one address guessing, are both stopped', async () => {
  const most = { pair: createAttemptLimit(2), login: createAttemptLimit(3) }
  const take = (login: string, address: string) =>
    most.pair.take(`${login} ${address}`) && most.login.take(login)
  assert.deepEqual(
    ['a', 'a', 'a', 'b', 'c'].map((address) => take('li', address)),
    [true, true, false, true, false],
  )
  most.login.giveBack('li')
  most.login.giveBack('li')
  assert.ok(most.login.take('li'))
})

test('many guesses at once gain nothing over one after another', async () => {
  const { login } = await server.world.signIn()
  const replies = await Promise.all(
    Array.from({ length: 14 }, () =>
      send('POST', '/api/session', '', { login, password: 'a guess at it' }),
    ),
  )
  const kinds = replies.map(({ json }) => json.kind)
  assert.equal(kinds.filter((kind) => kind === 'wrong-credentials').length, 10)
  assert.equal(kinds.filter((kind) => kind === 'too-many-attempts').length, 4)
})

test('a flood of made-up logins does not wipe out a count', () => {
  const limit = createAttemptLimit(1)
  limit.take('first')
  for (let i = 0; i < 40_000; i++) limit.take(`flood ${i}`)
  assert.ok(!limit.take('first'))
})

test('what I am tells my permissions and choices; a key has no choices', async () => {
  const { cookie, login } = await server.world.signIn()
  assert.equal((await send('PUT', '/api/me', cookie, { language: 'en' })).status, 200)
  const { json } = await send('GET', '/api/me', cookie)
  assert.deepEqual(
    [
      json.kind,
      (json.person as Json).login,
      json.name,
      json.language,
      json.passwordIsInitial,
      json.withheld,
    ],
    ['person', login, login, 'en', false, []],
  )
  assert.ok((json.permissions as string[]).includes('user:admin'))
  assert.equal((await send('PUT', '/api/me', cookie, { language: 'fr' })).status, 400)
  assert.equal((await send('PUT', '/api/me', cookie, { language: 'en', name: 'x' })).status, 400)
  const headers = server.as.viewer
  const key = (await server.send({ method: 'GET', url: '/api/me', headers })).json
  assert.deepEqual([key.kind, key.roles, key.secondFactor], ['key', ['viewer'], null])
  const body = { language: 'en' }
  const refused = await server.send({ method: 'PUT', url: '/api/me', body, headers })
  assert.equal(refused.json.kind, 'wrong-state')
})
