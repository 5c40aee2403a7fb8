import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/**
 * Whether others are at work in the database. On a busy machine a backend of our own is seen a while after its connection was closed.
 */
export async function othersStay(client: pg.Client): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < 1_000; waitedMs += 50) {
    const others = await client.query(
      "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    )
    if (others.rowCount === 0) return false
    await sleep(50)
  }
  return true
}
