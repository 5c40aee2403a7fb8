import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Role, roles } from '#contract/role.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'
import { codeOf, signInWithSecondFactor } from '#server/user/testing-second-factor.ts'

type Json = Readonly<Record<string, unknown>>

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const password = 'correct horse battery'
let made = 0

async function newPerson(...has: Role[]): Promise<string> {
  const login = `person${++made}`
  await server.world.call('POST', '/api/persons', { login, name: login, roles: has, password })
  return login
}

const send = (method: string, url: string, cookie: string, body?: unknown) =>
  server.send({ method, url, body, headers: { cookie } })

const signIn = (login: string, more: Json = {}) =>
  server.send({ method: 'POST', url: '/api/session', body: { login, password, ...more } })

async function cookieOf(login: string, more: Json = {}): Promise<string> {
  const reply = await signIn(login, more)
  assert.equal(reply.status, 200, reply.text)
  return String(reply.headers['set-cookie']).split(';')[0] ?? ''
}

const me = async (cookie: string) => (await send('GET', '/api/me', cookie)).json
const factorOf = async (cookie: string) => (await me(cookie)).secondFactor as Json

const demand = (secondFactorDemanded: boolean) =>
  server.send({
    method: 'PUT',
    url: '/api/sign-in-settings',
    body: { secondFactorDemanded, sessionIdleMinutes: 120, sessionHours: 12 },
    headers: server.as.admin,
  })

test('a second factor is begun with the password, confirmed by a code, and then asked for', async () => {
  const login = await newPerson('credit-manager')
  const cookie = await cookieOf(login)
  const elsewhere = await cookieOf(login)
  const begin = (body: Json) => send('POST', '/api/me/second-factor', cookie, body)
  assert.equal((await begin({})).json.kind, 'wrong-credentials')
  assert.equal((await begin({ password: 'guess' })).json.kind, 'wrong-credentials')
  const { secret, uri } = (await begin({ password })).json
  assert.equal(
    uri,
    `otpauth://totp/Xinheng:${login}?issuer=Xinheng&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  )
  assert.equal((await signIn(login)).status, 200, 'what is not confirmed locks nobody out')
  const confirm = (code: string) =>
    send('POST', '/api/me/second-factor/confirmation', cookie, { code })
  assert.equal((await confirm('abcdef')).json.kind, 'wrong-code')
  const used = codeOf(secret)
  const { recoveryCodes } = (await confirm(used)).json as { recoveryCodes: string[] }
  assert.equal(new Set(recoveryCodes).size, 10)
  assert.equal((await send('GET', '/api/me', elsewhere)).status, 401, 'other sessions ended')
  const { enrolledAt: _, ...rest } = await factorOf(cookie)
  assert.deepEqual(rest, { recoveryCodesLeft: 10, demanded: false, missing: false })

  assert.equal((await signIn(login)).json.kind, 'second-factor-needed')
  const wrong = await signIn(login, { password: 'guess', code: codeOf(secret, 1) })
  assert.equal(wrong.json.kind, 'wrong-credentials', 'a code does not stand for a password')
  assert.equal((await signIn(login, { code: used })).json.kind, 'wrong-code', 'used')
  const next = codeOf(secret, 1)
  await cookieOf(login, { code: `${next.slice(0, 3)} ${next.slice(3)}` })
  assert.equal((await signIn(login, { code: next })).json.kind, 'wrong-code', 'used again')
})

test('of many who give the same code at once, one comes in', async () => {
  const person = await signInWithSecondFactor(server.world)
  const body = { login: person.login, password: person.password, code: person.nextCode() }
  const replies = await Promise.all(
    Array.from({ length: 6 }, () => server.send({ method: 'POST', url: '/api/session', body })),
  )
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 422, 422, 422, 422, 422])
})

test('a recovery code opens once, however it is typed, and new ones end the old', async () => {
  const { login, cookie, recoveryCodes, ...person } = await signInWithSecondFactor(server.world)
  const [first = '', second = '', third = ''] = recoveryCodes
  const by = (code: string) => signIn(login, { password: person.password, code })
  const typed = `  ${first.replaceAll('-', ' ').toUpperCase()}`
  const opened = await by(typed)
  assert.equal(opened.status, 200, opened.text)
  assert.equal((await by(first)).json.kind, 'wrong-code')
  assert.equal((await factorOf(cookie)).recoveryCodesLeft, 9)
  const renew = (code: string) =>
    send('POST', '/api/me/second-factor/recovery-codes', cookie, { code })
  const renewed = (await renew(second)).json as { recoveryCodes: string[] }
  assert.equal((await by(third)).json.kind, 'wrong-code')
  assert.equal((await by(renewed.recoveryCodes[0] ?? '')).status, 200)
})

test('ten wrong codes close the door, from wherever and however they are sent', async () => {
  const person = await signInWithSecondFactor(server.world)
  const by = (code?: string) =>
    signIn(person.login, { password: person.password, ...(code ? { code } : {}) })
  const wrong = await Promise.all(Array.from({ length: 9 }, () => by('aaaaaaaa')))
  assert.ok(wrong.every(({ json }) => json.kind === 'wrong-code'))
  assert.equal((await by()).json.kind, 'second-factor-needed', 'and that forgives nothing')
  assert.equal((await by('aaaaaaaa')).json.kind, 'wrong-code')
  assert.equal((await by(person.nextCode())).json.kind, 'too-many-attempts')
  const { cookie } = person
  const removed = await send('POST', '/api/me/second-factor/removal', cookie, {
    code: person.nextCode(),
  })
  assert.equal(removed.json.kind, 'too-many-attempts')
})

test('a second factor is removed by a code, not by an open browser', async () => {
  const person = await signInWithSecondFactor(server.world)
  const remove = (code: string) =>
    send('POST', '/api/me/second-factor/removal', person.cookie, { code })
  assert.equal((await remove('123123')).json.kind, 'wrong-code')
  const again = await send('POST', '/api/me/second-factor', person.cookie, {
    password: person.password,
  })
  assert.equal(again.json.kind, 'wrong-state', 'nor is another one put over it')
  assert.equal((await remove(person.nextCode())).status, 200)
  assert.equal((await signIn(person.login, { password: person.password })).status, 200)
})

test('an administrator resets it; that ends all sessions and all recovery codes', async () => {
  const person = await signInWithSecondFactor(server.world)
  const url = `/api/persons/${person.id}/second-factor`
  const reset = () => server.send({ method: 'DELETE', url, headers: server.as.admin })
  const isListed = async () => {
    const { items } = await server.world.call('GET', '/api/second-factors')
    return (items as Json[]).some(({ personId }) => personId === person.id)
  }
  assert.ok(await isListed())
  assert.equal((await reset()).status, 200)
  assert.equal((await send('GET', '/api/me', person.cookie)).status, 401)
  assert.equal((await signIn(person.login, { password: person.password })).status, 200)
  assert.equal((await reset()).status, 404)
  assert.ok(!(await isListed()))
  const left = await server.database.db.pool.query(
    'select from "user".recovery_code where person_id = $1',
    [person.id],
  )
  assert.equal(left.rowCount, 0)
})

test('no secret is in the database or the trail as it is', async () => {
  const person = await signInWithSecondFactor(server.world)
  const kept = await server.database.db.pool.query(`
    select f::text as text from "user".second_factor f
    union all select r::text from "user".recovery_code r
    union all select e::text from audit.entry e union all select c::text from audit.change c
    union all select coalesce(reply::text, '') from platform.idempotency_key`)
  const secrets = [person.secret, ...person.recoveryCodes]
  const known = secrets.flatMap((secret) => [secret, secret.replaceAll('-', '')])
  const hex = known.map((secret) => Buffer.from(secret).toString('hex'))
  for (const { text } of kept.rows) {
    assert.ok([...known, ...hex].every((secret) => !text.includes(secret)))
  }
})

test('where it is demanded, who may release or administer does nothing of that without it', async () => {
  const login = await newPerson('credit-manager')
  const cookie = await cookieOf(login)
  const plain = await cookieOf(await newPerson('accountant'))
  const reject = () => send('POST', '/api/hold-releases', cookie, { items: [], reason: 'x' })
  assert.notEqual((await reject()).json.kind, 'second-factor-missing')
  try {
    assert.equal((await demand(true)).status, 200)
    const refused = await reject()
    assert.deepEqual(
      [refused.status, refused.json.kind, refused.json.permission],
      [403, 'second-factor-missing', 'hold:release'],
    )
    assert.match(String(refused.json.detail), /set one up in your account/)
    assert.equal((await send('GET', '/api/holds', cookie)).status, 200, 'the rest goes on')
    const known = await me(cookie)
    assert.deepEqual(known.withheld, ['exposure:limit', 'hold:release', 'policy:publish'])
    assert.deepEqual((known.secondFactor as Json).missing, true)
    assert.deepEqual(await factorOf(plain), {
      enrolledAt: null,
      recoveryCodesLeft: 0,
      demanded: false,
      missing: false,
    })

    const { secret } = (await send('POST', '/api/me/second-factor', cookie, { password })).json
    const code = codeOf(secret)
    await send('POST', '/api/me/second-factor/confirmation', cookie, { code })
    assert.notEqual((await reject()).json.kind, 'second-factor-missing', 'in the same session')
    const removal = await send('POST', '/api/me/second-factor/removal', cookie, {
      code: codeOf(secret, 1),
    })
    assert.equal(removal.json.kind, 'wrong-state')
  } finally {
    await demand(false)
  }
})

test('an administrator without a second factor cannot take the demand away', async () => {
  const { cookie } = await server.world.signIn()
  try {
    await demand(true)
    const body = { secondFactorDemanded: false, sessionIdleMinutes: 120, sessionHours: 12 }
    const reply = await send('PUT', '/api/sign-in-settings', cookie, body)
    assert.equal(reply.json.kind, 'second-factor-missing')
  } finally {
    await demand(false)
  }
})

for (const role of roles) {
  test(`every guarded route is closed to ${role} without the second factor, and only those`, async () => {
    const cookie = await cookieOf(await newPerson(role))
    const { guardedPermissions, may } = await import('#contract/role.ts')
    const { allRoutes } = await import('#server/rooms.ts')
    const guarded = allRoutes.filter(({ access }) =>
      guardedPermissions.some((one) => one === access && may([role], one)),
    )
    try {
      await demand(true)
      for (const route of guarded) {
        const url = route.path.replace(/:\w+/g, '01900000-0000-7000-8000-000000000000')
        const { json } = await send(route.method, url, cookie, route.body ? {} : undefined)
        assert.equal(json.kind, 'second-factor-missing', `${route.method} ${route.path}`)
      }
      assert.equal((await send('GET', '/api/holds', cookie)).status, 200)
    } finally {
      await demand(false)
    }
  })
}

test('a key has no second factor and is not asked for one', async () => {
  const url = '/api/me/second-factor'
  const reply = await server.send({ method: 'POST', url, body: {}, headers: server.as.admin })
  assert.equal(reply.json.kind, 'wrong-state')
})
