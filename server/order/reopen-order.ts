import type { OrderAnswer } from '#contract/order.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { OrderPositions } from '#kernel/order/order-positions.ts'
import { rememberReliefs } from '#server/exposure/public.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { confirm } from '#server/order/confirm-order.ts'
import { updateOrder } from '#server/order/order.store.ts'
import type { OrderBook } from '#server/order/order-book.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

/**
 * Takes an ended order up again. What is still to be delivered of it passes the gate as if it were
 * new; an order that was never confirmed is a draft again.
 */
export function reopenOrder(context: Context, id: string): Promise<OrderAnswer | Refusal> {
  const of = { id, act: 'reopened', command: 'order.reopen', input: {} } as const
  return changeOrder(context, of, async (tx, book) => {
    const { today } = context
    const positions = await wantedAgain(tx, book)
    const countedMinor = positions.counted
    const order = { ...book.order, countedMinor, cancelledOn: null, completedOn: null }
    const { number, partyId } = order
    await tx.emit({ kind: 'order.reopened', partyId, facts: { id, number } })
    if (order.state === 'cancelled' && order.confirmedOn === null) {
      const draft = { ...order, state: 'draft' } as const
      await updateOrder(tx, draft)
      return orderAnswer(tx, draft, { today, check: null })
    }
    const of = { cause: 'reopened', mostMinor: null }
    const check = await confirm(tx, context, { ...book, order, positions }, of)
    if (isRefusal(check)) return check
    return orderAnswer(tx, order, { today, check })
  })
}

/** What a cancelled order was billed ahead of its delivery, by the invoices still in force. */
async function wantedAgain(tx: CommandTransaction, book: OrderBook): Promise<OrderPositions> {
  const { invoices, order, positions } = book
  if (order.state !== 'cancelled' || order.confirmedOn === null || order.cash) return positions
  const invoiceIds = invoices.map(({ id }) => id)
  await rememberReliefs(tx, { partyId: book.charged.id, documentId: order.id, invoiceIds })
  return {
    ...positions,
    counted: invoices.reduce((sum, { amountMinor }) => sum + amountMinor, positions.order),
  }
}
