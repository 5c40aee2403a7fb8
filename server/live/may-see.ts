import { hearing } from '#contract/live.ts'
import type { Change } from '#server/platform/announce.ts'
import { mayAct } from '#server/platform/authority.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

/**
 * What of these changes somebody may hear of: what is told to them by name, and what their roles let
 * them read. The one place where a narrower right to some parties' data is asked for.
 */
export async function maySee(
  _db: Reader,
  actor: Actor,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  return changes.filter(({ kind, personIds }) => {
    if (personIds) return personIds.includes(actor.id)
    const permission = hearing[kind.split('.')[0] ?? '']
    return permission !== undefined && mayAct(actor, permission)
  })
}
