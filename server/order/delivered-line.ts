import type { NewDelivery } from '#contract/order.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { toReadable } from '#kernel/money/money.ts'
import { deliverLine, restOf } from '#kernel/order/deliver-line.ts'
import { quantityText } from '#kernel/order/line-amount.ts'
import type { BookLine, OrderBook } from '#server/order/order-book.ts'
import { readMinor, readQuantity } from '#server/order/read-fields.ts'

/** What leaves of a line, and its value: from the rest, and beyond what was ordered. */
export type DeliveredLine = {
  readonly lineId: string
  readonly quantity: bigint
  readonly fromRest: bigint
  readonly beyond: bigint
}

/** Reads what is delivered: the lines that are named, or everything that is left. */
export function readDelivery(book: OrderBook, asked: NewDelivery): DeliveredLine[] | Refusal {
  const wanted = wantedOf(book, asked)
  if (isRefusal(wanted)) return wanted
  if (wanted.length === 0) {
    const detail = `lines: nothing of order ${book.order.number} is left to deliver; name the lines.`
    const zh = `明细：订单 ${book.order.number} 没有未发的货；如仍要发货，应填写各行数量。`
    return refuse('wrong-state', detail, { number: book.order.number, zh })
  }
  const lines: DeliveredLine[] = []
  for (const { line, quantity } of wanted) {
    const made = deliverLine(line, quantity, book.order.overDeliveryBps)
    if (made.kind === 'too-much') return tooMuch(book, line, made.most)
    const { beyond, fromRest } = made
    lines.push({ lineId: line.id, quantity, fromRest, beyond })
  }
  return lines
}

type WantedLine = { readonly line: BookLine; readonly quantity: bigint }

/** What is asked of which line, each line once; also for returns. */
export function readParts(
  book: OrderBook,
  parts: readonly { readonly line: number; readonly quantity: string }[],
): WantedLine[] | Refusal {
  const wanted: WantedLine[] = []
  for (const [index, part] of parts.entries()) {
    const field = `lines.${index}`
    const line = book.hasLines ? book.lines.find((one) => one.line === part.line) : undefined
    if (!line) {
      const detail = `${field}.line: order ${book.order.number} has no line ${part.line}.`
      const zh = `明细：订单 ${book.order.number} 没有第 ${part.line} 行。`
      return refuse('invalid-input', detail, { field, zh })
    }
    if (wanted.some((one) => one.line === line)) {
      const zh = `明细：第 ${part.line} 行出现了两次。`
      const detail = `${field}.line: line ${part.line} stands twice.`
      return refuse('invalid-input', detail, { field, zh })
    }
    const label = `明细第 ${part.line} 行的数量`
    const quantity = readQuantity(part.quantity, `${field}.quantity`, label)
    if (isRefusal(quantity)) return quantity
    wanted.push({ line, quantity })
  }
  return wanted
}

/** An amount of an order without lines, as a quantity of its minor units. */
export function readWhole(book: OrderBook, amount: string): bigint | Refusal {
  if (book.hasLines) {
    return refuse('invalid-input', 'amount: this order has lines: give their quantities instead.', {
      zh: '金额：这张订单有明细，应填写各行数量。',
    })
  }
  const minor = readMinor(amount, book.order.currency, 'amount')
  return isRefusal(minor) ? minor : minor * 1000n
}

function wantedOf(book: OrderBook, asked: NewDelivery): WantedLine[] | Refusal {
  if (asked.lines !== undefined) return readParts(book, asked.lines)
  const [whole] = book.lines
  if (asked.amount !== undefined && whole) {
    const quantity = readWhole(book, asked.amount)
    return isRefusal(quantity) ? quantity : [{ line: whole, quantity }]
  }
  if (book.order.completedOn !== null) return []
  return book.lines
    .map((line) => ({ line, quantity: restOf(line) }))
    .filter(({ quantity }) => quantity > 0n)
}

function tooMuch(book: OrderBook, line: BookLine, most: bigint): Refusal {
  const { currency, number } = book.order
  if (!book.hasLines) {
    const left = toReadable({ minor: most / 1000n, currency })
    const zh = `金额：订单 ${number} 最多还能发货 ${left}。`
    const detail = `amount: at most ${left} of order ${number} can be delivered.`
    return refuse('invalid-input', detail, { zh })
  }
  const left = `${quantityText(most)} ${line.unit}`
  const detail = `lines: at most ${left} of line ${line.line} can be delivered: order more of it first.`
  const zh = `明细：第 ${line.line} 行最多还能发货 ${left}；要多发，先修改订单增加数量。`
  return refuse('invalid-input', detail, { line: line.line, most: quantityText(most), zh })
}
