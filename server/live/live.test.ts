import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { hearing } from '#contract/live.ts'
import { isRefusal } from '#contract/problem.ts'
import { startLive } from '#server/live/public.ts'
import { type Heard, openPage, type Page } from '#server/live/testing-page.ts'
import { type Database, openDatabase } from '#server/platform/database.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { type Server, serve } from '#server/serve.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

const silent = pino({ enabled: false })

// Two processes of one installation: pages are open at the one, everything happens at the other.
let acting: TestServer
let other: { db: Database; server: Server; url: string }

before(async () => {
  acting = await openTestServer()
  const db = openDatabase({ ...acting.database.connection, max: 4 }, 'xinheng other')
  const server = await serve(db, silent)
  other = { db, server, url: await server.http.listen({ port: 0, host: '127.0.0.1' }) }
})
after(async () => {
  await other.server.close()
  await other.db.close()
  await acting.close()
})

const pageOf = (headers: Readonly<Record<string, string>>) => openPage(other.url, headers)
const isChange = (kind: string, partyId?: string) => (heard: Heard) =>
  heard.event === 'change' &&
  heard.data.kind === kind &&
  (partyId === undefined || heard.data.partyId === partyId)

async function with2<Result>(
  [a, b]: readonly [Page, Page],
  work: (a: Page, b: Page) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(a, b)
  } finally {
    a.leave()
    b.leave()
  }
}

test('what one process does is heard on a page of another', async () => {
  const page = await pageOf(acting.as.viewer)
  try {
    const partyId = await acting.world.newParty()
    const { data } = await page.until(isChange('party.created', partyId))
    assert.deepEqual(data, { kind: 'party.created', partyId, id: null })
    assert.deepEqual(page.heard[0], { event: 'ready', data: {} })
  } finally {
    page.leave()
  }
})

test('a page hears what its person may read, and nothing else', async () => {
  const pages = [await pageOf(acting.as.viewer), await pageOf(acting.as['credit-manager'])] as const
  await with2(pages, async (viewer, manager) => {
    const say = (kind: string) =>
      runCommand(
        acting.database.context(),
        { name: 'test.say', permission: 'system:read', input: {} },
        async (tx) => tx.emit({ kind, facts: { id: 'x' } }),
      )
    await say('import.applied')
    await say('secret.thing')
    await say('policy.published')
    assert.equal((await manager.until(isChange('import.applied'))).data.id, 'x')
    await manager.until(isChange('policy.published'))
    await viewer.until(isChange('policy.published'))
    assert.equal(viewer.heard.some(isChange('import.applied')), false)
    assert.equal(manager.heard.some(isChange('secret.thing')), false)
  })
})

test('a notice is heard by who is told, and by nobody else', async () => {
  const { cookie } = await acting.world.signIn()
  await with2([await pageOf({ cookie }), await pageOf(acting.as.admin)], async (own, others) => {
    const id = await acting.world.noticeFor(cookie)
    await acting.send({ method: 'POST', url: `/api/notices/${id}/read`, headers: { cookie } })
    await own.until(isChange('notice.read'))
    const partyId = await acting.world.newParty()
    await others.until(isChange('party.created', partyId))
    assert.equal(others.heard.some(isChange('notice.read')), false)
  })
})

test('what is refused or only tried out is not heard; many changes are told by kind', async () => {
  const page = await pageOf(acting.as.admin)
  try {
    const context = acting.database.context()
    const command = { name: 'test.say', permission: 'system:read', input: {} } as const
    await runCommand({ ...context, dryRun: true }, command, (tx) =>
      tx.emit({ kind: 'order.closed', facts: {} }),
    )
    await runCommand(context, command, async (tx) => {
      for (let n = 0; n < 500; n++) {
        tx.announce({ kind: 'rating.changed', partyId: `party ${n}`, id: `${n}` })
      }
    })
    const { data } = await page.until(isChange('rating.changed'))
    assert.deepEqual(data, { kind: 'rating.changed', partyId: null, id: null })
    assert.equal(page.heard.some(isChange('order.closed')), false)
  } finally {
    page.leave()
  }
})

test('a job is heard when it is asked for, and how it ends', async () => {
  const page = await pageOf(acting.as.viewer)
  try {
    const { jobId } = await acting.world.call('POST', '/api/exposure-verifications')
    await acting.world.jobDone(String(jobId))
    const isJob = (heard: Heard) => isChange('job.changed')(heard) && heard.data.id === jobId
    await page.until(isJob)
    await sleep(400)
    assert.ok(page.heard.filter(isJob).length >= 1)
  } finally {
    page.leave()
  }
})

test('after the database was away pages are told to read anew, and hear on', async () => {
  const page = await pageOf(acting.as.viewer)
  try {
    await acting.database.db.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like '% live'",
    )
    await page.until(({ event }) => event === 'refresh')
    const partyId = await acting.world.newParty()
    await page.until(isChange('party.created', partyId))
  } finally {
    page.leave()
  }
})

test('a person has a dozen streams at most; one that was left makes room', async () => {
  const pages: Page[] = []
  const headers = acting.as.sales
  const thirteenth = () =>
    fetch(`${other.url}/api/events`, { headers: { ...headers, accept: 'text/event-stream' } })
  try {
    for (let n = 0; n < 12; n++) pages.push(await pageOf(headers))
    const refused = await thirteenth()
    const problem = (await refused.json()) as { kind: string }
    assert.deepEqual([refused.status, problem.kind], [429, 'too-many-streams'])
    pages[0]?.leave()
    await sleep(200)
    pages.push(await pageOf(headers))
  } finally {
    for (const page of pages) page.leave()
  }
})

test('strangers and callers who want no stream are told so', async () => {
  const stranger = await fetch(`${other.url}/api/events`, {
    headers: { accept: 'text/event-stream' },
  })
  assert.equal(stranger.status, 401)
  const asked = await acting.send({
    method: 'GET',
    url: '/api/events',
    headers: { ...acting.as.viewer, accept: 'application/json' },
  })
  assert.equal(asked.status, 400)
  assert.match(String(asked.json.detail), /Accept: text\/event-stream/)
})

test('a stream ends with its session, and one that nobody reads ends by itself', async () => {
  const live = startLive({ db: other.db, log: silent, sessionCheckMs: 50 })
  try {
    const { cookie } = await acting.world.signIn()
    const token = cookie.split('=')[1] ?? ''
    const actor = { kind: 'person', id: 'somebody', name: 'x', roles: ['viewer'] } as const
    const body = live.open(actor, token)
    const unread = live.open({ ...actor, id: 'asleep' }, token)
    assert.ok(!isRefusal(body) && !isRefusal(unread))
    let text = ''
    body.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    for (let n = 0; n < 100 && !unread.destroyed; n++) {
      const context = acting.database.context()
      await runCommand(
        context,
        { name: 'test.say', permission: 'system:read', input: {} },
        async (tx) => {
          for (let m = 0; m < 60; m++) tx.announce({ kind: 'party.changed', id: `${n} ${m}` })
        },
      )
      await sleep(170)
    }
    assert.equal(unread.destroyed, true)
    assert.equal(body.destroyed, false)
    await acting.send({ method: 'DELETE', url: '/api/session', headers: { cookie } })
    for (let n = 0; n < 100 && !body.readableEnded; n++) await sleep(50)
    assert.ok(text.startsWith('retry: 2000\nevent: ready\ndata: {}\n\n'), text.slice(0, 80))
    assert.ok(text.endsWith('event: signed-out\ndata: {}\n\n'))
  } finally {
    await live.close()
  }
})

test('a server that stops ends its streams and does not wait for them', async () => {
  const db = openDatabase({ ...acting.database.connection, max: 4 }, 'xinheng third')
  const server = await serve(db, silent)
  const url = await server.http.listen({ port: 0, host: '127.0.0.1' })
  const page = await openPage(url, acting.as.viewer)
  await page.until(({ event }) => event === 'ready')
  const startMs = performance.now()
  await server.close()
  await db.close()
  assert.ok(performance.now() - startMs < 5_000)
  await sleep(50)
  assert.equal(page.ended(), true)
})

test('every kind of event that is emitted has its right to be heard', () => {
  const root = join(import.meta.dirname, '..')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  const kinds = files.flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8')
    return [...text.matchAll(/(?:emit|announce)\(\{\s*kind: [`']([a-z-]+)\./g)].map(
      ([, kind = '']) => kind,
    )
  })
  assert.ok(kinds.length > 30, 'the source is read')
  assert.deepEqual([...new Set(kinds)].filter((kind) => !(kind in hearing)).sort(), [])
})
