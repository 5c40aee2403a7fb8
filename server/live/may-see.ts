import { hearing } from '#contract/live.ts'
import { visibleIds } from '#server/party/public.ts'
import type { Change } from '#server/platform/announce.ts'
import { mayAct } from '#server/platform/authority.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

/**
 * What of these changes somebody may hear of: what is told to them by name, and what their roles let
 * them read, of parties that they see.
 */
export async function maySee(
  db: Reader,
  actor: Actor,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const partyIds = changes.flatMap(({ partyId }) => partyId ?? [])
  const seen = await visibleIds(db, actor, partyIds)
  return changes.filter(({ kind, partyId, personIds }) => {
    if (partyId !== undefined && !seen.has(partyId)) return false
    if (personIds) return personIds.includes(actor.id)
    const permission = hearing[kind.split('.')[0] ?? '']
    return permission !== undefined && mayAct(actor, permission)
  })
}
