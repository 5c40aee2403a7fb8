import type { NewReturn, OrderAnswer } from '#contract/order.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { toReadable } from '#kernel/money/money.ts'
import { shareReturned } from '#kernel/order/deliver-line.ts'
import { quantityText } from '#kernel/order/line-amount.ts'
import { positionsAfter } from '#kernel/order/order-positions.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { readParts, readWhole } from '#server/order/delivered-line.ts'
import { type GoodsReturnRow, insertReturns } from '#server/order/goods-return.store.ts'
import { updateOrder } from '#server/order/order.store.ts'
import {
  type BookDelivery,
  type BookLine,
  type OrderBook,
  restMinorOf,
  wholeOrder,
} from '#server/order/order-book.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import { postLowered } from '#server/order/pass-gate.ts'
import { newId } from '#server/platform/ids.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'

/** Takes goods back that are not invoiced yet, for good or to be delivered once more. */
export function returnGoods(
  context: Context,
  id: string,
  asked: NewReturn,
): Promise<OrderAnswer | Refusal> {
  const of = { id, act: 'taken back', command: 'order.return', input: { ...asked } } as const
  return changeOrder(context, of, async (tx, book) => {
    const returnedOn = readPastDay(context.today, asked.returnedOn, 'returnedOn')
    if (isRefusal(returnedOn)) return returnedOn
    const rows = readReturn(book, asked, returnedOn)
    if (isRefusal(rows)) return rows
    const { order } = book
    if (asked.again && isEndedShort(book)) return endedShort(book)
    const minor = rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
    const deliveryId = rows[0]?.deliveryId ?? ''
    const lines = asked.again ? wantedAgain(book.lines, rows) : book.lines
    const reopened = restMinorOf({ order: { ...order, completedOn: null }, lines })
    const raised = asked.again ? reopened - restMinorOf(book) : 0n
    const again = raised < minor ? raised : minor
    const returned = { kind: 'returned', id: deliveryId, minor, again } as const
    const completedOn = asked.again && reopened > 0n ? null : order.completedOn
    const positions = positionsAfter(book.positions, returned)
    await insertReturns(tx, order, rows)
    const deliveries = book.deliveries.map((each) =>
      each.id === deliveryId ? { ...each, keptMinor: each.keptMinor - minor } : each,
    )
    const kept = { ...book, deliveries, lines }
    await postLowered(tx, context, { book: kept, positions, cash: order.cash, cause: 'returned' })
    const changed = { ...order, countedMinor: positions.counted, completedOn }
    await updateOrder(tx, changed)
    const amount = toReadable({ minor, currency: order.currency })
    const facts = { id, number: order.number, deliveryId, amount }
    await tx.emit({ kind: 'order.returned', partyId: order.partyId, facts })
    return orderAnswer(tx, changed, { today: context.today, check: null })
  })
}

function readReturn(
  book: OrderBook,
  asked: NewReturn,
  returnedOn: Day,
): GoodsReturnRow[] | Refusal {
  const delivery = book.deliveries.find(
    ({ id, number }) => id === asked.delivery || number === asked.delivery,
  )
  if (!delivery) {
    const detail = `delivery: order ${book.order.number} has no delivery ${asked.delivery}.`
    const zh = `哪次发货：订单 ${book.order.number} 没有发货单 ${asked.delivery}。`
    return refuse('not-found', detail, { field: 'delivery', zh })
  }
  if (returnedOn < delivery.deliveredOn) {
    const zh = `退货日：不能早于发货日 ${delivery.deliveredOn}。`
    return refuse('invalid-input', `returnedOn: it left on ${delivery.deliveredOn} only.`, { zh })
  }
  const wanted = wantedOf(book, delivery, asked)
  if (isRefusal(wanted)) return wanted
  const rows: GoodsReturnRow[] = []
  for (const [lineId, quantity] of wanted) {
    const part = delivery.parts.find((one) => one.lineId === lineId)
    if (!part || part.quantity < quantity) return moreThanCame(book, delivery, lineId)
    const amountMinor = shareReturned({ ...part, returned: quantity })
    rows.push({
      ...{ id: newId(), deliveryId: delivery.id, amountMinor, returnedOn, reason: asked.reason },
      lineId: lineId === wholeOrder ? null : lineId,
      quantity: lineId === wholeOrder ? null : quantity,
      again: asked.again ?? false,
    })
  }
  return invoicedAlready(book, delivery, rows) ?? rows
}

/** Quantities by the id of their line: those that are named, or all that the delivery left. */
function wantedOf(
  book: OrderBook,
  delivery: BookDelivery,
  asked: NewReturn,
): ReadonlyMap<string, bigint> | Refusal {
  if (asked.lines !== undefined) {
    const parts = readParts(book, asked.lines)
    return isRefusal(parts) ? parts : new Map(parts.map((one) => [one.line.id, one.quantity]))
  }
  if (asked.amount !== undefined) {
    const quantity = readWhole(book, asked.amount)
    return isRefusal(quantity) ? quantity : new Map([[wholeOrder, quantity]])
  }
  const left = delivery.parts.filter(({ quantity }) => quantity > 0n)
  if (left.length > 0) return new Map(left.map(({ lineId, quantity }) => [lineId, quantity]))
  const number = delivery.number ?? delivery.id
  const zh = `哪次发货：发货单 ${number} 已全部退货。`
  return refuse('wrong-state', `delivery: all of ${number} came back.`, { zh })
}

function moreThanCame(book: OrderBook, delivery: BookDelivery, lineId: string): Refusal {
  const part = delivery.parts.find((one) => one.lineId === lineId)
  const line = book.lines.find(({ id }) => id === lineId)?.line ?? 0
  const left = quantityText(part?.quantity ?? 0n)
  const said = book.hasLines ? `lines: ${left} of line ${line}` : 'amount: less than that'
  const number = delivery.number ?? delivery.id
  const saidZh = book.hasLines
    ? `明细：第 ${line} 行在发货单 ${number} 中只有 ${left} 可退。`
    : `金额：发货单 ${number} 可退的没有这么多。`
  const detail = `${said} came with delivery ${number}.`
  return refuse('invalid-input', detail, { delivery: delivery.id, line, zh: saidZh })
}

function invoicedAlready(
  { order: { currency } }: OrderBook,
  { id, notInvoicedMinor, number }: BookDelivery,
  rows: readonly GoodsReturnRow[],
): Refusal | null {
  const minor = rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  if (minor <= notInvoicedMinor) return null
  const left = toReadable({ minor: notInvoicedMinor, currency })
  const detail = `Only ${left} of delivery ${number ?? id} is not invoiced: record a credit note for the rest.`
  const zh = `发货单 ${number ?? id} 只有 ${left} 未开票，其余应开红字发票。`
  return refuse('wrong-state', detail, { notInvoiced: left, zh })
}

/** What was ended would be wanted again with the goods, and nobody was asked about it. */
function isEndedShort({ lines, order }: OrderBook): boolean {
  if (order.completedOn === null) return false
  return restMinorOf({ order: { ...order, completedOn: null }, lines }) > 0n
}

function endedShort({ hasLines, order: { number } }: OrderBook): Refusal {
  const remedy = hasLines
    ? 'then amend the quantity to all that is to be shipped, what came back counted too'
    : 'then place another order for what is wanted'
  const remedyZh = hasLines
    ? '再把订单数量改为累计需发货的数量（含已退的）'
    : '再为需要补发的另下一张订单'
  const detail = `again: the rest of order ${number} was ended; take the goods back without again, ${remedy}.`
  const zh = `需要补发：订单 ${number} 的余量已终止；先不勾选“需要补发”登记退货，${remedyZh}。`
  return refuse('wrong-state', detail, { field: 'again', zh })
}

/** The lines when what comes back is to be delivered once more. */
function wantedAgain(lines: readonly BookLine[], rows: readonly GoodsReturnRow[]): BookLine[] {
  const back = new Map(
    rows.map(({ amountMinor, lineId, quantity }) => [
      lineId ?? wholeOrder,
      quantity ?? amountMinor * 1000n,
    ]),
  )
  return lines.map((line) => ({ ...line, served: line.served - (back.get(line.id) ?? 0n) }))
}
