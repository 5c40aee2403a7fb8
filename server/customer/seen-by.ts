import type { RawBuilder } from 'kysely'
import { ownedBy } from '#server/party/public.ts'
import type { Actor } from '#server/platform/run-command.ts'

/**
 * Which customers somebody sees: the one place where lists, totals, exports and the search ask.
 * The conditions are on lines of the list (l) and on parties (p), neither of them merged ones.
 */
export function linesSeenBy(actor: Actor): RawBuilder<unknown> {
  return ownedBy(actor, 'l')
}

export function partiesSeenBy(actor: Actor): RawBuilder<unknown> {
  return ownedBy(actor, 'p')
}
