import { sql } from 'kysely'
import type { Contact } from '#contract/party.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export type ContactRow = {
  partyId: string
  id: string
  name: string
  title: string | null
  phone: string | null
  email: string | null
  isForDunning: boolean
  importBatchId: string | null
}

export function contactsOf(db: Reader, partyId: string): Promise<Contact[]> {
  return db.rows(sql<Contact>`
    select id, name, title, phone, email, is_for_dunning as "isForDunning",
      created_at as "createdAt"
    from party.contact where party_id = ${partyId} order by is_for_dunning desc, name, id`)
}

export async function insertContacts(tx: Transaction, rows: readonly ContactRow[]): Promise<void> {
  await tx.run(sql`
    insert into party.contact
      (party_id, id, name, title, phone, email, is_for_dunning, import_batch_id)
    select "partyId", id, name, title, phone, email, "isForDunning", "importBatchId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("partyId" uuid, id uuid, name text,
      title text, phone text, email text, "isForDunning" boolean, "importBatchId" uuid)`)
}

export async function updateContact(tx: Transaction, row: ContactRow): Promise<boolean> {
  const touched = await tx.run(sql`
    update party.contact set name = ${row.name}, title = ${row.title}, phone = ${row.phone},
      email = ${row.email}, is_for_dunning = ${row.isForDunning}
    where party_id = ${row.partyId} and id = ${row.id}`)
  return touched === 1
}

export async function deleteContact(
  tx: Transaction,
  partyId: string,
  id: string,
): Promise<boolean> {
  return (
    (await tx.run(sql`delete from party.contact where party_id = ${partyId} and id = ${id}`)) === 1
  )
}
