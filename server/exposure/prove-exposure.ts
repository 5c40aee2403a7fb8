import {
  countExposure,
  type ExposureDifference,
  findExposureDifferences,
} from '#server/exposure/exposure-check.store.ts'
import type { Reader } from '#server/platform/database.ts'

export type ExposureProof = {
  readonly accounts: number
  readonly entries: number
  readonly differenceCount: number
  /** The first hundred of each kind. */
  readonly differences: readonly ExposureDifference[]
}

/**
 * Proves the ledger by itself: every balance is the fold of the entries of its account and of those
 * below it, every position and day to ship is the fold of theirs, no stage is below zero, securities
 * count as they stand.
 */
export async function proveExposure(reader: Reader): Promise<ExposureProof> {
  const counts = await countExposure(reader)
  const { count, differences } = await findExposureDifferences(reader)
  return { ...counts, differenceCount: count, differences }
}
