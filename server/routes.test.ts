import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Role, roles } from '#contract/role.ts'
import { holdSamples } from '#server/order/testing-hold-samples.ts'
import type { Route } from '#server/platform/route.ts'
import { allRoutes } from '#server/rooms.ts'
import { expectedAccess } from '#server/testing-access.ts'
import { openTestServer, requestOf, type TestServer } from '#server/testing-http.ts'
import { plainSamples, routeOfSample, samplesOf } from '#server/testing-samples.ts'

const samples = { ...plainSamples, ...holdSamples }
const nameOf = (route: Route) => `${route.method} ${route.path}`
const absent = '01900000-0000-7000-8000-000000000000'
const emptyCall = (route: Route) => ({
  method: route.method,
  url: route.path.replace(/:\w+/g, absent),
  ...(route.body === undefined ? {} : { body: {} }),
})

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

test('the table of access names every route and no other', () => {
  assert.deepEqual(Object.keys(expectedAccess).sort(), allRoutes.map(nameOf).sort())
})

test('every route with commands has a sample, and only those', () => {
  const writing = allRoutes.filter((route) => route.commands.length > 0)
  const sampled = Object.keys(samples).map(routeOfSample)
  assert.deepEqual([...new Set(sampled)].sort(), writing.map(nameOf).sort())
  const silent = allRoutes.filter((r) => r.method !== 'GET' && r.commands.length === 0)
  // Questions that are too long for an address are posted.
  const asked = [
    'POST /api/formulas/check',
    'POST /api/policies/impact',
    'POST /api/policies/bin-distribution',
  ]
  assert.deepEqual(silent.map(nameOf), asked, 'what changes something names its commands')
})

test('strangers and false keys learn nothing but what is public', async () => {
  const strangers = [{}, { authorization: 'Bearer xk_false' }, { cookie: 'xinheng_session=false' }]
  for (const route of allRoutes) {
    for (const headers of strangers) {
      const reply = await server.send({ ...emptyCall(route), headers })
      const said = `${nameOf(route)} as ${JSON.stringify(headers)}: ${reply.text}`
      if (expectedAccess[nameOf(route)] === 'public') assert.notEqual(reply.status, 401, said)
      else assert.equal(reply.status, 401, said)
    }
  }
})

for (const role of roles) {
  test(`${role} may call what the table says and nothing else`, async () => {
    for (const route of allRoutes) {
      const expected = expectedAccess[nameOf(route)] ?? []
      const reply = await server.send({ ...emptyCall(route), headers: server.as[role] })
      const said = `${nameOf(route)} as ${role}: ${reply.status} ${reply.text}`
      assert.notEqual(reply.status, 500, said)
      if (expected === 'public' || expected.includes(role)) {
        assert.ok(reply.status !== 401 && reply.status !== 403, said)
      } else assert.equal(reply.status, 403, said)
    }
  })
}

for (const route of allRoutes.filter(({ commands }) => commands.length > 0)) {
  const name = nameOf(route)
  test(`${name} leaves an audit entry of ${route.commands.join(' and ')}`, async () => {
    const left = new Set<string>()
    for (const sample of samplesOf(samples, name)) {
      const request = requestOf(name, await sample(server.world))
      await jobsDone()
      const before = await lastEntry()
      const headers = request.headers ?? server.as.admin
      const reply = await server.send({ ...request, headers })
      assert.ok(reply.status < 400, `${name}: ${reply.text}`)
      const commands = await commandsSince(before)
      assert.ok(commands.length > 0, `${name} left no entry: ${reply.text}`)
      for (const command of commands) left.add(command)
    }
    assert.deepEqual([...left].sort(), [...route.commands].sort())
  })

  const others = rolesBesideAdmin(name)
  // What is about one's own session is the same for everybody.
  if (route.access === 'signed-in' || others.length === 0) continue
  test(`${name} is carried out for ${others.join(', ')} too`, async () => {
    for (const role of others) {
      const [sample] = samplesOf(samples, name)
      assert.ok(sample, `${name} has no sample`)
      const made = await sample(server.world)
      const reply = await server.send({ ...requestOf(name, made), headers: server.as[role] })
      if (made.isOwn && reply.status === 403) continue
      assert.ok(reply.status < 300, `${name} as ${role}: ${reply.text}`)
    }
  })
}

function rolesBesideAdmin(name: string): Role[] {
  const expected = expectedAccess[name] ?? []
  return expected === 'public' ? [] : expected.filter((role) => role !== 'admin')
}

/** What a job of an earlier sample writes is not taken for the next one's. */
async function jobsDone(): Promise<void> {
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 20) {
    const found = await server.database.db.pool.query(`
      select from platform.job where state in ('waiting', 'running') and kind <> 'sample'
      union all select from graphile_worker.jobs where run_at <= now()`)
    if (found.rowCount === 0) return
    await sleep(20)
  }
  assert.fail('jobs are still running')
}

async function lastEntry(): Promise<string> {
  const found = await server.database.db.pool.query(
    'select id from audit.entry order by id desc limit 1',
  )
  return found.rows[0]?.id ?? absent
}

async function commandsSince(id: string): Promise<string[]> {
  const found = await server.database.db.pool.query(
    'select distinct command from audit.entry where id > $1 order by command',
    [id],
  )
  return found.rows.map((row: { command: string }) => row.command)
}
