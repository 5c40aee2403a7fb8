import type { OrderChange } from '#contract/order.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { lineAmount, quantityText } from '#kernel/order/line-amount.ts'
import { totalOf } from '#kernel/order/order-positions.ts'
import type { OrderRow } from '#server/order/order.store.ts'
import {
  type BookDelivery,
  type BookLine,
  linesWithProgress,
  type OrderBook,
} from '#server/order/order-book.ts'
import type { LineRow } from '#server/order/order-line.store.ts'
import { readAgreed } from '#server/order/read-agreed.ts'
import { amountOfLines, readLines, repriceLines } from '#server/order/read-lines.ts'
import { readPayer } from '#server/order/read-payer.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'

/** An order as it is to be, and what differs. */
export type Amendment = {
  readonly order: OrderRow
  readonly lines: readonly LineRow[]
  readonly progress: readonly BookLine[]
  /** Names of what differs, as check rules know them. */
  readonly changedFields: readonly string[]
  /** Deliveries of which nothing is invoiced, at their new price. */
  readonly repriced: readonly RepricedDelivery[]
}

type RepricedDelivery = {
  readonly id: string
  readonly amountMinor: bigint
  readonly keptMinor: bigint
  readonly parts: readonly { readonly id: string; readonly amountMinor: bigint }[]
}

export async function readAmendment(
  db: Reader,
  context: Context,
  book: OrderBook,
  change: OrderChange,
): Promise<Amendment | Refusal> {
  const agreed = await amendedOrder(db, book.order, change)
  if (isRefusal(agreed)) return agreed
  const billToId = await amendedPayer(db, context, book, change)
  if (isRefusal(billToId)) return billToId
  const order = { ...agreed, billToId }
  const lines = amendedLines(book, order, change)
  if (isRefusal(lines)) return lines
  const amended = book.hasLines ? { ...order, amountMinor: amountOfLines(lines) } : order
  const rows = book.hasLines ? lines : []
  const progress = linesWithProgress(amended, rows, book.deliveries, book.returns)
  return {
    ...{ order: amended, lines, progress },
    changedFields: changedFields(book, amended, lines),
    repriced: book.hasLines ? repricedDeliveries(book, progress) : [],
  }
}

async function amendedPayer(
  db: Reader,
  { actor }: Context,
  { invoices, order, positions }: OrderBook,
  { payer }: OrderChange,
): Promise<string | null | Refusal> {
  if (payer === undefined) return order.billToId
  const billToId = await readPayer({ actor, db }, payer, order)
  if (isRefusal(billToId) || billToId === order.billToId) return billToId
  if (order.state !== 'confirmed' && totalOf(positions) > 0n) {
    const detail = `payer: order ${order.number} was delivered in part: confirm it first, then amend it.`
    const zh = `付款方：订单 ${order.number} 已有发货，先确认订单再修改。`
    return refuse('wrong-state', detail, { field: 'payer', zh })
  }
  if (invoices.length === 0) return billToId
  const detail = `payer: order ${order.number} was invoiced already: void its invoices first.`
  const zh = `付款方：订单 ${order.number} 已开票，先作废发票。`
  return refuse('wrong-state', detail, { field: 'payer', zh })
}

async function amendedOrder(
  db: Reader,
  order: OrderRow,
  change: OrderChange,
): Promise<OrderRow | Refusal> {
  const agreed = await readAgreed(db, change, order)
  if (isRefusal(agreed)) return agreed
  const segment = change.segment === undefined ? order.segment : agreed.segment
  if (order.state === 'confirmed' && segment !== order.segment) {
    const detail = 'segment: a confirmed order keeps its segment; cancel it and copy it instead.'
    const zh = '信控维度：已确认的订单不能改，可取消后复制一张。'
    return refuse('wrong-state', detail, { field: 'segment', zh })
  }
  return {
    ...order,
    segment,
    requestedOn: change.requestedOn === undefined ? order.requestedOn : agreed.requestedOn,
    terms: change.terms === undefined ? order.terms : agreed.terms,
    discountBps: change.discount === undefined ? order.discountBps : agreed.discountBps,
    contractId: change.contract === undefined ? order.contractId : agreed.contractId,
    overDeliveryBps:
      change.overDelivery === undefined ? order.overDeliveryBps : agreed.overDeliveryBps,
    priority: change.priority ?? order.priority,
    note: change.note === undefined ? order.note : change.note,
    salesperson: change.salesperson === undefined ? order.salesperson : change.salesperson,
    department: change.department === undefined ? order.department : change.department,
  }
}

function amendedLines(
  book: OrderBook,
  { currency, discountBps }: OrderRow,
  change: OrderChange,
): readonly LineRow[] | Refusal {
  if (!book.hasLines) {
    const named = change.lines ?? change.discount
    if (named === undefined || named === null) return []
    const detail = 'lines: this order was kept without lines and has none to change.'
    return refuse('wrong-state', detail, { zh: '明细：这张订单只有总额，没有明细可改。' })
  }
  const rows: readonly LineRow[] = book.lines
  if (change.lines === undefined) return repriceLines(rows, { currency, discountBps })
  const lines = readLines(change.lines, { currency, discountBps, known: rows })
  return isRefusal(lines) ? lines : (belowDelivered(book, lines) ?? lines)
}

/** Nobody orders less of a line than came already, unless it was too much from the start. */
function belowDelivered(book: OrderBook, lines: readonly LineRow[]): Refusal | null {
  const delivered = new Set(book.deliveries.flatMap(({ parts }) => parts.map((p) => p.lineId)))
  for (const line of book.lines) {
    const next = lines.find(({ id }) => id === line.id)
    const isLess = next ? next.quantity < line.quantity && next.quantity < line.served : false
    if (next ? !isLess : !delivered.has(line.id)) continue
    const detail = `lines: ${quantityText(line.served)} of line ${line.line} came already: keep it with at least these.`
    const zh = `明细：第 ${line.line} 行已发货 ${quantityText(line.served)}，应保留该行，数量不能少于已发货的。`
    return refuse('wrong-state', detail, { line: line.line, zh })
  }
  return null
}

function changedFields(
  { order, lines: before }: OrderBook,
  amended: OrderRow,
  lines: readonly LineRow[],
): string[] {
  const byId = new Map(before.map((line) => [line.id, line]))
  const differs = (field: 'quantity' | 'unitPriceE4' | 'requestedOn') =>
    lines.some((line) => byId.get(line.id)?.[field] !== line[field])
  const found: readonly [string, boolean][] = [
    ['quantity', differs('quantity') || (lines.length > 0 && lines.length < before.length)],
    ['price', differs('unitPriceE4')],
    ['discount', amended.discountBps !== order.discountBps],
    ['terms', amended.terms !== order.terms],
    ['requested-on', amended.requestedOn !== order.requestedOn || differs('requestedOn')],
    ['segment', amended.segment !== order.segment],
    ['payer', amended.billToId !== order.billToId],
  ]
  return found.flatMap(([name, isChanged]) => (isChanged ? [name] : []))
}

function repricedDeliveries(
  { deliveries, lines }: OrderBook,
  progress: readonly BookLine[],
): RepricedDelivery[] {
  const before = new Map(lines.map((line) => [line.id, line.price]))
  const after = new Map(progress.map((line) => [line.id, line.price]))
  const isRepriced = ({ lineId }: { readonly lineId: string }) => {
    const [old, next] = [before.get(lineId), after.get(lineId)]
    return old?.unitPriceE4 !== next?.unitPriceE4 || old?.discountBps !== next?.discountBps
  }
  return deliveries
    .filter(isNotInvoiced)
    .filter(({ parts }) => parts.some(isRepriced))
    .map(({ id, parts }) => {
      const valued = parts.map((part) => {
        const price = after.get(part.lineId)
        const kept = price && isRepriced(part) ? lineAmount(part.quantity, price) : part.amountMinor
        return { id: part.id, kept, amountMinor: kept + part.returnedMinor }
      })
      return {
        id,
        amountMinor: valued.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
        keptMinor: valued.reduce((sum, { kept }) => sum + kept, 0n),
        parts: valued,
      }
    })
}

/** Once a part of a delivery is invoiced, its price stands. */
function isNotInvoiced({ keptMinor, notInvoicedMinor }: BookDelivery): boolean {
  return keptMinor > 0n && notInvoicedMinor === keptMinor
}
