import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#server/platform/run-command.ts'

/**
 * Which customers somebody sees: the one place where lists, totals, exports and the search ask.
 * The conditions are on lines of the list (l) and on parties (p).
 */
export function linesSeenBy(_actor: Actor): RawBuilder<unknown> {
  return sql`true`
}

export function partiesSeenBy(_actor: Actor): RawBuilder<unknown> {
  return sql`true`
}
