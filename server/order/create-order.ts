import type { NewOrder, OrderAnswer } from '#contract/order.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { addMonths } from '#kernel/calendar/day.ts'
import { insertDraft, type NewOrderRow } from '#server/order/order.store.ts'
import { type LineRow, replaceLines } from '#server/order/order-line.store.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import { readAgreed } from '#server/order/read-agreed.ts'
import { amountOfLines, readLines } from '#server/order/read-lines.ts'
import { readPayer } from '#server/order/read-payer.ts'
import { findPartyByKey } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { readCurrency, readDay } from '#server/platform/read-fields.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

/** Takes an order down as a draft: it counts with nothing until it is confirmed. */
export async function createOrder(
  context: Context,
  asked: NewOrder,
): Promise<OrderAnswer | Refusal> {
  const party = await findPartyByKey(context, asked.party)
  if (isRefusal(party)) return party
  const draft = await readNewOrder(context, party, asked)
  if (isRefusal(draft)) return draft
  return runCommand(
    context,
    { name: 'order.create', permission: 'order:write', input: { ...asked }, subject: party.id },
    (tx) => insertOrder(tx, context, draft),
  )
}

type Draft = { readonly row: NewOrderRow; readonly lines: readonly LineRow[] }

/** Writes a draft with its lines. */
export async function insertOrder(
  tx: CommandTransaction,
  context: Context,
  { lines, row }: Draft,
): Promise<OrderAnswer | Refusal> {
  const { currency, id, number, partyId } = row
  if (!(await insertDraft(tx, row))) {
    const detail = `number: this party has an order ${number} already.`
    return refuse('already-exists', detail, { number, zh: `订单号：该客户已有订单 ${number}。` })
  }
  await replaceLines(tx, row, lines)
  await tx.emit({ kind: 'order.created', partyId, facts: { id, number, currency } })
  return orderAnswer(tx, row, { today: context.today, check: null })
}

async function readNewOrder(
  context: Context,
  party: { readonly id: string; salesperson: string | null; department: string | null },
  asked: NewOrder,
): Promise<Draft | Refusal> {
  const currency = readCurrency(asked.currency)
  if (isRefusal(currency)) return currency
  const orderedOn =
    asked.orderedOn === undefined ? context.today : readDay(asked.orderedOn, 'orderedOn')
  if (isRefusal(orderedOn)) return orderedOn
  if (orderedOn > addMonths(context.today, 12)) {
    const zh = `下单日：${orderedOn} 在一年以后。`
    return refuse('invalid-input', `orderedOn: ${orderedOn} is more than a year from now.`, { zh })
  }
  const place = { partyId: party.id, currency }
  const key = { id: newId(), partyId: party.id, number: asked.number ?? nextNumber(context) }
  const billToId = await readPayer(context, asked.payer ?? null, key)
  if (isRefusal(billToId)) return billToId
  const agreed = await readAgreed(context.db, asked, place)
  if (isRefusal(agreed)) return agreed
  const lines = readLines(asked.lines, { currency, discountBps: agreed.discountBps, known: [] })
  if (isRefusal(lines)) return lines
  return {
    lines,
    row: {
      ...{ ...place, ...agreed, ...key, orderedOn, billToId },
      amountMinor: amountOfLines(lines),
      salesperson: asked.salesperson ?? party.salesperson,
      department: asked.department ?? party.department,
    },
  }
}

/** A number for an order that came without one. */
export function nextNumber({ today }: Context): string {
  return `SO${today.replaceAll('-', '')}-${newId().slice(-8)}`
}
