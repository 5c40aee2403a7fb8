import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts'

const root = mkdtempSync(join(tmpdir(), 'xinheng-embedded-'))
const started: string[] = []
after(() => {
  for (const folder of started) stopByForce(folder)
  rmSync(root, { recursive: true, force: true })
})

function folderOf(name: string): string {
  const folder = join(root, name)
  started.push(folder)
  return folder
}

function postmasterOf(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

function stopByForce(folder: string): void {
  const pid = postmasterOf(folder)
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function withClient<Result>(
  postgres: EmbeddedPostgres,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(postgres.connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

test('a folder that is not there becomes a database with a secret password', async () => {
  const folder = folderOf('fresh')
  const postgres = await startEmbeddedPostgres(folder)
  const shown = await withClient(postgres, (client) =>
    client.query("select current_setting('server_version_num')::int as version, current_user"),
  )
  assert.ok(shown.rows[0].version >= 180_000)
  assert.equal(shown.rows[0].current_user, 'xinheng')
  const passwordFile = statSync(join(folder, 'postgres-password'))
  assert.equal(passwordFile.mode & 0o077, 0, 'nobody else reads the password')
  const wrong = { ...postgres, connection: { ...postgres.connection, password: 'wrong' } }
  await assert.rejects(
    withClient(wrong, async () => {}),
    /password authentication failed/,
  )
  const network = await withClient(postgres, (client) => client.query('show listen_addresses'))
  assert.equal(network.rows[0].listen_addresses, '', 'no port is opened')
  assert.equal(await postgres.leave(), 'stopped')
})

test('a second caller joins, and only the last to leave turns off the light', async () => {
  const folder = folderOf('joined')
  const [first, second] = await Promise.all([
    startEmbeddedPostgres(folder),
    startEmbeddedPostgres(folder),
  ])
  const pid = postmasterOf(folder)
  assert.ok(pid !== undefined && isAlive(pid))
  await withClient(second, async (client) => {
    assert.equal(await first.leave(), 'left running')
    assert.equal((await client.query('select 1 as one')).rows[0].one, 1)
  })
  assert.equal(await second.leave(), 'stopped')
  assert.equal(isAlive(pid), false)
})

test('what was committed is there after kill -9 of the server and all its children', async () => {
  const folder = folderOf('killed')
  const before = await startEmbeddedPostgres(folder)
  await withClient(before, async (client) => {
    await client.query('create table t (n int)')
    await client.query('insert into t select generate_series(1, 1000)')
    await client.query('begin')
    await client.query('insert into t values (0)')
    const pid = postmasterOf(folder)
    assert.ok(pid !== undefined)
    process.kill(-pid, 'SIGKILL')
    for (let waitedMs = 0; waitedMs < 10_000 && isAlive(pid); waitedMs += 10) await sleep(10)
  })
  const again = await startEmbeddedPostgres(folder)
  const found = await withClient(again, (client) =>
    client.query('select count(*)::int as n, min(n) as least from t'),
  )
  assert.deepEqual(found.rows[0], { n: 1000, least: 1 })
  assert.equal(await again.leave(), 'stopped')
})

test('a lock that a dead process left does not keep the next one out', async () => {
  const folder = folderOf('locked')
  mkdirSync(folder)
  writeFileSync(join(folder, 'start.lock'), '999999999')
  const postgres = await startEmbeddedPostgres(folder)
  assert.equal(await postgres.leave(), 'stopped')
})

test('a half made cluster is made anew', async () => {
  const folder = folderOf('half')
  mkdirSync(join(folder, 'postgres.new'), { recursive: true })
  writeFileSync(join(folder, 'postgres.new', 'PG_VERSION'), '18\n')
  const postgres = await startEmbeddedPostgres(folder)
  assert.equal(await postgres.leave(), 'stopped')
})

test('data of another major version is not touched, and the way out is said', async () => {
  const folder = folderOf('older')
  mkdirSync(join(folder, 'postgres'), { recursive: true })
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n')
  await assert.rejects(startEmbeddedPostgres(folder), /written by PostgreSQL 17.+restore/s)
})

test('a folder closed to others and a path too long for a socket are no obstacle', async () => {
  const closed = join(root, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  chmodSync(closed, 0o700)
  const folder = folderOf(join('closed', '一个很长的文件夹名称'.repeat(4), 'deep'.repeat(20)))
  const postgres = await startEmbeddedPostgres(folder)
  assert.ok(Buffer.byteLength(join(folder, 'run', '.s.PGSQL.5432')) > 107)
  const found = await withClient(postgres, (client) => client.query('select 1 as one'))
  assert.equal(found.rows[0].one, 1)
  assert.equal(await postgres.leave(), 'stopped')
})

test('a server that cannot start says why', async () => {
  const folder = folderOf('broken')
  const postgres = await startEmbeddedPostgres(folder)
  await postgres.leave()
  writeFileSync(join(folder, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n')
  await assert.rejects(startEmbeddedPostgres(folder), /did not start.+no_such_setting/s)
})
