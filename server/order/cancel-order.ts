import type { OrderAnswer, OrderEnd } from '#contract/order.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { positionsAfter } from '#kernel/order/order-positions.ts'
import { withdrawHolds } from '#server/check/public.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { type OrderRow, updateOrder } from '#server/order/order.store.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import { postLowered } from '#server/order/pass-gate.ts'
import type { Context } from '#server/platform/run-command.ts'

/** Ends an order of which nothing was delivered: it counts with nothing, its holds are withdrawn. */
export function cancelOrder(
  context: Context,
  id: string,
  end: OrderEnd,
): Promise<OrderAnswer | Refusal> {
  const of = { id, act: 'cancelled', command: 'order.cancel', input: { ...end } } as const
  return changeOrder(context, of, async (tx, book) => {
    const { deliveries, order } = book
    const { number, partyId } = order
    const kept = deliveries.filter(({ keptMinor }) => keptMinor > 0n)
    if (kept.length > 0) {
      const detail = `Order ${number} was delivered in part: take it back, or close the order.`
      const zh = `订单 ${number} 已有发货：先退货再取消，或者关闭订单。`
      return refuse('wrong-state', detail, { deliveries: kept.length, zh })
    }
    const positions = positionsAfter(book.positions, { kind: 'rest-ended' })
    await postLowered(tx, context, { book, positions, cash: order.cash, cause: 'cancelled' })
    await withdrawHolds(tx, context, id, `cancelled: ${end.reason}`)
    const cancelled: OrderRow = {
      ...order,
      state: 'cancelled',
      cancelledOn: context.today,
      countedMinor: positions.counted,
      pending: null,
    }
    await updateOrder(tx, cancelled)
    await tx.emit({ kind: 'order.cancelled', partyId, facts: { id, number, reason: end.reason } })
    return orderAnswer(tx, cancelled, { today: context.today, check: null })
  })
}
