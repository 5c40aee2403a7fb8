import { type RawBuilder, sql } from 'kysely'
import { partyOf } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

/** An invoice found by its number, with whose it is. */
type NumberedInvoice = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly code: string
  readonly name: string
  readonly shortName: string | null
  readonly closedOn: string | null
}

/** Invoices whose number begins so. `mayBeSeen` is a condition on the party p. */
export function invoicesByNumber(
  db: Reader,
  of: { readonly number: string; readonly limit: number; readonly mayBeSeen: RawBuilder<unknown> },
): Promise<NumberedInvoice[]> {
  return db.rows(sql<NumberedInvoice>`
    select i.party_id as "partyId", i.id, i.number, p.code, p.name, p.short_name as "shortName",
      p.closed_on as "closedOn"
    from receivable.invoice i ${partyOf(sql`i.party_id`)}
    where i.number >= ${of.number} and i.number < ${of.number}::text || chr(1114111)
      and ${of.mayBeSeen}
    order by i.number, i.id limit ${of.limit}`)
}
