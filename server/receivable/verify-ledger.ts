import type { Refusal } from '#contract/problem.ts'
import type { LedgerProof } from '#contract/system.ts'
import { unknownParties } from '#server/party/public.ts'
import type { Database } from '#server/platform/database.ts'
import { requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import {
  countLedger,
  findDifferences,
  type LedgerCounts,
  type LedgerDifference,
  partiesOfLedger,
} from '#server/receivable/ledger-check.store.ts'

export type LedgerVerification = LedgerProof &
  LedgerCounts & {
    readonly parties: number
    /** The first hundred of each kind. */
    readonly differences: readonly LedgerDifference[]
  }

/**
 * Proves the whole book in one state of the database: what is kept as open and unapplied equals
 * the fold of the allocations, nothing is allocated beyond its amount, currencies agree, every
 * allocation lies within the life of both its documents, and nothing hangs in the air.
 */
export function verifyLedger(db: Database): Promise<LedgerVerification> {
  return db.snapshot(async (reader) => {
    const counts = await countLedger(reader)
    const parties = await partiesOfLedger(reader)
    const { count, differences } = await findDifferences(reader)
    const unknown = await unknownParties(reader, parties)
    const strays = unknown.map(
      (id): LedgerDifference => ({
        kind: 'party-unknown',
        partyId: id,
        id,
        found: null,
        proven: null,
      }),
    )
    return {
      ...counts,
      parties: parties.length,
      differenceCount: count + unknown.length,
      differences: [...differences, ...strays.slice(0, 100)],
    }
  })
}

/** Queues a verification; its findings are the job's result. */
export function requestLedgerVerification(context: Context): Promise<{ jobId: string } | Refusal> {
  return runCommand(
    context,
    { name: 'receivable.verify', permission: 'receivable:read', input: {} },
    async (tx) => ({ jobId: await requestJob(tx, context, 'receivable.verify', {}) }),
  )
}
