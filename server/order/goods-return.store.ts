import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type GoodsReturnRow = {
  readonly id: string
  readonly deliveryId: string
  /** Null, as its quantity, where the order has no lines. */
  readonly lineId: string | null
  readonly quantity: bigint | null
  readonly amountMinor: bigint
  /** Whether the goods are to be delivered once more. */
  readonly again: boolean
  readonly returnedOn: Day
  readonly reason: string
}

type OrderKey = { readonly partyId: string; readonly id: string }

export function returnsOf(db: Reader, order: OrderKey): Promise<GoodsReturnRow[]> {
  return db.rows(sql<GoodsReturnRow>`
    select id, delivery_id as "deliveryId", line_id as "lineId",
      quantity_thousandths as quantity, amount_minor as "amountMinor", again,
      returned_on as "returnedOn", reason
    from "order".goods_return where party_id = ${order.partyId} and order_id = ${order.id}
    order by returned_on, id`)
}

export async function insertReturns(
  tx: Transaction,
  order: OrderKey & { readonly currency: Currency },
  rows: readonly GoodsReturnRow[],
): Promise<void> {
  const column = <Value>(of: (row: GoodsReturnRow) => Value) => list(rows.map(of))
  await tx.run(sql`
    insert into "order".goods_return (party_id, id, order_id, delivery_id, line_id,
      quantity_thousandths, currency, amount_minor, again, returned_on, reason)
    select ${order.partyId}, r.id, ${order.id}, r.delivery_id, r.line_id, r.quantity,
      ${order.currency}, r.amount_minor, r.again, r.returned_on, r.reason
    from unnest(${column((row) => row.id)}::uuid[], ${column((row) => row.deliveryId)}::uuid[],
      ${column((row) => row.lineId)}::uuid[], ${column((row) => row.quantity)}::bigint[],
      ${column((row) => row.amountMinor)}::bigint[], ${column((row) => row.again)}::boolean[],
      ${column((row) => row.returnedOn)}::date[], ${column((row) => row.reason)}::text[])
      as r (id, delivery_id, line_id, quantity, amount_minor, again, returned_on, reason)`)
}
