import { sql } from 'kysely'
import type { Identifier, PartyHead } from '#contract/party.ts'
import type { IdentifierScheme } from '#kernel/party/check-identifier.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type IdentifierRow = {
  partyId: string
  id: string
  scheme: IdentifierScheme
  value: string
  isValid: boolean
  importBatchId: string | null
}

export function identifiersOf(db: Reader, partyId: string): Promise<Identifier[]> {
  return db.rows(sql<Identifier>`
    select id, scheme, value, is_valid as "isValid", created_at as "createdAt"
    from party.identifier where party_id = ${partyId} order by scheme, value`)
}

/** Adds identifiers; those that the party has already are passed over. Tells how many it added. */
export function insertIdentifiers(
  tx: Transaction,
  rows: readonly IdentifierRow[],
): Promise<number> {
  return tx.run(sql`
    insert into party.identifier (party_id, id, scheme, value, is_valid, import_batch_id)
    select "partyId", id, scheme, value, "isValid", "importBatchId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("partyId" uuid, id uuid,
      scheme text, value text, "isValid" boolean, "importBatchId" uuid)
    on conflict on constraint identifier_once do nothing`)
}

export async function deleteIdentifier(
  tx: Transaction,
  partyId: string,
  id: string,
): Promise<boolean> {
  return (
    (await tx.run(sql`
      delete from party.identifier where party_id = ${partyId} and id = ${id}`)) === 1
  )
}

export type Holder = PartyHead & {
  scheme: IdentifierScheme
  value: string
  isValid: boolean
  survivorId: string
}

/** Who holds identifiers of these values, in whatever scheme. */
export function holdersOf(db: Reader, values: readonly string[]): Promise<Holder[]> {
  return db.rows(sql<Holder>`
    select p.id, p.code, p.name, i.scheme, i.value, i.is_valid as "isValid",
      coalesce(p.merged_into_id, p.id) as "survivorId"
    from party.identifier i join party.party p on p.id = i.party_id
    where i.value = any(${list(values)}::text[])
    order by p.code`)
}
