import type { DeliveryInvoice } from '#contract/order.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Invoice } from '#contract/receivable.ts'
import { money, toDecimal, toReadable } from '#kernel/money/money.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { notInvoicedOf, type OrderBook } from '#server/order/order-book.ts'
import { readMinor } from '#server/order/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'
import { readInvoice, recordInvoiceIn } from '#server/receivable/public.ts'

/**
 * Invoices what is delivered and not invoiced, or a part of it. The invoice bears the number of the
 * order, so the exposure ledger takes it off the deliveries, the oldest first.
 */
export function invoiceDeliveries(
  context: Context,
  id: string,
  asked: DeliveryInvoice,
): Promise<Invoice | Refusal> {
  const command = { command: 'order.invoice', permission: 'receivable:write' } as const
  const of = { id, act: 'invoiced', input: { ...asked }, ...command } as const
  return changeOrder(context, of, async (tx, book) => {
    const { charged, order } = book
    const { currency, department, salesperson } = order
    const minor = amountOf(book, asked)
    if (isRefusal(minor)) return minor
    const terms = order.terms ?? charged.terms
    const draft = await readInvoice(context, {
      ...{ party: charged.id, number: asked.number, currency, orderNumber: order.number },
      amount: toDecimal(money(minor, currency)),
      issuedOn: asked.issuedOn ?? context.today,
      ...(asked.dueOn === undefined ? {} : { dueOn: asked.dueOn }),
      ...(terms === null ? {} : { terms }),
      ...(asked.note === undefined ? {} : { note: asked.note }),
      ...(department === null ? {} : { department }),
      ...(salesperson === null ? {} : { salesperson }),
    })
    return isRefusal(draft) ? draft : recordInvoiceIn(tx, draft)
  })
}

function amountOf(book: OrderBook, asked: DeliveryInvoice): bigint | Refusal {
  const { currency, number } = book.order
  const left = notInvoicedOf(book)
  if (left === 0n) {
    const detail = `Nothing of order ${number} is delivered and not invoiced: deliver it first.`
    return refuse('wrong-state', detail, {
      number,
      zh: `订单 ${number} 没有已发未开票的货，先发货。`,
    })
  }
  if (asked.amount === undefined) return left
  const minor = readMinor(asked.amount, currency, 'amount')
  if (isRefusal(minor) || minor <= left) return minor
  const most = toReadable({ minor: left, currency })
  const detail = `amount: ${most} of order ${number} is delivered and not invoiced, not more.`
  const zh = `金额：订单 ${number} 已发未开票的只有 ${most}。`
  return refuse('invalid-input', detail, { field: 'amount', most, zh })
}
