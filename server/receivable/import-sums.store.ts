import { type RawBuilder, sql } from 'kysely'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** What stands at a stage of a party's account because of some documents. */
export type LedgerSum = {
  readonly partyId: string
  readonly segment: string | null
  readonly stage: 'invoiced' | 'prepayment' | 'bill'
  readonly currency: Currency
  readonly minor: bigint
}

/**
 * What an import changes: what is open of its invoices and unapplied of its credits, and what its
 * allocations took from the documents of others.
 */
export function importedSums(batchId: string): RawBuilder<LedgerSum> {
  return sql<LedgerSum>`
    select party_id as "partyId", segment, stage, currency, sum(minor)::bigint as minor
    from (
      select party_id, segment, 'invoiced' as stage, currency, open_minor as minor
      from receivable.invoice where import_batch_id = ${batchId} and open_minor <> 0
      union all
      select party_id, null, 'prepayment', currency, unapplied_minor
      from receivable.credit where import_batch_id = ${batchId} and unapplied_minor <> 0
      union all
      select i.party_id, i.segment, 'invoiced', i.currency, -a.amount_minor
      from receivable.allocation a
      join receivable.invoice i on i.party_id = a.party_id and i.id = a.invoice_id
      where a.import_batch_id = ${batchId} and i.import_batch_id is distinct from ${batchId}
      union all
      select c.party_id, null, 'prepayment', c.currency, -a.amount_minor
      from receivable.allocation a
      join receivable.credit c on c.party_id = a.party_id and c.id = a.credit_id
      where a.import_batch_id = ${batchId} and c.import_batch_id is distinct from ${batchId}
    ) part
    group by 1, 2, 3, 4 having sum(minor) <> 0`
}

/** The whole book as it stands. */
export const standingSums = sql<LedgerSum>`
  select party_id as "partyId", segment, stage, currency, sum(minor)::bigint as minor
  from (
    select party_id, segment, 'invoiced' as stage, currency, open_minor as minor
    from receivable.invoice where open_minor > 0
    union all
    select party_id, null, 'prepayment', currency, unapplied_minor
    from receivable.credit where unapplied_minor > 0
    union all
    select party_id, null, 'bill', currency, amount_minor
    from receivable.credit where kind = 'bill' and voided_on is null and collected_on is null
  ) part
  group by 1, 2, 3, 4`

/** The parties whose invoices of an import name an order. */
export async function partiesOfBatch(db: Reader, batchId: string): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select distinct party_id as id from receivable.invoice
    where import_batch_id = ${batchId} and order_number is not null`)
  return rows.map(({ id }) => id)
}

/** The invoices of an import that bill some orders. */
export function importedOfOrders(
  db: Reader,
  batchId: string,
  orders: readonly { readonly partyId: string; readonly orderNumber: string }[],
): Promise<Imported[]> {
  return db.rows(sql<Imported>`
    select i.party_id as "partyId", i.id as "invoiceId", i.order_number as "orderNumber", i.currency,
      i.amount_minor as minor
    from unnest(${list(orders.map(({ partyId }) => partyId))}::uuid[],
      ${list(orders.map(({ orderNumber }) => orderNumber))}::text[]) as k (party_id, order_number)
    join receivable.invoice i on i.party_id = k.party_id and i.order_number = k.order_number
    where i.import_batch_id = ${batchId}
    order by i.issued_on, i.id`)
}

type Imported = {
  readonly partyId: string
  readonly invoiceId: string
  readonly orderNumber: string
  readonly currency: Currency
  readonly minor: bigint
}

/** The invoices of an import that name an order, of some parties. */
export function importedWithOrder(
  db: Reader,
  batchId: string,
  partyIds: readonly string[],
): Promise<{ partyId: string; invoiceId: string }[]> {
  return db.rows(sql<{ partyId: string; invoiceId: string }>`
    select party_id as "partyId", id as "invoiceId" from receivable.invoice
    where import_batch_id = ${batchId} and party_id = any(${list(partyIds)}::uuid[])
      and order_number is not null`)
}
