import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ProblemKind, problems } from '#contract/problem.ts'
import { allRoutes } from '#server/rooms.ts'
import { openTestServer, type Reply, type TestServer } from '#server/testing-http.ts'

let server: TestServer
let admin: Readonly<Record<string, string>>
before(async () => {
  server = await openTestServer()
  admin = server.as.admin
})
after(() => server.close())

function assertProblem(reply: Reply, kind: ProblemKind): void {
  const { status, en } = problems[kind]
  assert.equal(reply.json.kind, kind, reply.text)
  assert.equal(reply.status, status)
  assert.equal(reply.headers['content-type'], 'application/problem+json')
  assert.equal(reply.json.title, en)
  assert.equal(reply.json.status, status)
  assert.equal(reply.json.type, `/problems/${kind}`)
  assert.match(String(reply.json.detail), /^\S.+[.?]$/)
  assert.match(String(reply.json.instance), /^[0-9a-f]{8}-[0-9a-f]{4}-7/)
}

const rate = { from: 'USD', to: 'CNY', rateOn: '2026-11-23', rate: '7.1052' }

const refused: readonly (readonly [string, ProblemKind, Parameters<TestServer['send']>[0]])[] = [
  ['no credentials', 'not-signed-in', { method: 'GET', url: '/api/me', headers: {} }],
  ['an unknown URL', 'not-found', { method: 'GET', url: '/api/nothing' }],
  ['an unknown method', 'not-found', { method: 'PATCH', url: '/api/company' }],
  ['no body', 'invalid-input', { method: 'POST', url: '/api/exchange-rates' }],
  ['a body of another shape', 'invalid-input', { method: 'PUT', url: '/api/company', body: [] }],
  ['an id that is none', 'invalid-input', { method: 'GET', url: '/api/jobs/7' }],
  ['an unknown parameter', 'invalid-input', { method: 'GET', url: '/api/audit/entries?x=1' }],
  [
    'a use case that refuses',
    'invalid-input',
    { method: 'PUT', url: '/api/company', body: { timeZone: 'Mars/Olympus' } },
  ],
  [
    'a wrong password',
    'wrong-credentials',
    {
      method: 'POST',
      url: '/api/session',
      body: { login: 'nobody', password: 'wrong' },
      headers: {},
    },
  ],
  [
    'a body of 10 MB',
    'body-too-large',
    { method: 'PUT', url: '/api/company', body: { name: 'x'.repeat(10_000_000) } },
  ],
  [
    'an absent thing',
    'not-found',
    { method: 'GET', url: '/api/jobs/01900000-0000-7000-8000-000000000000' },
  ],
]

for (const [name, kind, request] of refused) {
  test(`${name} is answered with the problem ${kind}`, async () => {
    assertProblem(await server.send({ headers: admin, ...request }), kind)
  })
}

test('a broken JSON body is invalid input, not a failure', async () => {
  const reply = await server.http.inject({
    method: 'PUT',
    url: '/api/company',
    headers: { ...admin, 'content-type': 'application/json' },
    payload: '{"name": ',
  })
  assert.equal(reply.statusCode, 400)
  assert.equal(reply.json().kind, 'invalid-input')
})

test('a body of another type is not guessed at', async () => {
  const reply = await server.http.inject({
    method: 'PUT',
    url: '/api/company',
    headers: { ...admin, 'content-type': 'application/xml' },
    payload: '<name>甲</name>',
  })
  assert.equal(reply.statusCode, 415)
  assert.equal(reply.json().kind, 'unsupported-media-type')
})

test('titles are in the language that the caller asks for', async () => {
  const headers = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' }
  const reply = await server.send({ method: 'GET', url: '/api/me', headers })
  assert.equal(reply.json.title, problems['not-signed-in'].zh)
})

test('an unknown field in a body is named, and so is a missing or wrong one', async () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [{ rates: [{ ...rate, colour: 'red' }] }, 'rates.0.colour'],
    [{ rates: [rate], why: 1 }, 'why'],
    [{ rates: [{ from: 'USD', to: 'CNY', rateOn: '2026-11-23' }] }, 'rates.0.rate'],
    [{ rates: [{ ...rate, rateOn: '2026-02-30' }] }, 'rates.0.rateOn'],
  ]
  for (const [body, field] of cases) {
    const reply = await server.send({
      method: 'POST',
      url: '/api/exchange-rates',
      body,
      headers: admin,
    })
    assertProblem(reply, 'invalid-input')
    const errors = reply.json.errors as { field: string }[]
    assert.ok(
      errors.some((error) => error.field === field),
      `${field} in ${reply.text}`,
    )
    assert.ok(String(reply.json.detail).includes(field), reply.text)
  }
})

test('a session may write from its own page only; a key has no page', async () => {
  const { cookie } = await server.world.signIn()
  const write = (headers: Record<string, string>) =>
    server.send({ method: 'PUT', url: '/api/company', body: { name: '甲' }, headers })
  const host = 'xinheng.example'
  for (const origin of ['https://evil.example', 'http://xinheng.example.evil', 'null']) {
    assertProblem(await write({ cookie, host, origin }), 'forbidden')
  }
  assert.equal((await write({ cookie, host, origin: 'https://xinheng.example' })).status, 200)
  assert.equal((await write({ cookie, host })).status, 200)
  assert.equal((await write({ ...admin, host, origin: 'https://evil.example' })).status, 200)
  const signIn = await server.send({
    method: 'POST',
    url: '/api/session',
    body: { login: 'a', password: 'b' },
    headers: { host, origin: 'https://evil.example' },
  })
  assertProblem(signIn, 'forbidden')
})

test('the cookie of a session is out of the reach of scripts and other sites', async () => {
  const { login, password } = await server.world.signIn()
  const reply = await server.send({
    method: 'POST',
    url: '/api/session',
    body: { login, password },
  })
  const attributes = String(reply.headers['set-cookie']).split('; ')
  for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/']) {
    assert.ok(attributes.includes(attribute), attribute)
  }
})

test('a session ends where it is ended, where its person is barred and after a new password', async () => {
  const stillIn = async (cookie: string) =>
    (await server.send({ method: 'GET', url: '/api/me', headers: { cookie } })).status
  const first = await server.world.signIn()
  assert.equal(await stillIn(first.cookie), 200)
  await server.send({ method: 'DELETE', url: '/api/session', headers: { cookie: first.cookie } })
  assert.equal(await stillIn(first.cookie), 401)
  const second = await server.world.signIn()
  const body = { current: second.password, next: 'another long password' }
  const headers = { cookie: second.cookie }
  const wrong = { ...body, current: 'not the password' }
  const tried = await server.send({ method: 'PUT', url: '/api/me/password', body: wrong, headers })
  assertProblem(tried, 'wrong-credentials')
  assert.equal(await stillIn(second.cookie), 200)
  await server.send({ method: 'PUT', url: '/api/me/password', body, headers })
  assert.equal(await stillIn(second.cookie), 401)
})

test('a revoked key opens nothing', async () => {
  const body = { name: 'short', roles: ['viewer'] }
  const made = await server.send({ method: 'POST', url: '/api/keys', body, headers: admin })
  const headers = { authorization: `Bearer ${String(made.json.token)}` }
  assert.equal((await server.send({ method: 'GET', url: '/api/me', headers })).status, 200)
  const url = `/api/keys/${String(made.json.id)}`
  await server.send({ method: 'DELETE', url, headers: admin })
  assertProblem(await server.send({ method: 'GET', url: '/api/me', headers }), 'not-signed-in')
})

test('the same key with the same body is answered alike and carried out once', async () => {
  const headers = { ...admin, 'idempotency-key': 'once' }
  const body = { rates: [{ ...rate, source: 'once' }] }
  const send = (of: unknown) =>
    server.send({ method: 'POST', url: '/api/exchange-rates', body: of, headers })
  const before = await entryCount('exchange-rate.set')
  const first = await send(body)
  assert.equal(first.status, 200, first.text)
  const second = await send(body)
  assert.deepEqual([second.status, second.text], [first.status, first.text])
  assert.equal(await entryCount('exchange-rate.set'), before + 1)
  assertProblem(await send({ rates: [{ ...rate, rate: '8' }] }), 'idempotency-key-reused')
  const elsewhere = { method: 'PUT', url: '/api/company', body: { name: '乙' }, headers }
  assertProblem(await server.send(elsewhere), 'idempotency-key-reused')
  const tooLong = { ...admin, 'idempotency-key': 'x'.repeat(256) }
  assertProblem(await server.send({ ...elsewhere, headers: tooLong }), 'invalid-input')
})

test('a dry run tells the outcome and keeps nothing', async () => {
  const shown = await server.send({ method: 'GET', url: '/api/company', headers: admin })
  const before = await entryCount('company.change')
  const url = '/api/company?dry-run=true'
  const tried = { method: 'PUT', url, body: { name: '只是试试' }, headers: admin }
  const reply = await server.send(tried)
  assert.equal(reply.status, 200, reply.text)
  assert.equal(reply.json.name, '只是试试')
  const after = await server.send({ method: 'GET', url: '/api/company', headers: admin })
  assert.deepEqual(after.json, shown.json)
  assert.equal(await entryCount('company.change'), before)
})

test('a failure inside tells nothing of itself but an id to look it up by', async () => {
  await server.database.db.pool.query('alter table company.exchange_rate rename to gone')
  try {
    const reply = await server.send({
      method: 'GET',
      url: '/api/exchange-rates',
      headers: admin,
    })
    assertProblem(reply, 'internal-error')
    assert.ok(String(reply.json.detail).includes(String(reply.json.instance)))
    assert.ok(!reply.text.includes('exchange_rate'), reply.text)
  } finally {
    await server.database.db.pool.query('alter table company.gone rename to exchange_rate')
  }
})

test('/api/openapi.json lists every route with summary, tag and security', async () => {
  const reply = await server.send({ method: 'GET', url: '/api/openapi.json' })
  assert.equal(reply.status, 200)
  assert.match(String(reply.json.openapi), /^3\.1\./)
  const paths = reply.json.paths as Record<string, Record<string, Operation>>
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const expected = allRoutes
    .filter((route) => route.path.startsWith('/api/'))
    .map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`)
  assert.deepEqual(listed.sort(), expected.sort())
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method} ${path}`
      assert.match(operation.summary ?? '', /^[A-Z].{4,}[^.]$/, name)
      assert.equal(operation.tags?.length, 1, name)
      assert.ok(Array.isArray(operation.security), name)
      assert.ok(Object.keys(operation.responses ?? {}).length > 0, name)
      for (const [, parameter = ''] of path.matchAll(/\{(\w+)\}/g)) {
        const named = operation.parameters?.some((p) => p.in === 'path' && p.name === parameter)
        assert.ok(named, `${name} declares ${parameter}`)
      }
    }
  }
})

test('OpenAPI refers to nothing that is not there', async () => {
  const reply = await server.send({ method: 'GET', url: '/api/openapi.json' })
  for (const [, pointer = ''] of reply.text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    let found: unknown = reply.json
    for (const part of pointer.split('/')) found = (found as Record<string, unknown>)?.[part]
    assert.ok(found !== undefined, pointer)
  }
})

test('the reference page answers, with rules for what it may load', async () => {
  const reply = await server.send({ method: 'GET', url: '/api/reference/' })
  assert.equal(reply.status, 200)
  assert.match(String(reply.headers['content-type']), /^text\/html/)
  assert.match(String(reply.headers['content-security-policy']), /default-src 'self'/)
  const hosts = [...reply.text.matchAll(/(?:src|href)="(https?:\/\/[^"]+)"/g)].map(([, to]) => to)
  assert.deepEqual(hosts, [], 'it needs nothing from elsewhere')
})

type Operation = {
  summary?: string
  tags?: string[]
  security?: unknown[]
  responses?: Record<string, unknown>
  parameters?: { in: string; name: string }[]
}

async function entryCount(command: string): Promise<number> {
  const found = await server.database.db.pool.query(
    'select count(*)::int as n from audit.entry where command = $1',
    [command],
  )
  return found.rows[0].n
}
