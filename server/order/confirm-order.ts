import type { OrderAnswer } from '#contract/order.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { positionsAfter, totalOf } from '#kernel/order/order-positions.ts'
import type { CheckAnswer } from '#server/check/public.ts'
import { isCashOrder } from '#server/order/cash-order.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { updateOrder } from '#server/order/order.store.ts'
import { type OrderBook, restMinorOf } from '#server/order/order-book.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import { passGate } from '#server/order/pass-gate.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

/** Confirms an order if the gate lets it: from then on it counts. Otherwise it is held. */
export function confirmOrder(context: Context, id: string): Promise<OrderAnswer | Refusal> {
  const of = { id, act: 'confirmed', command: 'order.confirm', input: {} } as const
  return changeOrder(context, of, async (tx, book) => {
    const check = await confirm(tx, context, book, { cause: 'confirmed', mostMinor: null })
    if (isRefusal(check)) return check
    return orderAnswer(tx, book.order, { today: context.today, check })
  })
}

/**
 * Has the gate decide about what is still to be delivered, up to an amount for the whole order
 * where only that was released. A confirmed order that is held stays with what it counts already.
 */
export async function confirm(
  tx: CommandTransaction,
  context: Context,
  book: OrderBook,
  of: { readonly cause: string; readonly mostMinor: bigint | null },
): Promise<CheckAnswer | Refusal> {
  const { charged, order } = book
  const rest = restMinorOf(book)
  const room =
    of.mostMinor === null
      ? rest
      : of.mostMinor + book.positions.ahead - totalOf({ ...book.positions, order: 0n })
  const counted = room < 0n ? 0n : room < rest ? room : rest
  const positions = positionsAfter(book.positions, { kind: 'confirmed', rest: counted })
  const cash = await isCashOrder(tx, book)
  const step = { book, positions, cash, cause: of.cause }
  const check = await passGate(tx, context, step, { checkpoint: 'order', changedFields: [] })
  if (isRefusal(check)) return check
  const { id, number, partyId } = order
  if (check.outcome === 'held') {
    if (order.state !== 'confirmed') await updateOrder(tx, { ...order, state: 'held' })
    await tx.emit({ kind: 'order.held', partyId, facts: { id, number, holdId: check.holdId } })
    return check
  }
  await updateOrder(tx, {
    ...order,
    state: 'confirmed',
    confirmedOn: context.today,
    completedOn: rest > 0n ? null : (order.completedOn ?? context.today),
    cancelledOn: null,
    countedMinor: positions.counted,
    cash,
    payerId: charged.payerId,
  })
  await tx.emit({ kind: 'order.confirmed', partyId, facts: { id, number, cause: of.cause } })
  return check
}
