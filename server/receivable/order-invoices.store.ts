import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

export type OrderInvoice = {
  readonly partyId: string
  readonly orderNumber: string
  readonly id: string
  readonly number: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly openMinor: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
}

/** The invoices in force that bear the numbers of these orders, the oldest first. */
export function invoicesOfOrders(
  db: Reader,
  orders: readonly { readonly partyId: string; readonly number: string }[],
): Promise<OrderInvoice[]> {
  return db.rows(sql<OrderInvoice>`
    select i.party_id as "partyId", i.order_number as "orderNumber", i.id, i.number, i.currency,
      i.amount_minor as "amountMinor", i.open_minor as "openMinor", i.issued_on as "issuedOn",
      i.due_on as "dueOn"
    from unnest(${list(orders.map(({ partyId }) => partyId))}::uuid[],
      ${list(orders.map(({ number }) => number))}::text[]) as k (party_id, order_number)
    join receivable.invoice i on i.party_id = k.party_id and i.order_number = k.order_number
    where i.voided_on is null order by i.issued_on, i.id`)
}
