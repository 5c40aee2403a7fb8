import { sql } from 'kysely'
import type { Order } from '#kernel/receivable/history.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** The orders of many parties, as ledger histories know them. */
export function ordersOf(
  db: Reader,
  partyIds: readonly string[],
): Promise<(Order & { readonly partyId: string })[]> {
  return db.rows(sql<Order & { readonly partyId: string }>`
    select party_id as "partyId", id, currency, amount_minor as "amountMinor",
      ordered_on as "orderedOn", cancelled_on as "cancelledOn"
    from "order".sales_order where party_id = any(${list(partyIds)}::uuid[])`)
}
