import { type RawBuilder, sql } from 'kysely'
import type { PartyRole } from '#contract/party.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** What a list of parties shows of each; merged duplicates are left out. */
type ListedParty = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly sortName: string
  readonly shortName: string | null
  readonly roles: readonly PartyRole[]
  readonly industry: string | null
  readonly region: string | null
  readonly department: string | null
  readonly salesperson: string | null
  readonly currency: Currency | null
  readonly closedOn: Day | null
}

export function listedParties(db: Reader, ids: readonly string[]): Promise<ListedParty[]> {
  return db.rows(sql<ListedParty>`
    select p.id, p.code, p.name, coalesce(n.sort_name, p.name) as "sortName",
      p.short_name as "shortName", p.roles, p.industry, p.region, p.department, p.salesperson,
      p.currency, p.closed_on as "closedOn"
    from party.party p left join party.name_index n on n.party_id = p.id
    where p.id = any(${list(ids)}::uuid[]) and p.merged_into_id is null`)
}

/** All that may have a line, as a query. */
export const idsOfParties = sql<{ id: string }>`
  select id from party.party where merged_into_id is null`

/** Joins the party p that a row belongs to: of a merged duplicate its survivor. */
export function partyOf(partyId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    join party.party m on m.id = ${partyId}
    join party.party p on p.id = coalesce(m.merged_into_id, m.id)`
}
