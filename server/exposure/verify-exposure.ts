import type { Refusal } from '#contract/problem.ts'
import {
  countExposure,
  type ExposureDifference,
  findExposureDifferences,
} from '#server/exposure/exposure-check.store.ts'
import type { Database, Reader } from '#server/platform/database.ts'
import { requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

export type ExposureVerification = {
  readonly accounts: number
  readonly entries: number
  readonly differenceCount: number
  /** The first hundred of each kind. */
  readonly differences: readonly ExposureDifference[]
}

/**
 * Proves the ledger in one state of the database: every balance is the fold of the entries of its
 * account and of those below it, every position and day to ship is the fold of theirs, no stage is
 * below zero, securities count as they stand.
 */
export function verifyExposure(db: Database): Promise<ExposureVerification> {
  return db.snapshot(proveExposure)
}

async function proveExposure(reader: Reader): Promise<ExposureVerification> {
  const counts = await countExposure(reader)
  const { count, differences } = await findExposureDifferences(reader)
  return { ...counts, differenceCount: count, differences }
}

/** Queues a verification; its findings are the job's result. */
export function requestExposureVerification(
  context: Context,
): Promise<{ jobId: string } | Refusal> {
  return runCommand(
    context,
    { name: 'exposure.verify', permission: 'exposure:read', input: {} },
    async (tx) => ({ jobId: await requestJob(tx, context, 'exposure.verify', {}) }),
  )
}
