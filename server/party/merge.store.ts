import { sql } from 'kysely'
import type { Merge } from '#contract/party.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

const columns = sql`
  m.id, m.party_id as "partyId", m.duplicate_id as "duplicateId", d.code as "duplicateCode",
  d.name as "duplicateName", m.reason, m.merged_by as "mergedBy", m.merged_at as "mergedAt",
  m.undone_by as "undoneBy", m.undone_at as "undoneAt"`

/** Merges into this party and of this party, latest first, undone ones included. */
export function mergesAbout(db: Reader, partyId: string): Promise<Merge[]> {
  return db.rows(sql<Merge>`
    select ${columns} from party.merge m join party.party d on d.id = m.duplicate_id
    where m.party_id = ${partyId} or m.duplicate_id = ${partyId}
    order by m.merged_at desc, m.id desc`)
}

export function findMerge(db: Reader, partyId: string, id: string): Promise<Merge | undefined> {
  return db.row(sql<Merge>`
    select ${columns} from party.merge m join party.party d on d.id = m.duplicate_id
    where m.party_id = ${partyId} and m.id = ${id}`)
}

export async function insertMerge(
  tx: Transaction,
  merge: { id: string; partyId: string; duplicateId: string; reason: string; mergedBy: string },
): Promise<void> {
  await tx.run(sql`
    insert into party.merge (party_id, id, duplicate_id, reason, merged_by)
    values (${merge.partyId}, ${merge.id}, ${merge.duplicateId}, ${merge.reason},
      ${merge.mergedBy})`)
  await tx.run(sql`
    update party.party set merged_into_id = ${merge.partyId}
    where id = ${merge.duplicateId} or merged_into_id = ${merge.duplicateId}`)
}

/** Ends a merge: the duplicate stands for itself again and for all that was merged into it. */
export async function endMerge(tx: Transaction, merge: Merge, undoneBy: string): Promise<void> {
  await tx.run(sql`
    update party.merge set undone_by = ${undoneBy}, undone_at = now()
    where party_id = ${merge.partyId} and id = ${merge.id}`)
  await tx.run(sql`
    with recursive under (id) as (
      select ${merge.duplicateId}::uuid
      union
      select m.duplicate_id from under u
      join party.merge m on m.party_id = u.id and m.undone_at is null
    )
    update party.party p
    set merged_into_id = case when p.id <> ${merge.duplicateId} then ${merge.duplicateId}::uuid end
    from under where p.id = under.id`)
}
