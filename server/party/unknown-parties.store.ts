import { sql } from 'kysely'
import { list, type Reader } from '#server/platform/database.ts'

/** Which of these ids are no party's: rows of tables without foreign keys that lost theirs. */
export async function unknownParties(db: Reader, ids: readonly string[]): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select u.id from unnest(${list(ids)}::uuid[]) as u (id)
    where not exists (select from party.party p where p.id = u.id) order by u.id`)
  return rows.map((row) => row.id)
}
