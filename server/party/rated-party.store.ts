import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** What rating and limits need to know of a party itself. */
export type RatedParty = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly industry: string | null
  readonly currency: Currency | null
  readonly sinceOn: Day | null
  readonly foundedOn: Day | null
  readonly terms: string | null
}

const columns = sql`
  id, code, name, industry, currency, since_on as "sinceOn", founded_on as "foundedOn", terms`

/** These parties without those that were merged into another one. */
export function findRatedParties(db: Reader, ids: readonly string[]): Promise<RatedParty[]> {
  return db.rows(sql<RatedParty>`
    select ${columns} from party.party
    where id = any(${list(ids)}::uuid[]) and merged_into_id is null order by id`)
}

/** Parties to be rated, page by page: without mere suppliers, closed and merged ones. */
export function ratedPartiesAfter(
  db: Reader,
  after: string | null,
  limit: number,
): Promise<RatedParty[]> {
  return db.rows(sql<RatedParty>`
    select ${columns} from party.party
    where id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      and merged_into_id is null and closed_on is null and roles <> array['supplier']
    order by id limit ${limit}`)
}

export async function countRatedParties(db: Reader): Promise<number> {
  const row = await db.row(sql<{ count: number }>`
    select count(*)::float8 as count from party.party
    where merged_into_id is null and closed_on is null and roles <> array['supplier']`)
  return row?.count ?? 0
}
