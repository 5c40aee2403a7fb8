import { type RawBuilder, sql } from 'kysely'
import { hasSet, isHandful, ofParties, rowIsSeen } from '#server/party/visible-party.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

const triedFirst = 20_000
// Planning what a scope adds would take a fifth of a page.
const planned = { prepared: 'while-few' } as const

/**
 * A page of rows that belong to parties which the actor sees: `pageOf` selects from what it is given.
 * Where many are seen a page is met soon when one just walks along the index of the list's order,
 * which bears the party of each row; where its first rows hold too few of them, the rows of those
 * parties are fetched. A planner knows neither, and its guesses cost seconds. Who sees all, or asks
 * for one party, is answered by the plain statement.
 */
export async function pageOfSeen<Row>(
  db: Reader,
  filter: {
    readonly actor: Pick<Actor, 'scope'>
    readonly partyIds: readonly string[] | null
    readonly limit: number
  },
  of: {
    /** A table with the key party_id, id. */
    readonly table: RawBuilder<unknown>
    /** The name of a row of it, by which conditions and order speak of it. */
    readonly row: 'a' | 'c' | 'i' | 'o'
    readonly where: readonly RawBuilder<unknown>[]
    /** The column that the list is ordered by, the id behind it, both in this direction. */
    readonly key: string
    readonly direction: 'asc' | 'desc'
  },
  pageOf: (
    from: RawBuilder<unknown>,
    where: RawBuilder<unknown>,
    order: RawBuilder<unknown>,
  ) => RawBuilder<Row>,
): Promise<Row[]> {
  const { actor, limit, partyIds } = filter
  const { scope } = actor
  const row = sql.ref(of.row)
  const all = (conditions: readonly RawBuilder<unknown>[]) =>
    conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `)
  const order = orderOf(of, of.row)
  if (scope && partyIds === null && !isHandful(scope)) {
    const walk = (columns: RawBuilder<unknown>) => sql`(select ${columns} from ${of.table} ${row}
      where ${all(of.where)} order by ${order} limit ${sql.lit(triedFirst)})`
    const seen = (partyId: string) => rowIsSeen(scope, sql.ref(partyId))
    const meet = () => {
      // Of many a page is met so soon that the index alone would save nothing.
      if (!hasSet(scope))
        return pageOf(sql`${walk(sql`*`)} ${row}`, seen(`${of.row}.party_id`), order)
      const key = sql.ref(`${of.row}.${of.key}`)
      const walked = walk(sql`${row}.party_id, ${row}.id as row_id, ${key} as place`)
      const met = sql`select w.party_id, w.row_id from ${walked} w where ${seen('w.party_id')}
        order by w.place ${sql.raw(of.direction)}, w.row_id ${sql.raw(of.direction)} limit ${limit}`
      const rows = sql`(${met}) met cross join lateral (select * from ${of.table} t
        where t.party_id = met.party_id and t.id = met.row_id offset 0) ${row}`
      return pageOf(rows, sql`true`, order)
    }
    const page = await db.rows(meet(), planned)
    if (page.length === limit) return page
  }
  const where = [...of.where, ...ofParties(filter, sql.ref(`${of.row}.party_id`))]
  const how = scope && partyIds === null ? planned : undefined
  return db.rows(pageOf(sql`${of.table} ${row}`, all(where), order), how)
}

function orderOf(of: { key: string; direction: string }, row: string): RawBuilder<unknown> {
  const direction = sql.raw(of.direction)
  const column = sql.ref(`${row}.${of.key}`)
  const id = sql`${sql.ref(`${row}.id`)} ${direction}`
  return of.key === 'id' ? id : sql`${column} ${direction}, ${id}`
}
