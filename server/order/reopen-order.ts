import type { OrderAnswer } from '#contract/order.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { confirm } from '#server/order/confirm-order.ts'
import { updateOrder } from '#server/order/order.store.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import type { Context } from '#server/platform/run-command.ts'

/**
 * Takes an ended order up again. What is still to be delivered of it passes the gate as if it were
 * new; an order that was never confirmed is a draft again.
 */
export function reopenOrder(context: Context, id: string): Promise<OrderAnswer | Refusal> {
  const of = { id, act: 'reopened', command: 'order.reopen', input: {} } as const
  return changeOrder(context, of, async (tx, book) => {
    const { today } = context
    const countedMinor = book.positions.counted
    const order = { ...book.order, countedMinor, cancelledOn: null, completedOn: null }
    const { number, partyId } = order
    await tx.emit({ kind: 'order.reopened', partyId, facts: { id, number } })
    if (order.state === 'cancelled' && order.confirmedOn === null) {
      const draft = { ...order, state: 'draft' } as const
      await updateOrder(tx, draft)
      return orderAnswer(tx, draft, { today, check: null })
    }
    const of = { cause: 'reopened', mostMinor: null }
    const check = await confirm(tx, context, { ...book, order }, of)
    if (isRefusal(check)) return check
    return orderAnswer(tx, order, { today, check })
  })
}
