import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

const folder = join(import.meta.dirname, '../../db/migrations')

export type Migration = { readonly version: number; readonly name: string; readonly text: string }

/** The migrations of this version of the program in order. */
export function allMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      name,
      text: readFileSync(join(folder, name), 'utf8'),
    }))
}

export type SchemaState =
  | { kind: 'current'; version: number }
  | { kind: 'behind'; version: number; missing: string[] }
  | { kind: 'ahead'; version: number; known: number }
  | { kind: 'changed'; name: string }

/** Compares the database with the migrations that this program brings. */
export async function schemaStateOf(pool: pg.Pool): Promise<SchemaState> {
  const migrations = allMigrations()
  const known = migrations.at(-1)?.version ?? 0
  const found = await pool.query("select to_regclass('public.schema_migration') as relation")
  const applied: { version: number; name: string; hash: string }[] = found.rows[0].relation
    ? (await pool.query('select version, name, hash from public.schema_migration order by version'))
        .rows
    : []
  const version = applied.at(-1)?.version ?? 0
  if (version > known) return { kind: 'ahead', version, known }
  for (const migration of migrations) {
    const row = applied.find((candidate) => candidate.version === migration.version)
    if (row && row.hash !== hashOf(migration)) return { kind: 'changed', name: migration.name }
  }
  const missing = migrations.filter((m) => !applied.some((row) => row.version === m.version))
  if (missing.length > 0) return { kind: 'behind', version, missing: missing.map((m) => m.name) }
  return { kind: 'current', version }
}

/**
 * Brings the schema up to date, each migration in a transaction of its own; the first that fails
 * stops everything and names itself. Two programs that start together take turns.
 */
export async function migrate(pool: pg.Pool): Promise<SchemaState> {
  const client = await pool.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('xinheng.migrate'))")
    await client.query(`create table if not exists public.schema_migration (
      version integer primary key, name text not null, hash text not null,
      applied_at timestamptz not null default now())`)
    const state = await schemaStateOf(pool)
    if (state.kind === 'ahead') {
      throw new Error(
        `The database is at schema version ${state.version}, this program knows ${state.known}: ` +
          'start the newer Xinheng.',
      )
    }
    if (state.kind === 'changed') {
      throw new Error(
        `${state.name} differs from the one that made this database: restore the file.`,
      )
    }
    if (state.kind === 'behind') {
      for (const migration of allMigrations()) {
        if (state.missing.includes(migration.name)) await apply(client, migration)
      }
    }
    return await schemaStateOf(pool)
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('xinheng.migrate'))").catch(() => {})
    client.release()
  }
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.text)
    await client.query(
      'insert into public.schema_migration (version, name, hash) values ($1, $2, $3)',
      [migration.version, migration.name, hashOf(migration)],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${migration.name} failed: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

function hashOf(migration: Migration): string {
  return createHash('sha256').update(migration.text).digest('hex')
}
