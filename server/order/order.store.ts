import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type OrderRow = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly orderedOn: Day
  readonly requestedOn: Day | null
  readonly cancelledOn: Day | null
}

/** Adds orders and tells how many; a number that the party has already is passed over. */
export function insertOrders(tx: Transaction, rows: readonly OrderRow[]): Promise<number> {
  const column = <Value>(of: (row: OrderRow) => Value) => list(rows.map(of))
  return tx.run(sql`
    insert into "order".sales_order (party_id, id, number, currency, amount_minor, ordered_on,
      requested_on, cancelled_on)
    select * from unnest(${column((row) => row.partyId)}::uuid[],
      ${column((row) => row.id)}::uuid[], ${column((row) => row.number)}::text[],
      ${column((row) => row.currency)}::text[], ${column((row) => row.amountMinor)}::bigint[],
      ${column((row) => row.orderedOn)}::date[], ${column((row) => row.requestedOn)}::date[],
      ${column((row) => row.cancelledOn)}::date[])
    on conflict on constraint order_number_once do nothing`)
}

/** Every order of these parties, for whoever computes over them. */
export function findOrders(db: Reader, partyIds: readonly string[]): Promise<OrderRow[]> {
  return db.rows(sql<OrderRow>`
    select party_id as "partyId", id, number, currency, amount_minor as "amountMinor",
      ordered_on as "orderedOn", requested_on as "requestedOn", cancelled_on as "cancelledOn"
    from "order".sales_order where party_id = any(${list(partyIds)}::uuid[])`)
}

type OrderWithDelivered = OrderRow & {
  readonly deliveredMinor: bigint
  readonly lastDeliveredOn: Day | null
}

/** A page of the orders of a family, latest first; `after` is the day and id of the last one. */
export function listOrders(
  db: Reader,
  of: {
    readonly partyIds: readonly string[]
    readonly limit: number
    readonly after: { readonly day: string; readonly id: string } | null
  },
): Promise<OrderWithDelivered[]> {
  return db.rows(sql<OrderWithDelivered>`
    select o.party_id as "partyId", o.id, o.number, o.currency, o.amount_minor as "amountMinor",
      o.ordered_on as "orderedOn", o.requested_on as "requestedOn",
      o.cancelled_on as "cancelledOn", d.delivered_minor as "deliveredMinor",
      d.last_delivered_on as "lastDeliveredOn"
    from "order".sales_order o
    cross join lateral (
      select coalesce(sum(amount_minor), 0)::bigint as delivered_minor,
        max(delivered_on) as last_delivered_on
      from "order".delivery d where d.party_id = o.party_id and d.order_id = o.id
    ) d
    where o.party_id = any(${list(of.partyIds)}::uuid[])
      and (${of.after?.day ?? null}::date is null
        or (o.ordered_on, o.id) < (${of.after?.day ?? null}::date, ${of.after?.id ?? null}::uuid))
    order by o.ordered_on desc, o.id desc limit ${of.limit}`)
}
