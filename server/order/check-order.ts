import type { OrderAnswer } from '#contract/order.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { positionsAfter, totalOf } from '#kernel/order/order-positions.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { updateOrder } from '#server/order/order.store.ts'
import { restMinorOf } from '#server/order/order-book.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import { tryGate } from '#server/order/pass-gate.ts'
import type { Context } from '#server/platform/run-command.ts'

/** Asks whether a draft would pass, without keeping room for it. One that would is checked. */
export function checkOrder(context: Context, id: string): Promise<OrderAnswer | Refusal> {
  const of = { id, act: 'checked', command: 'order.check', input: {} } as const
  return changeOrder(context, of, async (tx, book) => {
    const { order, positions } = book
    const step = { book, positions, cash: order.cash, cause: 'checked' }
    const confirmed = { kind: 'confirmed', rest: restMinorOf(book) } as const
    const minor = totalOf(positionsAfter(positions, confirmed))
    const check = await tryGate(tx, context, step, { checkpoint: 'order', minor })
    if (isRefusal(check)) return check
    await updateOrder(tx, { ...order, state: check.outcome === 'held' ? 'draft' : 'checked' })
    return orderAnswer(tx, order, { today: context.today, check })
  })
}
