import { sql } from 'kysely'
import type { OtherName } from '#contract/party.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export type OtherNameRow = {
  partyId: string
  id: string
  name: string
  nameKey: string
  kind: 'former' | 'alias'
  untilOn: string | null
  importBatchId: string | null
}

export function otherNamesOf(db: Reader, partyId: string): Promise<OtherName[]> {
  return db.rows(sql<OtherName>`
    select id, name, kind, until_on as "untilOn", created_at as "createdAt"
    from party.other_name where party_id = ${partyId} order by until_on desc nulls first, name`)
}

/** Adds names; those that the party has already are passed over. Tells how many it added. */
export function insertOtherNames(tx: Transaction, rows: readonly OtherNameRow[]): Promise<number> {
  return tx.run(sql`
    insert into party.other_name (party_id, id, name, name_key, kind, until_on, import_batch_id)
    select "partyId", id, name, "nameKey", kind, "untilOn", "importBatchId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("partyId" uuid, id uuid,
      name text, "nameKey" text, kind text, "untilOn" date, "importBatchId" uuid)
    on conflict on constraint other_name_once do nothing`)
}

/** Keeps the name that a party gives up; one that it had before ends anew. */
export async function keepFormerName(tx: Transaction, row: OtherNameRow): Promise<void> {
  await tx.run(sql`
    insert into party.other_name (party_id, id, name, name_key, kind, until_on)
    values (${row.partyId}, ${row.id}, ${row.name}, ${row.nameKey}, 'former', ${row.untilOn})
    on conflict on constraint other_name_once
    do update set kind = 'former', until_on = excluded.until_on`)
}

export async function deleteOtherName(
  tx: Transaction,
  partyId: string,
  id: string,
): Promise<boolean> {
  return (
    (await tx.run(sql`
      delete from party.other_name where party_id = ${partyId} and id = ${id}`)) === 1
  )
}
