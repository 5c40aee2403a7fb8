import type { Refusal } from '#contract/problem.ts'
import { sealNextBatch } from '#server/audit/seal.store.ts'
import type { Database } from '#server/platform/database.ts'

/**
 * Seals everything that can be sealed. It writes no audit entry of its own: a seal is the record of
 * the records.
 */
export async function sealAudit(db: Database): Promise<{ sealed: number } | Refusal> {
  let sealed = 0
  for (;;) {
    const batch = await db.transaction((tx) => sealNextBatch(tx))
    if (batch === 0) return { sealed }
    sealed += batch
  }
}
