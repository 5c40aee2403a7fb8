import { sql } from 'kysely'
import type { ReplacedParty } from '#server/party/public.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export async function insertReplaced(
  tx: Transaction,
  batchId: string,
  replaced: readonly ReplacedParty[],
): Promise<void> {
  await tx.run(sql`
    insert into import.replaced_party (batch_id, party_id, before, after)
    select ${batchId}, "partyId", before, after
    from json_to_recordset(${JSON.stringify(replaced)}::json)
      as r ("partyId" uuid, before jsonb, after jsonb)`)
}

export function replacedParties(db: Reader, batchId: string): Promise<ReplacedParty[]> {
  return db.rows(sql<ReplacedParty>`
    select party_id as "partyId", before, after from import.replaced_party
    where batch_id = ${batchId}`)
}

export async function deleteReplaced(tx: Transaction, batchId: string): Promise<void> {
  await tx.run(sql`delete from import.replaced_party where batch_id = ${batchId}`)
}
