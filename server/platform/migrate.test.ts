import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allMigrations, migrate, schemaStateOf } from '#server/platform/migrate.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

const known = allMigrations()
const latest = known.at(-1)?.version ?? 0

/** Changes the list of applied migrations for one test. */
async function withList(statement: string, work: () => Promise<void>): Promise<void> {
  const { pool } = database.db
  await pool.query('create table public.kept as table public.schema_migration')
  try {
    await pool.query(statement)
    await work()
  } finally {
    await pool.query('truncate public.schema_migration')
    await pool.query('insert into public.schema_migration select * from public.kept')
    await pool.query('drop table public.kept')
  }
}

test('a prepared database is current, and migrating again changes nothing', async () => {
  const current = { kind: 'current', version: latest }
  assert.deepEqual(await schemaStateOf(database.db.pool), current)
  assert.deepEqual(await migrate(database.db.pool), current)
})

test('a database that lacks migrations is behind and names them', async () => {
  await withList(`delete from public.schema_migration where version > ${latest - 2}`, async () => {
    assert.deepEqual(await schemaStateOf(database.db.pool), {
      kind: 'behind',
      version: latest - 2,
      missing: known.slice(-2).map((migration) => migration.name),
    })
  })
})

test('a database of a newer program is ahead, and this one does not touch it', async () => {
  const newer = `insert into public.schema_migration values (${latest + 1}, 'later.sql', 'x')`
  await withList(newer, async () => {
    const state = await schemaStateOf(database.db.pool)
    assert.deepEqual(state, { kind: 'ahead', version: latest + 1, known: latest })
    await assert.rejects(migrate(database.db.pool), /start the newer Xinheng/)
  })
})

test('a migration that was edited after it was applied is named', async () => {
  await withList("update public.schema_migration set hash = 'x' where version = 2", async () => {
    const name = known[1]?.name
    assert.deepEqual(await schemaStateOf(database.db.pool), { kind: 'changed', name })
    await assert.rejects(migrate(database.db.pool), new RegExp(`${name} differs`))
  })
})

test('a migration that fails names itself, keeps nothing of itself and lets go of its lock', async () => {
  // The last one is run a second time: what it makes is there already.
  await withList(`delete from public.schema_migration where version = ${latest}`, async () => {
    const name = known.at(-1)?.name
    await assert.rejects(
      migrate(database.db.pool),
      new RegExp(`Migration ${name} failed: .+ exists`),
    )
    assert.equal((await schemaStateOf(database.db.pool)).kind, 'behind')
  })
  assert.equal((await migrate(database.db.pool)).kind, 'current')
})

test('programs that start together on an empty database take turns', async () => {
  const empty = await openTestDatabase()
  try {
    const { pool } = empty.db
    const schemas = await pool.query(`select quote_ident(nspname) as name from pg_namespace
      where nspname !~ '^pg_' and nspname not in ('information_schema', 'graphile_worker')`)
    const names = schemas.rows.map((row: { name: string }) => row.name)
    await pool.query(`drop schema ${names.join(', ')} cascade; create schema public`)
    assert.equal((await schemaStateOf(pool)).kind, 'behind')
    const states = await Promise.all([migrate(pool), migrate(pool), migrate(pool)])
    for (const state of states) assert.deepEqual(state, { kind: 'current', version: latest })
  } finally {
    await empty.close()
  }
})
