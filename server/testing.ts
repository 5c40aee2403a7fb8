import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import type { Role } from '#contract/role.ts'
import { type Day, day } from '#kernel/calendar/day.ts'
import { type Database, openDatabase } from '#server/platform/database.ts'
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts'
import { newId } from '#server/platform/ids.ts'
import { allMigrations } from '#server/platform/migrate.ts'
import type { Context } from '#server/platform/run-command.ts'
import { prepareDatabase } from '#server/prepare.ts'

// Tests leave nothing in the data folder.
process.env.XINHENG_SECRET_KEY ??= '07'.repeat(32)

export type TestDatabase = {
  readonly db: Database
  readonly connection: pg.PoolConfig
  /** A caller with one role, on a fixed day unless told otherwise. */
  context(role?: Role, today?: Day): Context
  /** Writes behind the back of the audit, as somebody with the database's own password could. */
  withoutTriggers(statement: RawBuilder<unknown>): Promise<void>
  close(): Promise<void>
}

/**
 * A prepared database of its own on a real PostgreSQL: a copy of a template that is made once per
 * set of migrations. `TEST_DATABASE_URL` names another server than the embedded one.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = await testServer()
  const template = `template_${templateHash()}`
  const name = `test_${newId().replaceAll('-', '')}`
  await withClient(server.connection, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('xinheng.test.template'))")
    const found = await client.query('select 1 from pg_database where datname = $1', [template])
    if (found.rowCount === 0) await makeTemplate(server.connection, client, template)
    await client.query(`create database ${name} template ${template}`)
  })
  const connection = { ...server.connection, database: name }
  const db = openDatabase({ ...connection, max: 8 }, 'xinheng test')
  return {
    db,
    connection,
    context: (role = 'admin', today = day('2026-11-24')) => ({
      db,
      today,
      actor: { kind: 'person', id: `test-${role}`, name: `test ${role}`, roles: [role] },
    }),
    withoutTriggers: (statement) =>
      db.transaction(async (tx) => {
        await tx.run(sql`set local session_replication_role = replica`)
        await tx.run(statement)
      }),
    close: async () => {
      await db.close()
      await withClient(server.connection, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      )
      await server.leave()
    },
  }
}

async function testServer(): Promise<{ connection: pg.PoolConfig; leave(): Promise<unknown> }> {
  const url = process.env.TEST_DATABASE_URL
  if (url) {
    const { hostname, port, username, password } = new URL(url)
    const connection = { host: hostname, port: Number(port || 5432), user: username, password }
    return { connection: { ...connection, database: 'postgres' }, leave: async () => {} }
  }
  const root = createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 8)
  const folder = join(tmpdir(), `xinheng-test-${userInfo().uid}-${root}`)
  const postgres = await startEmbeddedPostgres(folder)
  return { connection: { ...postgres.connection, database: 'postgres' }, leave: postgres.leave }
}

async function makeTemplate(
  connection: pg.PoolConfig,
  client: pg.Client,
  template: string,
): Promise<void> {
  const draft = `draft_${newId().replaceAll('-', '')}`
  await client.query(`create database ${draft}`)
  const db = openDatabase({ ...connection, database: draft }, 'xinheng test template')
  await prepareDatabase(db)
  await db.close()
  await client.query(`alter database ${draft} rename to ${template}`)
}

function templateHash(): string {
  const hash = createHash('sha256')
  for (const { name, text } of allMigrations()) hash.update(name).update(text)
  const pack = join(import.meta.dirname, '../packs/standard')
  for (const file of readdirSync(pack).sort()) hash.update(readFileSync(join(pack, file)))
  return hash.digest('hex').slice(0, 16)
}

async function withClient<Result>(
  connection: pg.PoolConfig,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
