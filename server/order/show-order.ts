import type { OrderFile } from '#contract/order.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { findOrder, partyOfOrder } from '#server/order/order.store.ts'
import { readBook } from '#server/order/order-book.ts'
import { orderFile } from '#server/order/order-reply.ts'
import type { Context } from '#server/platform/run-command.ts'

/** An order with its lines, deliveries and returns, and how far it has come. */
export async function showOrder(context: Context, id: string): Promise<OrderFile | Refusal> {
  const partyId = await partyOfOrder(context.db, id)
  const order = partyId === undefined ? undefined : await findOrder(context.db, { partyId, id })
  if (!order) return refuse('not-found', 'There is no order with this id.')
  return orderFile(await readBook(context.db, order), context.today)
}
