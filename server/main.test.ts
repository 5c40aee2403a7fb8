import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts'
import { openTestDatabase } from '#server/testing.ts'

const root = resolve(import.meta.dirname, '..')
const data = mkdtempSync(join(tmpdir(), 'xinheng-main-'))
const longestMs = 30_000
const children = new Set<ChildProcess>()
after(async () => {
  for (const child of children) child.kill('SIGKILL')
  const pid = postmasterOf(data)
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

type Started = {
  readonly child: ChildProcess
  readonly url: string
  text(): string
  /** The exit code; fails when the end does not come soon. */
  ended(): Promise<number | null>
}

type Environment = Readonly<Record<string, string>>

function spawnScript(script: string, args: readonly string[], environment: Environment) {
  const { DATABASE_URL: _, ...inherited } = process.env
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    env: { ...inherited, NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  const over = new Promise<number | null>((done) => {
    child.on('close', (code) => {
      children.delete(child)
      done(code)
    })
  })
  const ended = async () => {
    const tooLong = sleep(longestMs, 'too long' as const, { ref: false })
    const code = await Promise.race([over, tooLong])
    if (code !== 'too long') return code
    child.kill('SIGKILL')
    assert.fail(`${script} ${args.join(' ')} did not end in time:\n${text}`)
  }
  return { child, over, ended, text: () => text }
}

async function startServer(environment: Environment, args = ['--empty']): Promise<Started> {
  const started = spawnScript('server/main.ts', args, {
    PORT: String(await freePort()),
    ...environment,
  })
  const over = started.over.then((code) => `ended with ${code}`)
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 20) {
    const url = /^Xinheng is ready: (\S+)$/m.exec(started.text())?.[1]
    if (url !== undefined && /\n.+\n$/.test(started.text())) return { ...started, url }
    const state = await Promise.race([over, sleep(20)])
    assert.equal(state, undefined, `${state}\n${started.text()}`)
  }
  assert.fail(`not ready in a minute:\n${started.text()}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address ? address.port : assert.fail('no port')
}

function command(args: readonly string[], environment: Environment) {
  const { ended, text } = spawnScript('server/cli.ts', args, environment)
  return ended().then((code) => ({ code, text: text() }))
}

function postmasterOf(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function signInOf(text: string): { login: string; password: string } {
  const [, login, password] = /^Sign in as (\S+) with the password (\S+)$/m.exec(text) ?? []
  assert.ok(login && password, text)
  return { login, password }
}

async function signIn(url: string, body: unknown): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: url }
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  assert.equal(reply.status, 200, await reply.text())
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

let first: Started

test('the first start prints an address and a sign-in that works', async () => {
  first = await startServer({ XINHENG_DATA: data })
  const health = await fetch(`${first.url}/health`)
  assert.equal(health.status, 200)
  const cookie = await signIn(first.url, signInOf(first.text()))
  const me = await fetch(`${first.url}/api/me`, { headers: { cookie } })
  assert.deepEqual(((await me.json()) as { roles: string[] }).roles, ['admin'])
})

test('a second start says that it runs already, and where', async () => {
  const second = spawnScript('server/main.ts', [], { XINHENG_DATA: data, PORT: '1' })
  assert.equal(await second.ended(), 1)
  assert.ok(second.text().includes(`it runs already at ${first.url}`), second.text())
})

test('the command line works beside the server, and doctor finds all well', async () => {
  const environment = { XINHENG_DATA: data }
  const shown = await command(['company', 'show'], environment)
  assert.equal(shown.code, 0, shown.text)
  const doctor = await command(['doctor'], environment)
  assert.equal(doctor.code, 0, doctor.text)
  assert.match(doctor.text, new RegExp(`ok  server: running at ${first.url}`))
})

test('after kill -9 the next start has everything and the same sign-in', async () => {
  const cookie = await signIn(first.url, signInOf(first.text()))
  const headers = { cookie, 'content-type': 'application/json' }
  const body = JSON.stringify({ name: '杀不死公司' })
  const put = await fetch(`${first.url}/api/company`, { method: 'PUT', headers, body })
  assert.equal(put.status, 200)
  const pid = postmasterOf(data)
  assert.ok(pid !== undefined)
  first.child.kill('SIGKILL')
  process.kill(-pid, 'SIGKILL')
  await first.ended()
  const again = await startServer({ XINHENG_DATA: data })
  assert.deepEqual(signInOf(again.text()), signInOf(first.text()))
  const found = await fetch(`${again.url}/api/company`, { headers: { cookie } })
  assert.equal(((await found.json()) as { name: string }).name, '杀不死公司')
  first = again
})

test('a server killed alone leaves its database, which the next start joins', async () => {
  const pid = postmasterOf(data)
  first.child.kill('SIGKILL')
  await first.ended()
  first = await startServer({ XINHENG_DATA: data })
  assert.equal(postmasterOf(data), pid)
})

test('a taken port is said, with what to do', async () => {
  const port = new URL(first.url).port
  const other = mkdtempSync(join(tmpdir(), 'xinheng-port-'))
  try {
    const second = spawnScript('server/main.ts', ['--empty'], { XINHENG_DATA: other, PORT: port })
    assert.equal(await second.ended(), 1)
    assert.match(second.text(), new RegExp(`port ${port} is taken: .*PORT=${Number(port) + 1}`))
    assert.equal(postmasterOf(other), undefined, 'its database does not stay behind')
  } finally {
    rmSync(other, { recursive: true, force: true })
  }
})

test('a changed password is not printed any more', async () => {
  const { password } = signInOf(first.text())
  const cookie = await signIn(first.url, { login: 'admin', password })
  const body = JSON.stringify({ current: password, next: 'my own long password' })
  const headers = { cookie, 'content-type': 'application/json' }
  const put = await fetch(`${first.url}/api/me/password`, { method: 'PUT', headers, body })
  assert.equal(put.status, 200, await put.text())
})

test('Ctrl-C stops the server and its database', async () => {
  const pid = postmasterOf(data)
  assert.ok(pid !== undefined && isAlive(pid))
  first.child.kill('SIGINT')
  assert.equal(await first.ended(), 0, first.text())
  assert.match(first.text(), /Stopping/)
  assert.equal(isAlive(pid), false)
  assert.equal(existsSync(join(data, 'server.json')), false)
})

test('the next start knows the changed password, and SIGTERM stops it as well', async () => {
  first = await startServer({ XINHENG_DATA: data })
  assert.doesNotMatch(first.text(), /with the password/)
  assert.equal(existsSync(join(data, 'first-sign-in')), false)
  await signIn(first.url, { login: 'admin', password: 'my own long password' })
  first.child.kill('SIGTERM')
  assert.equal(await first.ended(), 0)
  assert.equal(postmasterOf(data), undefined)
})

test('doctor tells what is wrong with exit code 3', async () => {
  const postgres = await startEmbeddedPostgres(data)
  const client = new pg.Client(postgres.connection)
  await client.connect()
  await client.query("update public.schema_migration set hash = 'x' where version = 1")
  await client.end()
  await postgres.leave()
  const doctor = await command(['doctor'], { XINHENG_DATA: data })
  assert.equal(doctor.code, 3, doctor.text)
  assert.match(doctor.text, /BAD .+0001_audit\.sql/)
  const unreachable = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' }
  const away = await command(['--json', 'doctor'], { ...unreachable, XINHENG_DATA: data })
  assert.equal(away.code, 3, away.text)
  const { checks } = JSON.parse(away.text) as { checks: { name: string; ok: boolean }[] }
  assert.ok(checks.some((check) => check.name === 'database' && !check.ok))
})

test('DATABASE_URL takes the place of the embedded database', async () => {
  const other = mkdtempSync(join(tmpdir(), 'xinheng-url-'))
  const database = await openTestDatabase()
  try {
    const { host, port, user, password, database: name } = database.connection
    const reach = new URLSearchParams({ host: String(host), port: String(port) })
    const url = `postgresql://${user}:${password}@/${name}?${reach}`
    const server = await startServer({ XINHENG_DATA: other, DATABASE_URL: url })
    await signIn(server.url, signInOf(server.text()))
    const people = await database.db.pool.query('select login from "user".person')
    assert.deepEqual(people.rows, [{ login: 'admin' }])
    assert.equal(existsSync(join(other, 'postgres')), false)
    server.child.kill('SIGINT')
    assert.equal(await server.ended(), 0)
    assert.equal((await database.db.pool.query('select 1 as one')).rows[0].one, 1)
  } finally {
    await database.close()
    rmSync(other, { recursive: true, force: true })
  }
})

test('a wrong command, option or argument ends with code 1 and says so', async () => {
  for (const args of [
    ['no-such-command'],
    ['company', 'show', '--no-such-option'],
    ['user', 'create'],
  ]) {
    const { code, text } = await command(args, { XINHENG_DATA: data })
    assert.equal(code, 1, text)
    assert.match(text, /^error: /m)
  }
  const help = await command(['--help'], { XINHENG_DATA: data })
  assert.equal(help.code, 0)
  assert.match(help.text, /^Usage: xinheng/)
})
