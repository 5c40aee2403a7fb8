import type { Party } from '#contract/party.ts'
import { invariant } from '#kernel/invariant.ts'
import { billDocuments } from '#kernel/order/bill-documents.ts'
import { type LineProgress, restOf } from '#kernel/order/deliver-line.ts'
import { lineAmount, priceOfMinorUnit } from '#kernel/order/line-amount.ts'
import { atLeastZero, type OrderPositions } from '#kernel/order/order-positions.ts'
import { positionsOf } from '#server/exposure/public.ts'
import { type DeliveryRow, deliveriesOf, deliveryLinesOf } from '#server/order/delivery.store.ts'
import { type GoodsReturnRow, returnsOf } from '#server/order/goods-return.store.ts'
import { chargedWith, type OrderRow } from '#server/order/order.store.ts'
import { type LineRow, linesOf } from '#server/order/order-line.store.ts'
import { findParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { invoicesOfOrders, type OrderInvoice } from '#server/receivable/public.ts'

/** All that is known of an order, read in one go. */
export type OrderBook = {
  readonly order: OrderRow
  readonly party: Party
  /** Who pays: the party itself, or whom the order names instead. */
  readonly charged: Party
  /** An order that was kept without lines has one of so many minor units; see `hasLines`. */
  readonly lines: readonly BookLine[]
  readonly hasLines: boolean
  readonly deliveries: readonly BookDelivery[]
  readonly returns: readonly GoodsReturnRow[]
  /** Invoices in force that bear the order's number. */
  readonly invoices: readonly OrderInvoice[]
  /** What the order counts with now; of one that is paid in cash, what it would count with. */
  readonly positions: OrderPositions
}

export type BookLine = LineRow & LineProgress

export type BookDelivery = Required<DeliveryRow> & {
  /** What stayed with the customer, returns taken off. */
  readonly keptMinor: bigint
  /** What of that no invoice asks for yet; invoices bill the delivery recorded first. */
  readonly notInvoicedMinor: bigint
  readonly parts: readonly DeliveredPart[]
}

export type DeliveredPart = {
  readonly id: string
  readonly lineId: string
  /** What stayed with the customer. */
  readonly quantity: bigint
  readonly amountMinor: bigint
  readonly returnedMinor: bigint
}

/** The id of the one line of an order without lines. */
export const wholeOrder = ''

export async function readBook(db: Reader, order: OrderRow): Promise<OrderBook> {
  const chargedId = chargedWith(order)
  const found = await findParties(db, [...new Set([order.partyId, chargedId])])
  const party = found.find(({ id }) => id === order.partyId)
  const charged = found.find(({ id }) => id === chargedId)
  invariant(party && charged, 'the parties of an order are there')
  const rows = await linesOf(db, order)
  const shipped = await deliveriesOf(db, order)
  const parts = await deliveryLinesOf(db, order)
  const returns = await returnsOf(db, order)
  const ids = [order.id, ...shipped.map(({ id }) => id)]
  const standing = await positionsOf(db, chargedId, ids)
  const minorOf = (id: string, stage: 'order' | 'delivered') =>
    standing.find((one) => one.documentId === id && one.stage === stage)?.minor ?? 0n
  const invoices = (await invoicesOfOrders(db, [{ ...order, partyId: chargedId }])).filter(
    ({ currency }) => currency === order.currency,
  )
  const kept = shipped.map((delivery) => {
    const own = parts.filter(({ deliveryId }) => deliveryId === delivery.id)
    const back = returns.filter(({ deliveryId }) => deliveryId === delivery.id)
    const shares = own.length > 0 ? own : [wholeDelivery(delivery)]
    return {
      ...delivery,
      keptMinor: delivery.amountMinor - total(back),
      parts: shares.map((part) => partLeft(part, back)),
    }
  })
  const billed = order.cash
    ? lessInvoiced(kept, total(invoices))
    : kept.map((one) => ({ ...one, notInvoicedMinor: minorOf(one.id, 'delivered') }))
  const lines = linesWithProgress(order, rows, billed, returns)
  const book = { order, party, charged, invoices, lines, deliveries: billed, returns }
  const counts = order.cash ? wouldCount(book) : minorOf(order.id, 'order')
  const counted = isRunning(order) ? countedOf(book) : 0n
  const positions = {
    ...{ counted, ahead: aheadOf(book, counted - counts) },
    order: counts,
    deliveries: billed.map(({ id, notInvoicedMinor: minor }) => ({ id, minor })),
  }
  return { ...book, hasLines: rows.length > 0, positions }
}

/** That something of it is still to be delivered. */
function isRunning({ completedOn, state }: OrderRow): boolean {
  return state === 'confirmed' && completedOn === null
}

type Counting = Pick<OrderBook, 'deliveries' | 'invoices' | 'lines' | 'order'>

/** What is invoiced and bills no delivery: so much at least as was taken off the rest. */
function aheadOf({ deliveries, invoices }: Counting, takenOff: bigint): bigint {
  const billed = deliveries.reduce(
    (sum, { keptMinor, notInvoicedMinor, settledMinor }) =>
      sum + keptMinor - settledMinor - notInvoicedMinor,
    0n,
  )
  const ahead = total(invoices) - billed
  return atLeastZero(ahead > takenOff ? ahead : takenOff)
}

/** What the order was last set to count with; one that is paid in cash would count with its rest. */
function countedOf(book: Counting): bigint {
  return (book.order.cash ? null : book.order.countedMinor) ?? restMinorOf(book)
}

/** The lines of an order as these rows say, with what was delivered of them so far. */
export function linesWithProgress(
  order: OrderRow,
  rows: readonly LineRow[],
  deliveries: readonly Pick<BookDelivery, 'parts'>[],
  returns: readonly GoodsReturnRow[],
): BookLine[] {
  const lines = rows.length > 0 ? rows : [wholeLine(order)]
  const kept = deliveries.flatMap(({ parts }) => parts)
  return lines.map((row) => {
    const here = kept.filter(({ lineId }) => lineId === row.id)
    // Gone for good: came back and is not wanted again, so it counts as served.
    const gone = returns.filter(({ lineId, again }) => (lineId ?? wholeOrder) === row.id && !again)
    const served = here.reduce((sum, { quantity }) => sum + quantity, 0n)
    const price =
      rows.length > 0
        ? {
            unitPriceE4: row.unitPriceE4,
            discountBps: order.discountBps,
            currency: order.currency,
          }
        : priceOfMinorUnit(order.currency)
    return {
      ...row,
      ordered: row.quantity,
      served: gone.reduce((sum, one) => sum + quantityOf(one), served),
      price,
    }
  })
}

/** The value of what is still to be delivered. */
export function restMinorOf(book: Pick<OrderBook, 'order' | 'lines'>): bigint {
  if (book.order.completedOn !== null) return 0n
  return book.lines.reduce((sum, line) => sum + lineAmount(restOf(line), line.price), 0n)
}

/** What an order that is paid in cash would count with at the stage `order`, were it paid later. */
function wouldCount(book: Counting): bigint {
  if (!isRunning(book.order)) return 0n
  return atLeastZero(restMinorOf(book) - aheadOf(book, 0n))
}

/** What is delivered and not invoiced of the whole order. */
export function notInvoicedOf({ deliveries }: Pick<OrderBook, 'deliveries'>): bigint {
  return deliveries.reduce((sum, { notInvoicedMinor }) => sum + notInvoicedMinor, 0n)
}

type Kept = Omit<BookDelivery, 'notInvoicedMinor'>

function lessInvoiced(deliveries: readonly Kept[], invoicedMinor: bigint): BookDelivery[] {
  const toBill = inOrderOfRecording(deliveries).map(({ id, keptMinor, settledMinor }) => ({
    ...{ id, minor: keptMinor - settledMinor },
  }))
  const bills = billDocuments([{ id: '', minor: invoicedMinor }], toBill)
  const billed = new Map(bills.map(({ documentId, minor }) => [documentId, minor]))
  return deliveries.map((delivery) => {
    const { id, keptMinor, settledMinor } = delivery
    return { ...delivery, notInvoicedMinor: keptMinor - settledMinor - (billed.get(id) ?? 0n) }
  })
}

/** Invoices bill what was recorded first. Ids grow with the time of recording. */
export function inOrderOfRecording<Row extends { readonly id: string }>(
  rows: readonly Row[],
): Row[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

const minorUnit = 1000n

/** The quantity that came back; without lines it is the amount. */
function quantityOf({ quantity, amountMinor }: GoodsReturnRow): bigint {
  return quantity ?? amountMinor * minorUnit
}

function wholeLine(order: OrderRow): LineRow {
  return {
    ...{ id: wholeOrder, line: 1, item: order.number, description: null, unit: order.currency },
    quantity: order.amountMinor * minorUnit,
    unitPriceE4: priceOfMinorUnit(order.currency).unitPriceE4,
    amountMinor: order.amountMinor,
    requestedOn: null,
  }
}

function wholeDelivery({ id, amountMinor }: DeliveryRow) {
  return { id, lineId: wholeOrder, quantity: amountMinor * minorUnit, amountMinor }
}

function partLeft(
  part: Pick<DeliveredPart, 'id' | 'lineId' | 'quantity' | 'amountMinor'>,
  returns: readonly GoodsReturnRow[],
): DeliveredPart {
  const { id, lineId } = part
  const back = returns.filter((one) => (one.lineId ?? wholeOrder) === lineId)
  const returnedMinor = total(back)
  return {
    ...{ id, lineId, returnedMinor },
    quantity: back.reduce((sum, one) => sum - quantityOf(one), part.quantity),
    amountMinor: part.amountMinor - returnedMinor,
  }
}

function total(rows: readonly { readonly amountMinor: bigint }[]): bigint {
  return rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}
