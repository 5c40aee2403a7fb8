import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type DeliveryRow = {
  readonly partyId: string
  readonly id: string
  readonly orderId: string
  readonly amountMinor: bigint
  readonly deliveredOn: Day
  readonly number?: string | null
  readonly note?: string | null
  /** What will never be invoiced. */
  readonly settledMinor?: bigint
}

export type DeliveryLineRow = {
  readonly id: string
  readonly deliveryId: string
  readonly lineId: string
  readonly quantity: bigint
  readonly amountMinor: bigint
}

type OrderKey = { readonly partyId: string; readonly id: string }

export function insertDeliveries(tx: Transaction, rows: readonly DeliveryRow[]): Promise<number> {
  const column = <Value>(of: (row: DeliveryRow) => Value) => list(rows.map(of))
  return tx.run(sql`
    insert into "order".delivery (party_id, id, order_id, amount_minor, delivered_on, number, note)
    select * from unnest(${column((row) => row.partyId)}::uuid[],
      ${column((row) => row.id)}::uuid[], ${column((row) => row.orderId)}::uuid[],
      ${column((row) => row.amountMinor)}::bigint[], ${column((row) => row.deliveredOn)}::date[],
      ${column((row) => row.number ?? null)}::text[], ${column((row) => row.note ?? null)}::text[])`)
}

export async function insertDeliveryLines(
  tx: Transaction,
  order: { readonly partyId: string; readonly currency: Currency },
  rows: readonly DeliveryLineRow[],
): Promise<void> {
  const column = <Value>(of: (row: DeliveryLineRow) => Value) => list(rows.map(of))
  await tx.run(sql`
    insert into "order".delivery_line (party_id, id, delivery_id, line_id, quantity_thousandths,
      currency, amount_minor)
    select ${order.partyId}, r.id, r.delivery_id, r.line_id, r.quantity, ${order.currency},
      r.amount_minor
    from unnest(${column((row) => row.id)}::uuid[], ${column((row) => row.deliveryId)}::uuid[],
      ${column((row) => row.lineId)}::uuid[], ${column((row) => row.quantity)}::bigint[],
      ${column((row) => row.amountMinor)}::bigint[]) as r (id, delivery_id, line_id, quantity,
      amount_minor)`)
}

export function deliveriesOf(db: Reader, order: OrderKey): Promise<Required<DeliveryRow>[]> {
  return db.rows(sql<Required<DeliveryRow>>`
    select party_id as "partyId", id, order_id as "orderId", amount_minor as "amountMinor",
      delivered_on as "deliveredOn", number, note, settled_minor as "settledMinor"
    from "order".delivery where party_id = ${order.partyId} and order_id = ${order.id}
    order by delivered_on, id`)
}

export function deliveryLinesOf(db: Reader, order: OrderKey): Promise<DeliveryLineRow[]> {
  return db.rows(sql<DeliveryLineRow>`
    select l.id, l.delivery_id as "deliveryId", l.line_id as "lineId",
      l.quantity_thousandths as quantity, l.amount_minor as "amountMinor"
    from "order".delivery d
    join "order".delivery_line l on l.party_id = d.party_id and l.delivery_id = d.id
    where d.party_id = ${order.partyId} and d.order_id = ${order.id} order by l.id`)
}

/** Keeps that what is not invoiced of deliveries will never be. */
export async function settleDeliveries(
  tx: Transaction,
  partyId: string,
  deliveries: readonly { readonly id: string; readonly notInvoicedMinor: bigint }[],
): Promise<void> {
  await tx.run(sql`
    update "order".delivery d set settled_minor = d.settled_minor + r.minor
    from unnest(${list(deliveries.map(({ id }) => id))}::uuid[],
      ${list(deliveries.map(({ notInvoicedMinor }) => notInvoicedMinor))}::bigint[]) as r (id, minor)
    where d.party_id = ${partyId} and d.id = r.id`)
}

/** Values deliveries anew after a change of price. */
export async function repriceDeliveries(
  tx: Transaction,
  partyId: string,
  deliveries: readonly Pick<DeliveryRow, 'id' | 'amountMinor'>[],
  lines: readonly Pick<DeliveryLineRow, 'id' | 'amountMinor'>[],
): Promise<void> {
  const ids = (rows: readonly { readonly id: string }[]) => list(rows.map(({ id }) => id))
  const amounts = (rows: readonly { readonly amountMinor: bigint }[]) =>
    list(rows.map(({ amountMinor }) => amountMinor))
  await tx.run(sql`
    update "order".delivery d set amount_minor = r.amount_minor
    from unnest(${ids(deliveries)}::uuid[], ${amounts(deliveries)}::bigint[])
      as r (id, amount_minor)
    where d.party_id = ${partyId} and d.id = r.id`)
  await tx.run(sql`
    update "order".delivery_line l set amount_minor = r.amount_minor
    from unnest(${ids(lines)}::uuid[], ${amounts(lines)}::bigint[]) as r (id, amount_minor)
    where l.party_id = ${partyId} and l.id = r.id`)
}
