import type { PolicyVersion } from '#contract/policy.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Reader } from '#server/platform/database.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'
import { findVersion, lockKind, type VersionWithDocument } from '#server/policy/version.store.ts'

/** A version as it is while nobody else changes one of its kind. */
export async function lockedVersion(
  tx: CommandTransaction,
  id: string,
): Promise<VersionWithDocument | Refusal> {
  const named = await versionNamed(tx, id)
  if (isRefusal(named)) return named
  // Formulas and what names them are checked against each other, so they take turns too.
  await lockKind(tx, 'indicators')
  await lockKind(tx, named.kind)
  // Read again: somebody else may have changed it while this waited for the lock.
  return versionNamed(tx, id)
}

export async function versionNamed(db: Reader, id: string): Promise<VersionWithDocument | Refusal> {
  const found = await findVersion(db, id)
  return found ?? refuse('not-found', 'There is no such policy version.')
}

export async function shownVersion(db: Reader, id: string): Promise<PolicyVersion | Refusal> {
  const found = await versionNamed(db, id)
  if (isRefusal(found)) return found
  const { document: _, ...version } = found
  return version
}
