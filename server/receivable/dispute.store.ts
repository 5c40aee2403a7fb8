import { sql } from 'kysely'
import type { Dispute } from '#contract/receivable.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

type DisputeInsert = {
  readonly partyId: string
  readonly id: string
  readonly invoiceId: string
  readonly reason: string | null
  readonly openedOn: Day
  readonly closedOn: Day | null
}

const columns = sql`
  party_id as "partyId", id, invoice_id as "invoiceId", reason, opened_on as "openedOn",
  closed_on as "closedOn"`

export async function insertDisputes(
  tx: Transaction,
  rows: readonly DisputeInsert[],
): Promise<void> {
  const column = <Value>(of: (row: DisputeInsert) => Value) => list(rows.map(of))
  await tx.run(sql`
    insert into receivable.dispute (party_id, id, invoice_id, reason, opened_on, closed_on)
    select * from unnest(${column((row) => row.partyId)}::uuid[],
      ${column((row) => row.id)}::uuid[], ${column((row) => row.invoiceId)}::uuid[],
      ${column((row) => row.reason)}::text[], ${column((row) => row.openedOn)}::date[],
      ${column((row) => row.closedOn)}::date[])`)
}

export function disputesOfInvoice(
  db: Reader,
  partyId: string,
  invoiceId: string,
): Promise<Dispute[]> {
  return db.rows(sql<Dispute>`
    select ${columns} from receivable.dispute
    where party_id = ${partyId} and invoice_id = ${invoiceId} order by opened_on, id`)
}

export function findDispute(db: Reader, partyId: string, id: string): Promise<Dispute | undefined> {
  return db.row(sql<Dispute>`
    select ${columns} from receivable.dispute where party_id = ${partyId} and id = ${id}`)
}

export async function endDispute(
  tx: Transaction,
  partyId: string,
  id: string,
  closedOn: Day,
): Promise<void> {
  await tx.run(sql`
    update receivable.dispute set closed_on = ${closedOn}
    where party_id = ${partyId} and id = ${id}`)
}
