import { type RawBuilder, sql } from 'kysely'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/** The row that is there as long as the database did not crash since all were reckoned. */
const lifeMark = '00000000-0000-0000-0000-000000000000'
/** The row that tells of another rate or base currency. */
const valueMark = '00000000-0000-0000-0000-000000000001'

export type Touched = {
  readonly partyIds: readonly string[]
  /** Rates or the base currency changed: whatever is valued by them is to be reckoned anew. */
  readonly valued: boolean
  /** Nothing is known to be up to date: all parties are to be touched. */
  readonly all: boolean
}

/**
 * Takes parties of which something changed, each once, in the transaction that reckons them anew.
 * What is touched again meanwhile stays for the next time, since only what is seen is taken away.
 */
export async function takeTouched(tx: Transaction, most: number): Promise<Touched> {
  const alive = await tx.row(sql`
    select 1 from platform.touched_party where party_id = ${lifeMark} limit 1`)
  const rows = await tx.rows(touchedFirst(most))
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await tx.run(touchesTaken(ids))
  return {
    partyIds: ids.filter((id) => id !== valueMark),
    valued: ids.includes(valueMark),
    all: alive === undefined,
  }
}

/**
 * From one party to the next by the index: what waits may be millions of touches after an import, of
 * which the planner knows nothing, and none but these parties' are to be read.
 */
function touchedFirst(most: number): RawBuilder<{ id: string }> {
  const next = (after: RawBuilder<unknown>) => sql`
    select t.party_id from platform.touched_party t where t.party_id > ${after}
    order by t.party_id limit 1`
  return sql`
    with recursive touched (id) as (
      (${next(sql`${lifeMark}::uuid`)})
      union all
      select (${next(sql`touched.id`)}) from touched where touched.id is not null
    )
    select id from touched where id is not null limit ${most}`
}

function touchesTaken(ids: readonly string[]): RawBuilder<unknown> {
  const places = sql`
    select t.place from unnest(${list(ids)}::uuid[]) as k (id)
    cross join lateral (
      select t.ctid as place from platform.touched_party t where t.party_id = k.id offset 0
    ) t`
  return sql`delete from platform.touched_party where ctid = any(array(${places}))`
}

/** Touches what a query finds as `id`. */
export async function touchParties(
  tx: Transaction,
  found: RawBuilder<{ id: string }>,
): Promise<void> {
  await tx.run(sql`
    insert into platform.touched_party (party_id) select f.id from (${found}) f`)
}

/** Says that from now on a missing mark means a crash. */
export async function markLife(tx: Transaction): Promise<void> {
  await tx.run(sql`insert into platform.touched_party (party_id) values (${lifeMark})`)
}

export async function isAnyTouched(db: Reader): Promise<boolean> {
  const row = await db.row(sql`
    select 1 from platform.touched_party where party_id > ${lifeMark} limit 1`)
  return row !== undefined
}
