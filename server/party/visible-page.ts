import { type RawBuilder, sql } from 'kysely'
import { ofParties, rowIsSeen } from '#server/party/visible-party.ts'
import type { Actor } from '#server/platform/run-command.ts'

const triedFirst = 5_000

/**
 * A page of rows that belong to parties which the actor sees: `ask` selects from what it is given.
 * Where many are seen a page is met soon when one just walks along the list; where the first rows
 * hold too few of them, the rows of those parties are fetched. A planner knows neither, and its
 * guesses cost seconds. Who sees all, or asks for one party, is answered by the plain statement.
 */
export async function pageOfSeen<Row>(
  filter: {
    readonly actor: Pick<Actor, 'scope'>
    readonly partyIds: readonly string[] | null
    readonly limit: number
  },
  of: {
    readonly table: RawBuilder<unknown>
    /** The name of a row of it, by which conditions and order speak of it. */
    readonly row: 'a' | 'c' | 'i' | 'o'
    readonly where: readonly RawBuilder<unknown>[]
    readonly order: RawBuilder<unknown>
  },
  ask: (from: RawBuilder<unknown>, where: RawBuilder<unknown>) => Promise<Row[]>,
): Promise<Row[]> {
  const { actor, limit, partyIds } = filter
  const row = sql.ref(of.row)
  const partyId = sql.ref(`${of.row}.party_id`)
  const all = (conditions: readonly RawBuilder<unknown>[]) =>
    conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `)
  if (actor.scope && partyIds === null && !actor.scope.few) {
    const first = sql`(select * from ${of.table} ${row} where ${all(of.where)}
      order by ${of.order} limit ${triedFirst})`
    const met = await ask(sql`${first} ${row}`, all(rowIsSeen(actor.scope, partyId)))
    if (met.length === limit) return met
  }
  const where = [...of.where, ...ofParties(filter, partyId)]
  return ask(sql`${of.table} ${row}`, all(where))
}
