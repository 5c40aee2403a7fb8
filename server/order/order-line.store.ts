import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type LineRow = {
  readonly id: string
  readonly line: number
  readonly item: string
  readonly description: string | null
  readonly quantity: bigint
  readonly unit: string
  readonly unitPriceE4: bigint
  readonly amountMinor: bigint
  readonly requestedOn: Day | null
}

type OrderKey = { readonly partyId: string; readonly id: string }

export function linesOf(db: Reader, order: OrderKey): Promise<LineRow[]> {
  return db.rows(sql<LineRow>`
    select id, line, item, description, quantity_thousandths as quantity, unit,
      unit_price_e4 as "unitPriceE4", amount_minor as "amountMinor", requested_on as "requestedOn"
    from "order".order_line where party_id = ${order.partyId} and order_id = ${order.id}
    order by line`)
}

/** Makes these the lines of the order: known ones are changed, new ones added, others removed. */
export async function replaceLines(
  tx: Transaction,
  order: OrderKey & { readonly currency: Currency },
  rows: readonly LineRow[],
): Promise<void> {
  const column = <Value>(of: (row: LineRow) => Value) => list(rows.map(of))
  await tx.run(sql`
    delete from "order".order_line where party_id = ${order.partyId} and order_id = ${order.id}
      and not id = any(${column((row) => row.id)}::uuid[])`)
  await tx.run(sql`
    insert into "order".order_line (party_id, id, order_id, line, item, description,
      quantity_thousandths, unit, unit_price_e4, currency, amount_minor, requested_on)
    select ${order.partyId}, r.id, ${order.id}, r.line, r.item, r.description, r.quantity, r.unit,
      r.unit_price, ${order.currency}, r.amount_minor, r.requested_on
    from unnest(${column((row) => row.id)}::uuid[], ${column((row) => row.line)}::integer[],
      ${column((row) => row.item)}::text[], ${column((row) => row.description)}::text[],
      ${column((row) => row.quantity)}::bigint[], ${column((row) => row.unit)}::text[],
      ${column((row) => row.unitPriceE4)}::bigint[],
      ${column((row) => row.amountMinor)}::bigint[],
      ${column((row) => row.requestedOn)}::date[]) as r (id, line, item, description, quantity,
      unit, unit_price, amount_minor, requested_on)
    on conflict (party_id, id) do update set item = excluded.item,
      description = excluded.description, quantity_thousandths = excluded.quantity_thousandths,
      unit = excluded.unit, unit_price_e4 = excluded.unit_price_e4,
      amount_minor = excluded.amount_minor, requested_on = excluded.requested_on`)
}
