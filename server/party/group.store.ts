import { type RawBuilder, sql } from 'kysely'
import type { PartyHead } from '#contract/party.ts'
import { headColumns } from '#server/party/party.store.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/**
 * Groups, payers, merges and codes change one at a time: two commands that each add half of a cycle,
 * or that both want one code, would not see each other.
 */
export async function lockStructure(tx: Transaction): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('xinheng.party.structure'))`)
}

/**
 * The party and what stands above it, upwards. A duplicate counts as its survivor; the chain ends
 * where it would meet a party again.
 */
export function chainUpFrom(db: Reader, partyId: string): Promise<PartyHead[]> {
  return db.rows(sql<PartyHead>`
    with recursive chain (id, parent_id, path) as (
      select s.id, s.group_parent_id, array[s.id]
      from party.party q join party.party s on s.id = coalesce(q.merged_into_id, q.id)
      where q.id = ${partyId}
      union all
      select s.id, s.group_parent_id, c.path || s.id
      from chain c join party.party q on q.id = c.parent_id
      join party.party s on s.id = coalesce(q.merged_into_id, q.id)
      where s.id <> all(c.path)
    )
    select ${headColumns} from chain c join party.party p on p.id = c.id
    order by cardinality(c.path)`)
}

/** Ids of a group: the party, all below it, and duplicates merged into any of them. */
export function idsOfGroup(partyId: string): RawBuilder<{ id: string }> {
  return sql<{ id: string }>`
    with recursive member (id) as (
      select ${partyId}::uuid
      union
      select p.id from member m join party.party p
        on p.merged_into_id = m.id or (p.group_parent_id = m.id and p.merged_into_id is null)
    )
    select id from member`
}

export function membersOf(db: Reader, partyId: string): Promise<PartyHead[]> {
  return db.rows(sql<PartyHead>`
    select ${headColumns} from party.party p
    where p.group_parent_id = ${partyId} and p.merged_into_id is null order by p.code limit 500`)
}

/** Parties that any of these pays for. */
export function paidForBy(db: Reader, partyIds: readonly string[]): Promise<PartyHead[]> {
  return db.rows(sql<PartyHead>`
    select ${headColumns} from party.party p
    where p.payer_id = any(${list(partyIds)}::uuid[]) order by p.code limit 500`)
}
