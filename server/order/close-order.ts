import type { OrderAnswer, OrderClosing } from '#contract/order.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { toReadable } from '#kernel/money/money.ts'
import { positionsAfter } from '#kernel/order/order-positions.ts'
import { withdrawHolds } from '#server/check/public.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { settleDeliveries } from '#server/order/delivery.store.ts'
import { type OrderRow, updateOrder } from '#server/order/order.store.ts'
import { notInvoicedOf, type OrderBook } from '#server/order/order-book.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import { postLowered } from '#server/order/pass-gate.ts'
import { stateWords } from '#server/order/state-words.ts'
import type { Context } from '#server/platform/run-command.ts'

/** Ends an order: what is still to be delivered will not be, and what was delivered is invoiced. */
export function closeOrder(
  context: Context,
  id: string,
  closing: OrderClosing,
): Promise<OrderAnswer | Refusal> {
  const of = { id, act: 'closed', command: 'order.close', input: { ...closing } } as const
  return changeOrder(context, of, async (tx, book) => {
    const problem = neverBegun(book) ?? notInvoiced(book, closing)
    if (problem) return problem
    const { order } = book
    const { number, partyId } = order
    const ended = positionsAfter(book.positions, { kind: 'rest-ended' })
    const positions = closing.settle ? positionsAfter(ended, { kind: 'settled' }) : ended
    await postLowered(tx, context, { book, positions, cash: order.cash, cause: 'closed' })
    if (closing.settle) await settleDeliveries(tx, partyId, book.deliveries)
    await withdrawHolds(tx, context, id, 'closed')
    const closed: OrderRow = {
      ...order,
      state: 'closed',
      completedOn: order.completedOn ?? context.today,
      countedMinor: positions.counted,
      pending: null,
    }
    await updateOrder(tx, closed)
    const facts = { id, number, settled: closing.settle === true, reason: closing.reason ?? null }
    await tx.emit({ kind: 'order.closed', partyId, facts })
    return orderAnswer(tx, closed, { today: context.today, check: null })
  })
}

function neverBegun({ deliveries, order }: OrderBook): Refusal | null {
  if (order.state === 'confirmed' || deliveries.length > 0) return null
  const zh = `订单 ${order.number} 的状态是“${stateWords[order.state].zh}”，应取消订单而不是关闭。`
  const detail = `Order ${order.number} is ${order.state}: cancel it instead.`
  return refuse('wrong-state', detail, { zh })
}

function notInvoiced(book: OrderBook, closing: OrderClosing): Refusal | null {
  const { currency, number } = book.order
  const minor = notInvoicedOf(book)
  if (minor === 0n) return null
  if (closing.settle) {
    const detail = 'reason: say why what was delivered will never be invoiced.'
    return closing.reason === undefined
      ? refuse('invalid-input', detail, {
          field: 'reason',
          zh: '原因：应写明已发货的为什么不再开票。',
        })
      : null
  }
  const amount = toReadable({ minor, currency })
  const detail = `${amount} of order ${number} is delivered and not invoiced: invoice it, take it back, or settle it with a reason.`
  const zh = `订单 ${number} 还有 ${amount} 已发货未开票：先开票或退货，或者写明原因，不再开票。`
  return refuse('wrong-state', detail, { notInvoiced: amount, zh })
}
