import type { NewDelivery, OrderAnswer } from '#contract/order.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { type OrderPositions, positionsAfter } from '#kernel/order/order-positions.ts'
import { isCashOrder } from '#server/order/cash-order.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { type DeliveredLine, readDelivery } from '#server/order/delivered-line.ts'
import { insertDeliveries, insertDeliveryLines } from '#server/order/delivery.store.ts'
import { updateOrder } from '#server/order/order.store.ts'
import { type OrderBook, restMinorOf } from '#server/order/order-book.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import { passGate } from '#server/order/pass-gate.ts'
import { newId } from '#server/platform/ids.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

/**
 * Records that goods left, once the gate lets them: everything that is left, or the lines that are
 * named, also a little more than was ordered. What is held is not delivered: release it, then come
 * back with the delivery.
 */
export function deliverOrder(
  context: Context,
  id: string,
  asked: NewDelivery,
): Promise<OrderAnswer | Refusal> {
  const of = { id, act: 'delivered', command: 'order.deliver', input: { ...asked } } as const
  return changeOrder(context, of, async (tx, book) => {
    const deliveredOn = readPastDay(context.today, asked.deliveredOn, 'deliveredOn')
    if (isRefusal(deliveredOn)) return deliveredOn
    const { deliveries, order } = book
    const number = asked.number ?? `${order.number}-${deliveries.length + 1}`
    if (deliveries.some((delivery) => delivery.number === number)) {
      const zh = `发货单号：这张订单已有发货单 ${number}。`
      return refuse('already-exists', `number: this order has a delivery ${number}.`, {
        number,
        zh,
      })
    }
    const lines = readDelivery(book, asked)
    if (isRefusal(lines)) return lines
    const amountMinor = lines.reduce((sum, line) => sum + line.fromRest + line.beyond, 0n)
    const { partyId } = order
    const delivery = { partyId, id: newId(), orderId: id, number, amountMinor, deliveredOn }
    const positions = positionsWith(book, delivery.id, lines, asked.complete === true)
    const cash = await isCashOrder(tx, book)
    const step = { book, positions, cash, cause: 'delivered', delivery }
    const of = { checkpoint: 'delivery', changedFields: [] } as const
    const check = await passGate(tx, context, step, of)
    if (isRefusal(check)) return check
    if (check.outcome === 'held') return orderAnswer(tx, order, { today: context.today, check })
    await insertDeliveries(tx, [{ ...delivery, note: asked.note ?? null }])
    if (book.hasLines) await insertDeliveryLines(tx, order, lines.map(rowOf(delivery.id)))
    const completedOn = completedWith(book, lines, asked.complete === true, deliveredOn)
    const { payerId } = book.charged
    const countedMinor = positions.counted
    await updateOrder(tx, { ...order, countedMinor, cash, completedOn, payerId })
    await tellDelivered(tx, book, { number, deliveryId: delivery.id })
    return orderAnswer(tx, order, { today: context.today, check })
  })
}

function positionsWith(
  book: OrderBook,
  id: string,
  lines: readonly DeliveredLine[],
  completes: boolean,
): OrderPositions {
  const fromRest = lines.reduce((sum, line) => sum + line.fromRest, 0n)
  const beyond = lines.reduce((sum, line) => sum + line.beyond, 0n)
  // What comes after the rest was ended comes on top of it.
  const isEnded = book.order.completedOn !== null
  const moved = positionsAfter(book.positions, {
    ...{ kind: 'delivered', id },
    fromRest: isEnded ? 0n : fromRest,
    beyond: isEnded ? fromRest + beyond : beyond,
  })
  return completes ? positionsAfter(moved, { kind: 'rest-ended' }) : moved
}

function completedWith(
  book: OrderBook,
  delivered: readonly DeliveredLine[],
  completes: boolean,
  on: Day,
): Day | null {
  const served = new Map(delivered.map(({ lineId, quantity }) => [lineId, quantity]))
  const lines = book.lines.map((line) => ({
    ...line,
    served: line.served + (served.get(line.id) ?? 0n),
  }))
  const rest = restMinorOf({ order: book.order, lines })
  return book.order.completedOn ?? (completes || rest === 0n ? on : null)
}

const rowOf = (deliveryId: string) => (line: DeliveredLine) => ({
  ...{ id: newId(), deliveryId, lineId: line.lineId, quantity: line.quantity },
  amountMinor: line.fromRest + line.beyond,
})

function tellDelivered(
  tx: CommandTransaction,
  { order: { id, number, partyId } }: OrderBook,
  delivery: { readonly number: string; readonly deliveryId: string },
): Promise<void> {
  const facts = { id, number, delivery: delivery.number, deliveryId: delivery.deliveryId }
  return tx.emit({ kind: 'order.delivered', partyId, facts })
}
