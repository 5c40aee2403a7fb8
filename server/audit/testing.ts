import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { sealAudit } from '#server/audit/seal-audit.ts'
import type { Database } from '#server/platform/database.ts'

/**
 * Seals until nothing waits, and tells how many entries that were. A seal stops below the oldest
 * transaction of the whole server, so tests that run in databases beside this one delay it.
 */
export async function sealEverything(db: Database): Promise<number> {
  let sealed = 0
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 20) {
    const answer = await sealAudit(db)
    assert.ok('sealed' in answer)
    sealed += answer.sealed
    const waiting = await db.row(sql`
      select from audit.entry
      where written_by >= coalesce((select max(below::text::bigint) from audit.seal), 0)::text::xid8`)
    if (!waiting) return sealed
    await sleep(20)
  }
  assert.fail('entries still wait for a seal after 30 seconds')
}
