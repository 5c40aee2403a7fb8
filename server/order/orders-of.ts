import { findOrders, type PlacedOrder } from '#server/order/order.store.ts'
import { familiesOf } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

/** The orders of some thousand parties; those of merged duplicates carry their survivor's id. */
export async function ordersOf(db: Reader, partyIds: readonly string[]): Promise<PlacedOrder[]> {
  const survivors = await familiesOf(db, partyIds)
  const orders = await findOrders(db, [...survivors.keys()])
  return orders.map((order) => {
    const partyId = survivors.get(order.partyId) ?? order.partyId
    return partyId === order.partyId ? order : { ...order, partyId }
  })
}
