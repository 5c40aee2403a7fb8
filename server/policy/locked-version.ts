import type { PolicyVersion } from '#contract/policy.ts'
import type { Reader } from '#server/platform/database.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'
import { findVersion, lockKind, type VersionWithDocument } from '#server/policy/version.store.ts'

/** A version as it is while nobody else changes one of its kind. */
export async function lockedVersion(
  tx: CommandTransaction,
  id: string,
): Promise<VersionWithDocument | undefined> {
  const named = await findVersion(tx, id)
  if (!named) return undefined
  // Formulas and what names them are checked against each other, so they take turns too.
  await lockKind(tx, 'indicators')
  await lockKind(tx, named.kind)
  // Read again: somebody else may have changed it while this waited for the lock.
  return findVersion(tx, id)
}

export async function shownVersion(db: Reader, id: string): Promise<PolicyVersion> {
  const found = await findVersion(db, id)
  if (!found) throw new Error(`There is no policy version ${id}.`)
  const { document: _, ...version } = found
  return version
}
