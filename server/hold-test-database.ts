import pg from 'pg'
import { openTestDatabase } from '#server/testing.ts'

const keptMs = 24 * 60 * 60_000

/**
 * Keeps the database server of the tests running for a whole run, so that no test file starts its
 * own, and drops what killed runs of earlier days left there.
 */
export async function holdTestDatabase(): Promise<{ release(): Promise<void> }> {
  const test = await openTestDatabase()
  const client = new pg.Client({ ...test.connection, database: 'postgres' })
  // The hold may break with the server; the tests will tell.
  client.on('error', () => {})
  await client.connect()
  await dropLeftovers(client)
  return {
    release: async () => {
      await client.end()
      await test.close()
    },
  }
}

/** Names of test databases begin with the time they were made (UUIDv7); templates have a file. */
async function dropLeftovers(client: pg.Client): Promise<void> {
  await client.query("select pg_advisory_lock(hashtext('xinheng.test.template'))")
  const found = await client.query<{ name: string; madeMs: number }>(`
    select datname as name,
      case when datname ~ '^test_[0-9a-f]{32}$'
        then (('x' || lpad(substr(datname, 6, 12), 16, '0'))::bit(64)::bigint)::float8
        else extract(epoch from
          (pg_stat_file('base/' || oid || '/PG_VERSION')).modification)::float8 * 1000
      end as "madeMs"
    from pg_database where datname ~ '^(test|template|draft)_[0-9a-f]{16,32}$'`)
  for (const { name, madeMs } of found.rows) {
    if (Date.now() - madeMs < keptMs) continue
    // Somebody may be connected to it after all; then it is not a leftover.
    await client.query(`drop database if exists ${name}`).catch(() => {})
  }
  await client.query("select pg_advisory_unlock(hashtext('xinheng.test.template'))")
}
