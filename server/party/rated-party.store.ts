import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { ownedBy } from '#server/party/visible-party.ts'
import { list, type Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

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
  readonly department: string | null
  readonly region: string | null
  readonly roles: readonly string[]
}

const columns = sql`
  id, code, name, industry, currency, since_on as "sinceOn", founded_on as "foundedOn", terms,
  department, region, roles`

/** These parties without those that were merged into another one. */
export function findRatedParties(db: Reader, ids: readonly string[]): Promise<RatedParty[]> {
  return db.rows(sql<RatedParty>`
    select ${columns} from party.party
    where id = any(${list(ids)}::uuid[]) and merged_into_id is null order by id`)
}

const isRated = sql`
  merged_into_id is null and roles && array['customer', 'channel-partner', 'platform-user']`

/**
 * Customers of whatever kind in the order of their ids, merged and closed ones left out: all of them,
 * or those that somebody sees.
 */
export function nextCustomers(
  db: Reader,
  after: string | null,
  limit: number,
  asOf: Day,
  seenBy: Pick<Actor, 'scope'> = {},
): Promise<RatedParty[]> {
  return db.rows(sql<RatedParty>`
    select ${columns} from party.party p
    where id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      and (closed_on is null or closed_on > ${asOf}) and ${isRated} and ${ownedBy(seenBy, 'p')}
    order by id limit ${limit}`)
}

/** About how many customers there are, or how many somebody sees of them. */
export async function countCustomers(
  db: Reader,
  seenBy: Pick<Actor, 'scope'> = {},
): Promise<number> {
  const row = await db.row(sql<{ count: bigint }>`
    select count(*) from party.party p
    where closed_on is null and ${isRated} and ${ownedBy(seenBy, 'p')}`)
  return Number(row?.count ?? 0n)
}

/** Who is looked after by people, by name or login as files have them, or by departments. */
export async function customersOf(
  db: Reader,
  by: { readonly salespeople: readonly string[]; readonly departments: readonly string[] },
): Promise<readonly string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select id from party.party
    where salesperson = any(${list(by.salespeople)}::text[])
      or department = any(${list(by.departments)}::text[])
    limit 20000`)
  return rows.map(({ id }) => id)
}
