import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { type Role, roles } from '#contract/role.ts'
import { addDays, type Day } from '#kernel/calendar/day.ts'
import { newId } from '#server/platform/ids.ts'
import type { RouteSample, SampleFile, SampleWorld } from '#server/platform/route-sample.ts'
import { todayIn } from '#server/platform/today.ts'
import { serve } from '#server/serve.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'
import { createPerson } from '#server/user/public.ts'

export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** The body as JSON; an empty record where it is not. */
  readonly json: Readonly<Record<string, unknown>>
}

export type Request = {
  readonly method: string
  readonly url: string
  readonly body?: unknown
  readonly file?: SampleFile
  readonly headers?: Readonly<Record<string, string>>
}

export type TestServer = {
  readonly database: TestDatabase
  readonly http: FastifyInstance
  /** Headers of an API key with one role. */
  readonly as: Readonly<Record<Role, Readonly<Record<string, string>>>>
  send(request: Request): Promise<Reply>
  readonly world: SampleWorld
  close(): Promise<void>
}

/**
 * The whole server on a database of its own, without a port: requests are injected. The day is that
 * of the clock unless a test tells it.
 */
export async function openTestServer(
  todayOf: () => Day = () => todayIn('Asia/Shanghai'),
): Promise<TestServer> {
  const database = await openTestDatabase()
  const server = await serve(database.db, pino({ enabled: false }), todayOf)
  const send = (request: Request) => inject(server.http, request)
  const as = await keysOf(database, send)
  return {
    database,
    http: server.http,
    as,
    send,
    world: worldOf(database, send, { admin: as.admin, todayOf }),
    close: async () => {
      await server.close()
      await database.close()
    },
  }
}

/** The request that a sample makes of a route such as `PUT /api/persons/:id`. */
export function requestOf(route: string, sample: RouteSample): Request {
  const [method = '', path = ''] = route.split(' ')
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = sample.params?.[name]
    assert.ok(value !== undefined, `the sample of ${route} gives no "${name}"`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams(sample.query).toString()
  return {
    method,
    url: query === '' ? filled : `${filled}?${query}`,
    ...(sample.body === undefined ? {} : { body: sample.body }),
    ...(sample.file === undefined ? {} : { file: sample.file }),
    ...(sample.cookie === undefined ? {} : { headers: { cookie: sample.cookie } }),
  }
}

async function inject(http: FastifyInstance, request: Request): Promise<Reply> {
  const { payload, type } = payloadOf(request)
  const reply = await http.inject({
    method: request.method as 'GET',
    url: request.url,
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...request.headers },
    ...(payload === undefined ? {} : { payload }),
  })
  return {
    status: reply.statusCode,
    headers: reply.headers,
    text: reply.body,
    json: jsonOf(reply.body),
  }
}

function payloadOf({ body, file }: Request): { payload?: string; type?: string } {
  if (file) {
    const boundary = 'sample-boundary'
    const part = (head: string, text: string) => `--${boundary}\r\n${head}\r\n\r\n${text}\r\n`
    const named = (name: string) => `Content-Disposition: form-data; name="${name}"`
    const fields = Object.entries(file.fields ?? {}).map(([name, text]) => part(named(name), text))
    const content = part(`${named('file')}; filename="${file.name}"`, file.text)
    return {
      payload: `${fields.join('')}${content}--${boundary}--\r\n`,
      type: `multipart/form-data; boundary=${boundary}`,
    }
  }
  if (body === undefined) return {}
  return { payload: JSON.stringify(body), type: 'application/json' }
}

function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** A key for each role, made by a first administrator who signs in. */
async function keysOf(database: TestDatabase, send: TestServer['send']): Promise<TestServer['as']> {
  const login = 'first-admin'
  const password = 'the password of the first'
  const asSystem = database.context()
  await createPerson(asSystem, { login, name: login, roles: ['admin'], password })
  const cookie = await cookieOf(send, { login, password })
  const keys: Partial<Record<Role, Readonly<Record<string, string>>>> = {}
  for (const role of roles) {
    const body = { name: role, roles: [role] }
    const made = await send({ method: 'POST', url: '/api/keys', body, headers: { cookie } })
    keys[role] = { authorization: `Bearer ${String(made.json.token)}` }
  }
  return keys as TestServer['as']
}

async function cookieOf(
  send: TestServer['send'],
  body: { login: string; password: string },
): Promise<string> {
  const reply = await send({ method: 'POST', url: '/api/session', body })
  const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
  assert.match(cookie, /^xinheng_session=./)
  return cookie
}

let made = 0

function worldOf(
  database: TestDatabase,
  send: TestServer['send'],
  { admin, todayOf }: { admin: Readonly<Record<string, string>>; todayOf: () => Day },
): SampleWorld {
  const unique = (prefix: string) => `${prefix}${++made}`
  const accepted = async (request: Request) => {
    const reply = await send({ ...request, headers: admin })
    const said = `preparing a sample: ${request.method} ${request.url}: ${reply.text}`
    assert.ok(reply.status < 300, said)
    return reply.json
  }
  const call: SampleWorld['call'] = (method, url, body) => accepted({ method, url, body })
  const idOf: SampleWorld['idOf'] = async (url, body) => String((await call('POST', url, body)).id)
  return {
    call,
    send,
    idOf,
    unique,
    dayFromToday: (days) => addDays(todayOf(), days),
    upload: (url, file) => accepted({ method: 'POST', url, file }),
    jobDone: async (id) => {
      for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 50) {
        const job = await call('GET', `/api/jobs/${id}`)
        if (job.state === 'done') return job.result
        assert.ok(job.state === 'waiting' || job.state === 'running', JSON.stringify(job))
        await sleep(50)
      }
      assert.fail(`job ${id} has not ended in 20 seconds`)
    },
    newParty: () => idOf('/api/parties', { name: unique('样品客户') }),
    signIn: async () => {
      const login = unique('sample')
      const password = 'a password of a sample'
      await call('POST', '/api/persons', { login, name: login, roles: ['admin'], password })
      return { login, password, cookie: await cookieOf(send, { login, password }) }
    },
    sessionOf: async (cookie) => {
      const reply = await send({ method: 'GET', url: '/api/me/sessions', headers: { cookie } })
      const [session] = reply.json.items as { id: string }[]
      return session?.id ?? assert.fail(reply.text)
    },
    noticeFor: async (cookie) => {
      const { json } = await send({ method: 'GET', url: '/api/me', headers: { cookie } })
      const id = newId()
      await database.db.pool.query(
        `insert into notice.notice
           (id, person_id, kind, subject_zh, subject_en, body_zh, body_en, in_app)
         values ($1, $2, 'hold.opened', '样品', 'sample', '样品', 'sample', true)`,
        [id, json.id],
      )
      return id
    },
    waitingJob: async () => {
      const id = newId()
      await database.db.pool.query(
        `insert into platform.job (id, kind, input, state, requested_by)
         values ($1, 'sample', '{}', 'waiting', 'sample')`,
        [id],
      )
      return id
    },
  }
}
