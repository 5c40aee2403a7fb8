import type { CheckSource } from '#contract/check.ts'
import type { StoredDecision } from '#server/check/decision.store.ts'
import type { Reader } from '#server/platform/database.ts'
import { storedVersions } from '#server/policy/public.ts'

/** By which rules a check was decided, and when. */
export async function checkSource(
  db: Reader,
  { policyId, recordedAt }: StoredDecision,
): Promise<CheckSource> {
  const [version] = await storedVersions(db, { ids: [policyId] })
  return { rules: version?.number ?? null, decidedAt: recordedAt }
}
