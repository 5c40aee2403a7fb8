import { sql } from 'kysely'
import type { PartyRole } from '#contract/party.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** What a credit check must know of a party, and its ties to those whose accounts it charges. */
export type ChargeLinks = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly roles: readonly PartyRole[]
  readonly industry: string | null
  readonly department: string | null
  readonly region: string | null
  readonly currency: string | null
  readonly terms: string | null
  readonly salesperson: string | null
  readonly closedOn: Day | null
  readonly mergedIntoId: string | null
  readonly payerId: string | null
  readonly groupParentId: string | null
  readonly headsGroup: boolean
  /** Whether it pays for others, or duplicates of it count to it. */
  readonly paysForOthers: boolean
}

const columns = sql`
  p.id, p.code, p.name, p.roles, p.industry, p.department, p.region, p.currency, p.terms, p.salesperson,
  p.closed_on as "closedOn", p.merged_into_id as "mergedIntoId", p.payer_id as "payerId",
  p.group_parent_id as "groupParentId",
  exists (select from party.party m where m.group_parent_id = p.id) as "headsGroup",
  (exists (select from party.party m where m.payer_id = p.id)
    or exists (select from party.party m where m.merged_into_id = p.id)) as "paysForOthers"`

/** These parties and all that their payers, groups and merges lead to. */
export async function chargeLinksOf(
  db: Reader,
  partyIds: readonly string[],
): Promise<Map<string, ChargeLinks>> {
  const found = new Map<string, ChargeLinks>()
  for (let wanted = [...new Set(partyIds)]; wanted.length > 0; ) {
    const rows = await db.rows(
      sql<ChargeLinks>`
        select ${columns} from party.party p where p.id = any(${list(wanted)}::uuid[])`,
      { prepared: true },
    )
    for (const row of rows) found.set(row.id, row)
    const ties = rows.flatMap((row) => [row.mergedIntoId, row.payerId, row.groupParentId])
    wanted = [...new Set(ties)].filter((id): id is string => id !== null && !found.has(id))
  }
  return found
}

/** Every party that charges another, counts to a group or heads one. */
export async function tiedParties(db: Reader): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select id from party.party
    where payer_id is not null or group_parent_id is not null or merged_into_id is not null
    union select group_parent_id from party.party where group_parent_id is not null`)
  return rows.map((row) => row.id)
}

/** The parties whose documents may charge others since one of these changed its ties. */
export async function partiesTiedTo(db: Reader, partyIds: readonly string[]): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    with recursive tied as (
      select id from party.party where id = any(${list(partyIds)}::uuid[])
      union
      select p.id from tied t join party.party p
        on p.group_parent_id = t.id or p.payer_id = t.id or p.merged_into_id = t.id
    )
    select id from tied`)
  return rows.map((row) => row.id)
}
