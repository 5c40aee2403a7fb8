import type { OrderAnswer, OrderFile, OrderHead, OrderHistory } from '#contract/order.ts'
import { type Day, daysBetween } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import { divide, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { restOf } from '#kernel/order/deliver-line.ts'
import { quantityText } from '#kernel/order/line-amount.ts'
import { totalOf } from '#kernel/order/order-positions.ts'
import { orderStatus } from '#kernel/order/order-state.ts'
import type { CheckAnswer } from '#server/check/public.ts'
import { findOrder, type OrderRow } from '#server/order/order.store.ts'
import { notInvoicedOf, type OrderBook, readBook, restMinorOf } from '#server/order/order-book.ts'
import type { Reader } from '#server/platform/database.ts'

export type ListedOrder = OrderRow & {
  readonly deliveredMinor: bigint
  readonly lastDeliveredOn: Day | null
}

/** An order as lists tell it. */
export function orderHead(row: ListedOrder, today: Day): OrderHead {
  const { amountMinor, deliveredMinor, discountBps, currency } = row
  return {
    ...{ partyId: row.partyId, id: row.id, number: row.number, state: row.state, currency },
    amount: toDecimal({ minor: amountMinor, currency }),
    delivered: toDecimal({ minor: deliveredMinor, currency }),
    ...{ orderedOn: row.orderedOn, requestedOn: row.requestedOn, confirmedOn: row.confirmedOn },
    ...{ lastDeliveredOn: row.lastDeliveredOn, completedOn: row.completedOn },
    cancelledOn: row.cancelledOn,
    daysLate: daysLate(row, today),
    terms: row.terms,
    discount: shareText(discountBps),
    ...{ segment: row.segment, salesperson: row.salesperson, department: row.department },
    ...{ priority: row.priority, contractId: row.contractId, note: row.note },
    recordedAt: row.recordedAt,
  }
}

type OpenHold = OrderHistory['holds'][number]

/** What holds an order, as lists and files tell it. */
export function openHold({ checkpoint, decisionId, id, partyId }: OpenHold): OpenHold {
  return { partyId, id, checkpoint, decisionId }
}

/** An order with its lines, deliveries and returns, and how far it has come. */
export function orderFile(book: OrderBook, today: Day): OrderFile {
  const { charged, deliveries, hasLines, lines, order, party, positions, returns } = book
  const { currency } = order
  const decimal = (minor: bigint) => toDecimal({ minor, currency })
  const deliveredMinor = deliveries.reduce((sum, { keptMinor }) => sum + keptMinor, 0n)
  const notInvoicedMinor = notInvoicedOf(book)
  const restMinor = restMinorOf(book)
  const invoicedMinor = book.invoices.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  const openMinor = book.invoices.reduce((sum, one) => sum + one.openMinor, 0n)
  const lastDeliveredOn = deliveries.at(-1)?.deliveredOn ?? null
  const lineOf = (lineId: string | null) => lines.find(({ id }) => id === lineId)?.line ?? null
  return {
    ...orderHead({ ...order, deliveredMinor, lastDeliveredOn }, today),
    party: labelOf(party),
    payer: charged.id === party.id ? null : labelOf(charged),
    status: orderStatus({ state: order.state, deliveredMinor, restMinor, notInvoicedMinor }),
    overDelivery: shareText(order.overDeliveryBps),
    rest: decimal(restMinor),
    notInvoiced: decimal(notInvoicedMinor),
    deliveredPercent: percent(deliveredMinor, deliveredMinor + restMinor),
    invoiced: decimal(invoicedMinor),
    paid: decimal(invoicedMinor - openMinor),
    invoicedPercent: percent(deliveredMinor - notInvoicedMinor, deliveredMinor),
    counts: decimal(order.cash ? 0n : totalOf(positions)),
    waitsForRelease: order.pending !== null,
    lines: (hasLines ? lines : []).map((line) => ({
      ...{ line: line.line, item: line.item, description: line.description, unit: line.unit },
      quantity: quantityText(line.quantity),
      unitPrice: priceText(line.unitPriceE4),
      amount: decimal(line.amountMinor),
      requestedOn: line.requestedOn,
      delivered: quantityText(line.served),
      rest: quantityText(restOf(line)),
    })),
    deliveries: deliveries.map(({ parts, ...delivery }) => ({
      ...{ id: delivery.id, number: delivery.number, deliveredOn: delivery.deliveredOn },
      amount: decimal(delivery.keptMinor),
      notInvoiced: decimal(delivery.notInvoicedMinor),
      note: delivery.note,
      lines: (hasLines ? parts : []).map(({ lineId, quantity }) => ({
        line: lineOf(lineId) ?? 0,
        quantity: quantityText(quantity),
      })),
    })),
    invoices: book.invoices.map(({ amountMinor, openMinor, ...invoice }) => ({
      ...{ id: invoice.id, number: invoice.number, dueOn: invoice.dueOn },
      issuedOn: invoice.issuedOn,
      amount: decimal(amountMinor),
      open: decimal(openMinor),
    })),
    returns: returns.map(({ amountMinor, lineId, quantity, ...kept }) => ({
      ...kept,
      line: lineOf(lineId),
      quantity: quantity === null ? null : quantityText(quantity),
      amount: decimal(amountMinor),
    })),
  }
}

const labelOf = ({ code, id, name }: OrderBook['party']) => ({ id, code, name })

/** The order as it is after an act, with what the gate said to it. */
export async function orderAnswer(
  db: Reader,
  key: { readonly partyId: string; readonly id: string },
  of: { readonly today: Day; readonly check: CheckAnswer | null },
): Promise<OrderAnswer> {
  const { check } = of
  const order = await findOrder(db, key)
  invariant(order, 'an order that was written is there')
  return {
    order: orderFile(await readBook(db, order), of.today),
    check: check && {
      ...{ decisionId: check.decisionId, outcome: check.outcome, holdId: check.holdId },
      rules: check.decision.fired.map(({ rule }) => rule),
    },
  }
}

/** At least two decimals: 12.5000 is 12.50. */
function priceText(e4: bigint): string {
  return scaledToDecimal(e4, 4).replace(/0{1,2}$/, '')
}

function shareText(bps: number): string {
  return `${scaledToDecimal(BigInt(bps), 2).replace(/\.?0+$/, '')}%`
}

/** Whole percent, rounded down so that only all of it is 100. */
export function percent(part: bigint, whole: bigint): number {
  return whole <= 0n ? 0 : Number(divide(part * 100n, whole, 'floor'))
}

function daysLate({ completedOn, requestedOn, state }: OrderRow, today: Day): number {
  const isOpen = state === 'confirmed' && completedOn === null && requestedOn !== null
  return isOpen ? Math.max(0, daysBetween(requestedOn, today)) : 0
}
