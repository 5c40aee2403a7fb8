import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestServer, type Reply, type TestServer } from '#server/testing-http.ts'
import {
  type Claims,
  type OidcProvider,
  openOidcProvider,
} from '#server/user/testing-oidc-provider.ts'
import { signInWithSecondFactor } from '#server/user/testing-second-factor.ts'
import { oidcSettingsOf } from '#server/user/testing-sign-in-samples.ts'

let server: TestServer
let provider: OidcProvider
let admin: Readonly<Record<string, string>>
let made = 0

before(async () => {
  server = await openTestServer()
  provider = await openOidcProvider()
  admin = server.as.admin
  await set({})
})
after(async () => {
  provider.close()
  await server.close()
})

async function set(change: Claims): Promise<Reply> {
  const body = { ...oidcSettingsOf(provider), ...change }
  return server.send({ method: 'PUT', url: '/api/oidc-settings', body, headers: admin })
}

async function newPerson(): Promise<{ id: string; login: string; email: string }> {
  const login = `oidc${++made}`
  const email = `${login}@hengyue.example`
  const body = { login, name: login, roles: ['credit-manager'], email }
  const reply = await server.send({ method: 'POST', url: '/api/persons', body, headers: admin })
  return { id: String(reply.json.id), login, email }
}

const cookieOf = (reply: Reply, name: string) => {
  const all = [reply.headers['set-cookie']].flat().map(String)
  return all.find((text) => text.startsWith(`${name}=`))?.split(';')[0] ?? ''
}

async function start(path = '/api/session/oidc'): Promise<{ location: string; cookie: string }> {
  const reply = await server.send({ method: 'GET', url: path })
  assert.equal(reply.status, 302, reply.text)
  return { location: String(reply.headers.location), cookie: cookieOf(reply, 'xinheng_oidc') }
}

async function comeBack(back: string, cookie: string): Promise<{ to: string; session: string }> {
  const { pathname, search } = new URL(back)
  const reply = await server.send({ method: 'GET', url: pathname + search, headers: { cookie } })
  assert.equal(reply.status, 302, reply.text)
  return { to: String(reply.headers.location), session: cookieOf(reply, 'xinheng_session') }
}

async function signIn(claims: Claims, slip?: { forgedKey: true }) {
  const { location, cookie } = await start()
  return comeBack(provider.authorise(location, claims, slip), cookie)
}

const me = async (session: string) =>
  (await server.send({ method: 'GET', url: '/api/me', headers: { cookie: session } })).json

const failed = (code: string) => ({ to: `/sign-in?error=${code}`, session: '' })

test('a proved address signs its person in, and the page that was asked for is opened', async () => {
  const { id, email } = await newPerson()
  const { location, cookie } = await start('/api/session/oidc?return=%2Fholds%3Fmine%3Dtrue')
  const asked = new URL(location).searchParams
  assert.equal(asked.get('code_challenge_method'), 'S256')
  assert.equal(asked.get('redirect_uri'), 'http://localhost/api/session/oidc/callback')
  assert.ok(!location.includes('secret'))
  const claims = { sub: 'a', email: email.toUpperCase(), email_verified: true }
  const { to, session } = await comeBack(provider.authorise(location, claims), cookie)
  assert.equal(to, '/holds?mine=true')
  const known = await me(session)
  assert.deepEqual([known.id, (known.session as Claims).method], [id, 'oidc'])
})

test('who signed in once is known by their subject, and nobody takes over by their address', async () => {
  const { id, email } = await newPerson()
  const first = await signIn({ sub: 'b', email, email_verified: true })
  assert.equal((await me(first.session)).id, id)
  const moved = await signIn({ sub: 'b', email: 'elsewhere@example.com', email_verified: true })
  assert.equal((await me(moved.session)).id, id)
  const taken = await signIn({ sub: 'c', email, email_verified: true })
  assert.deepEqual(taken, failed('oidc-unknown-person'))
})

test('an address that nobody proved is nobody’s, unless the company trusts the provider', async () => {
  const { id, email } = await newPerson()
  assert.deepEqual(await signIn({ sub: 'd', email }), failed('oidc-unknown-person'))
  const denied = { sub: 'd', email, email_verified: false }
  assert.deepEqual(await signIn(denied), failed('oidc-unknown-person'))
  await set({ emailsTrusted: true })
  assert.deepEqual(await signIn(denied), failed('oidc-unknown-person'))
  assert.equal((await me((await signIn({ sub: 'd', email })).session)).id, id)
  await set({})
})

test('an address of two people, a barred one and an unknown one are turned away', async () => {
  const one = await newPerson()
  const two = await newPerson()
  const change = (of: { id: string; login: string }, more: Claims) =>
    server.send({
      method: 'PUT',
      url: `/api/persons/${of.id}`,
      body: { name: of.login, roles: ['sales'], department: null, disabled: false, ...more },
      headers: admin,
    })
  await change(two, { email: one.email })
  const claims = { sub: 'e', email: one.email, email_verified: true }
  assert.deepEqual(await signIn(claims), failed('oidc-unknown-person'))
  await change(two, { email: null })
  await change(one, { disabled: true })
  assert.deepEqual(await signIn(claims), failed('oidc-barred'))
  const stranger = { sub: 'f', email: 'stranger@example.com', email_verified: true }
  assert.deepEqual(await signIn(stranger), failed('oidc-unknown-person'))
})

test('somebody new comes in with the role that the company says, under no name of others', async () => {
  await set({ matchBy: 'login', loginClaim: 'employee', createWithRole: 'viewer' })
  const known = await newPerson()
  const answer = await signIn({ sub: 'g', employee: 'E-1001', name: known.login })
  const created = await me(answer.session)
  assert.deepEqual(
    [(created.person as Claims).login, created.name, created.roles],
    ['E-1001', 'E-1001', ['viewer']],
  )
  const existing = await signIn({ sub: 'h', employee: known.login })
  assert.equal((await me(existing.session)).id, known.id)
  const odd = ['a b', '', 7, '<script>'].map((employee) => signIn({ sub: 'i', employee }))
  for (const one of await Promise.all(odd)) assert.deepEqual(one, failed('oidc-unknown-person'))
  await set({})
})

test('a token that was forged, is old, is for others or of another sign-in opens nothing', async () => {
  const { email } = await newPerson()
  const good = { sub: 'j', email, email_verified: true }
  const seconds = Math.floor(Date.now() / 1000)
  const bad: readonly Claims[] = [
    { nonce: 'another' },
    { nonce: undefined },
    { iat: seconds - 700, exp: seconds - 600 },
    { aud: 'somebody else' },
    { iss: 'https://login.example.com' },
    { sub: undefined },
  ]
  for (const slip of bad) {
    const said = JSON.stringify(slip)
    assert.deepEqual(await signIn({ ...good, ...slip }), failed('oidc-not-proved'), said)
  }
  assert.deepEqual(await signIn(good, { forgedKey: true }), failed('oidc-not-proved'))
  assert.notEqual((await signIn(good)).session, '')
})

test('a state that is forged, of another browser, or gone opens nothing', async () => {
  const { email } = await newPerson()
  const claims = { sub: 'k', email, email_verified: true }
  const mine = await start()
  const other = await start()
  const back = provider.authorise(mine.location, claims)
  const forged = back.replace(/state=[^&]*/, 'state=forged')
  const stale = failed('oidc-expired')
  assert.deepEqual(await comeBack(forged, mine.cookie), stale)
  assert.deepEqual(await comeBack(back, other.cookie), stale, 'a link sent to a victim')
  assert.deepEqual(await comeBack(back, ''), stale)
  assert.deepEqual(await comeBack(back, `${mine.cookie.slice(0, -4)}AAAA`), stale)
  const twice = back.replace(/state=([^&]*)/, 'state=$1&state=$1')
  assert.deepEqual(await comeBack(twice, mine.cookie), failed('oidc-not-proved'))
  const again = provider.authorise(mine.location, claims)
  assert.notEqual((await comeBack(again, mine.cookie)).session, '')
  assert.deepEqual(await comeBack(again, mine.cookie), failed('oidc-not-proved'), 'a used code')
})

test('who declines at the provider comes back to the sign-in page', async () => {
  const { location, cookie } = await start()
  const back = new URL(provider.authorise(location, {}))
  back.searchParams.delete('code')
  back.searchParams.set('error', 'access_denied')
  assert.deepEqual(await comeBack(back.href, cookie), failed('oidc-declined'))
})

test('nobody’s link leads to another site by our sign-in', async () => {
  const { email } = await newPerson()
  for (const path of ['//evil.example', 'https://evil.example', '/\\evil.example', '/a\n/b']) {
    const { location, cookie } = await start(`/api/session/oidc?return=${encodeURIComponent(path)}`)
    const claims = { sub: 'l', email, email_verified: true }
    const { to } = await comeBack(provider.authorise(location, claims), cookie)
    assert.equal(to, '/', path)
  }
})

test('a second factor is asked after the provider, unless the provider asks for one', async () => {
  const person = await signInWithSecondFactor(server.world)
  const email = `${person.login}@hengyue.example`
  const body = { name: person.login, roles: ['admin'], department: null, disabled: false, email }
  await server.send({ method: 'PUT', url: `/api/persons/${person.id}`, body, headers: admin })
  const claims = { sub: 'm', email, email_verified: true }
  const { session: cookie } = await signIn(claims)
  const persons = async () =>
    (await server.send({ method: 'GET', url: '/api/persons', headers: { cookie } })).json.kind
  assert.equal(await persons(), 'second-factor-missing')
  const prove = (code: string) =>
    server.send({
      method: 'POST',
      url: '/api/session/second-factor',
      body: { code },
      headers: { cookie },
    })
  assert.equal((await prove('000000')).json.kind, 'wrong-code')
  assert.equal((await prove(person.nextCode())).status, 200)
  assert.equal(await persons(), undefined)
  await set({ secondFactorTrusted: true })
  const trusted = await signIn(claims)
  const headers = { cookie: trusted.session }
  assert.equal((await server.send({ method: 'GET', url: '/api/persons', headers })).status, 200)
  await set({})
})

test('the secret is never told again, kept where it is not given, and sealed', async () => {
  const told = await server.send({ method: 'GET', url: '/api/oidc-settings', headers: admin })
  assert.ok(!told.text.includes(provider.clientSecret))
  assert.deepEqual((told.json.settings as Claims).hasClientSecret, true)
  const { clientSecret: _, ...rest } = oidcSettingsOf(provider)
  const put = (body: unknown) =>
    server.send({ method: 'PUT', url: '/api/oidc-settings', body, headers: admin })
  assert.equal((await put(rest)).status, 200)
  const { email } = await newPerson()
  assert.notEqual((await signIn({ sub: 'n', email, email_verified: true })).session, '')
  const kept = await server.database.db.pool.query(
    'select s::text as text from "user".oidc_settings s union all select e::text from audit.entry e',
  )
  const hex = Buffer.from(provider.clientSecret).toString('hex')
  for (const { text } of kept.rows) {
    assert.ok(!text.includes(provider.clientSecret) && !text.includes(hex))
  }
  const elsewhere = await put({ ...rest, enabled: false, issuer: 'https://login.example.com' })
  assert.match(String(elsewhere.json.detail), /^clientSecret: another issuer/)
})

test('an issuer that cannot be one is refused with the reason', async () => {
  const unused = await openOidcProvider()
  unused.close()
  for (const issuer of [
    'http://login.example.com',
    'https://login.example.com?a=b',
    'file:///etc/passwd',
    'not an address',
    unused.issuer,
    `${provider.issuer}/other`,
  ]) {
    const reply = await set({ issuer })
    assert.equal(reply.json.kind, 'invalid-input', issuer)
    assert.match(String(reply.json.detail), /^issuer: /)
  }
})

test('the sign-in page knows whether there is a provider; one that is gone is no error page', async () => {
  const options = async () =>
    (await server.send({ method: 'GET', url: '/api/session/options' })).json
  assert.deepEqual(await options(), { oidc: { label: '企业账号' } })
  await set({ enabled: false })
  assert.deepEqual(await options(), { oidc: null })
  const reply = await server.send({ method: 'GET', url: '/api/session/oidc' })
  assert.equal(reply.headers.location, '/sign-in?error=oidc-not-set-up')
})
