import { type Refusal, refuse } from '#contract/problem.ts'
import type { Checkpoint } from '#kernel/check/check-facts.ts'
import { positionsAfter } from '#kernel/order/order-positions.ts'
import { openHeld } from '#server/order/change-order.ts'
import { updateOrder } from '#server/order/order.store.ts'
import type { OrderBook } from '#server/order/order-book.ts'
import { postLowered } from '#server/order/pass-gate.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

type RecalledHold = {
  readonly partyId: string
  readonly id: string
  readonly documentId: string
  readonly checkpoint: Checkpoint
}

/**
 * Has an order wait again that was confirmed because its hold was released: it counts with nothing
 * until it passes. A delivery that was let pass and did not come leaves nothing to take back.
 */
export async function followRecall(
  tx: CommandTransaction,
  context: Context,
  hold: RecalledHold,
): Promise<Refusal | undefined> {
  const book = await openHeld(tx, hold)
  if (!book) return undefined
  const elsewhere = paidByAnother(book, hold)
  if (elsewhere || hold.checkpoint === 'delivery') return elsewhere
  const refused = whatCameOf(book)
  if (refused) return refused
  const { order } = book
  const positions = positionsAfter(book.positions, { kind: 'rest-ended' })
  await postLowered(tx, context, { book, positions, cash: order.cash, cause: 'recalled' })
  await updateOrder(tx, {
    ...order,
    state: 'held',
    confirmedOn: null,
    completedOn: null,
    countedMinor: positions.counted,
  })
  const { id, number, partyId } = order
  await tx.emit({ kind: 'order.held', partyId, facts: { id, number, holdId: hold.id } })
}

function paidByAnother({ charged, order }: OrderBook, hold: RecalledHold): Refusal | undefined {
  if (charged.id === hold.partyId) return undefined
  const { number } = order
  const detail = `Another party pays order ${number} by now: its release cannot be taken back.`
  const zh = `订单 ${number} 已改由其他付款方付款，放行不能收回。`
  return refuse('wrong-state', detail, { zh })
}

function whatCameOf({ deliveries, invoices, order }: OrderBook): Refusal | undefined {
  const { number, state } = order
  if (state !== 'confirmed') {
    const detail = `Order ${number} is ${state} by now: its release cannot be taken back.`
    return refuse('wrong-state', detail, { state, zh: `订单 ${number} 的状态已变，放行不能收回。` })
  }
  const kept = deliveries.filter(({ keptMinor }) => keptMinor > 0n)
  if (kept.length === 0 && invoices.length === 0) return undefined
  const detail = `Order ${number} was delivered or invoiced in part: take that back, or end its rest.`
  return refuse('wrong-state', detail, {
    deliveries: kept.length,
    invoices: invoices.length,
    zh: `订单 ${number} 已有发货或开票，放行不能收回：先退货或作废发票，或结束剩余部分。`,
  })
}
