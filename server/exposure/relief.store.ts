import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type Relief = {
  readonly partyId: string
  readonly id: string
  readonly invoiceId: string
  readonly documentId: string
  readonly documentKind: 'order' | 'delivery' | 'reservation'
  readonly stage: 'order' | 'delivered'
  readonly number: string
  readonly orderNumber: string
  readonly segment: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly shipOn: Day | null
}

export async function insertReliefs(tx: Transaction, reliefs: readonly Relief[]): Promise<void> {
  const column = <Value>(of: (relief: Relief) => Value) => list(reliefs.map(of))
  await tx.run(sql`
    insert into exposure.relief (party_id, id, invoice_id, document_id, document_kind, stage,
      number, order_number, segment, currency, amount_minor, ship_on)
    select * from unnest(${column((r) => r.partyId)}::uuid[], ${column((r) => r.id)}::uuid[],
      ${column((r) => r.invoiceId)}::uuid[], ${column((r) => r.documentId)}::uuid[],
      ${column((r) => r.documentKind)}::text[], ${column((r) => r.stage)}::text[],
      ${column((r) => r.number)}::text[], ${column((r) => r.orderNumber)}::text[],
      ${column((r) => r.segment)}::text[], ${column((r) => r.currency)}::text[],
      ${column((r) => r.amountMinor)}::bigint[], ${column((r) => r.shipOn)}::date[])`)
}

const columns = sql`
  r.party_id as "partyId", r.id, r.invoice_id as "invoiceId", r.document_id as "documentId",
  r.document_kind as "documentKind", r.stage, r.number, r.order_number as "orderNumber", r.segment,
  r.currency, r.amount_minor as "amountMinor", r.ship_on as "shipOn"`

/** What invoices took over of these documents of one party and still have, the oldest first. */
export function reliefsOf(
  db: Reader,
  partyId: string,
  documentIds: readonly string[],
): Promise<Relief[]> {
  return db.rows(sql<Relief>`
    select ${columns} from exposure.relief r
    where r.party_id = ${partyId} and r.document_id = any(${list(documentIds)}::uuid[])
      and r.reversed_on is null
    order by r.id`)
}

/** What these invoices took over and still have. */
export function reliefsBy(
  db: Reader,
  invoices: readonly { readonly partyId: string; readonly invoiceId: string }[],
): Promise<Relief[]> {
  return db.rows(sql<Relief>`
    select ${columns}
    from unnest(${list(invoices.map(({ partyId }) => partyId))}::uuid[],
      ${list(invoices.map(({ invoiceId }) => invoiceId))}::uuid[]) as k (party_id, invoice_id)
    join exposure.relief r on r.party_id = k.party_id and r.invoice_id = k.invoice_id
    where r.reversed_on is null order by r.id`)
}

/** What an ended document gave to invoices is not wanted back, should they be voided. */
export async function forgetReliefs(
  tx: Transaction,
  of: { readonly partyId: string; readonly documentId: string },
  on: Day,
): Promise<void> {
  await tx.run(sql`
    update exposure.relief set reversed_on = ${on}
    where party_id = ${of.partyId} and document_id = ${of.documentId} and stage = 'order'
      and reversed_on is null`)
}

export async function markReversed(
  tx: Transaction,
  reliefs: readonly Relief[],
  on: Day,
): Promise<void> {
  await tx.run(sql`
    update exposure.relief r set reversed_on = ${on}
    from unnest(${list(reliefs.map(({ partyId }) => partyId))}::uuid[],
      ${list(reliefs.map(({ id }) => id))}::uuid[]) as k (party_id, id)
    where r.party_id = k.party_id and r.id = k.id`)
}
