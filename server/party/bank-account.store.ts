import { sql } from 'kysely'
import type { BankAccount } from '#contract/party.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export type BankAccountRow = {
  partyId: string
  id: string
  accountNumber: string
  bankName: string | null
  holderName: string | null
  importBatchId: string | null
}

export function bankAccountsOf(db: Reader, partyId: string): Promise<BankAccount[]> {
  return db.rows(sql<BankAccount>`
    select id, account_number as "accountNumber", bank_name as "bankName",
      holder_name as "holderName", created_at as "createdAt"
    from party.bank_account where party_id = ${partyId} order by created_at, id`)
}

/** Adds accounts; those that the party has already are passed over. Tells how many it added. */
export function insertBankAccounts(
  tx: Transaction,
  rows: readonly BankAccountRow[],
): Promise<number> {
  return tx.run(sql`
    insert into party.bank_account
      (party_id, id, account_number, bank_name, holder_name, import_batch_id)
    select "partyId", id, "accountNumber", "bankName", "holderName", "importBatchId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("partyId" uuid, id uuid,
      "accountNumber" text, "bankName" text, "holderName" text, "importBatchId" uuid)
    on conflict on constraint account_once do nothing`)
}

export async function deleteBankAccount(
  tx: Transaction,
  partyId: string,
  id: string,
): Promise<boolean> {
  return (
    (await tx.run(sql`
      delete from party.bank_account where party_id = ${partyId} and id = ${id}`)) === 1
  )
}
