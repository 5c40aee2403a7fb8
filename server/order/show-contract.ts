import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type {
  Contract,
  ContractFile,
  ContractFilter,
  ContractPage,
} from '#contract/sales-contract.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { type ContractProgress, listContracts as findPage } from '#server/order/contract.store.ts'
import { labelsOf, readFamily } from '#server/order/list-orders.ts'
import { listOrders } from '#server/order/order-list.store.ts'
import { orderHead, percent } from '#server/order/order-reply.ts'
import type { Reader } from '#server/platform/database.ts'
import { cursorText, dayPart, idPart, readCursor } from '#server/platform/page-cursor.ts'
import type { Actor, Context } from '#server/platform/run-command.ts'
import { invoicesOfOrders, type OrderInvoice } from '#server/receivable/public.ts'

/** A contract with the orders that called it off, and how far that has come. */
export async function showContract(
  { actor, db, today }: { readonly actor: Actor; readonly db: Reader; readonly today: Day },
  id: string,
): Promise<ContractFile | Refusal> {
  const of = { actor, id, partyIds: null, state: null, limit: 1, after: null }
  const [contract] = await findPage(db, of)
  if (!contract) return refuse('not-found', 'There is no contract with this id.')
  const orders = await listOrders(db, {
    ...{ actor, partyIds: [contract.partyId], contractId: id, limit: 500, after: null },
    ...{ state: null, number: null, requestedBefore: null, lateOn: null },
  })
  const labels = await labelsOf(db, [contract])
  const invoices = await invoicesOfOrders(db, orders)
  const sum = (of: (invoice: OrderInvoice) => bigint) =>
    toDecimal({
      minor: invoices.reduce((total, invoice) => total + of(invoice), 0n),
      currency: contract.currency,
    })
  return {
    ...contractReply(contract, labels(contract.partyId)),
    invoiced: sum(({ amountMinor }) => amountMinor),
    paid: sum(({ amountMinor, openMinor }) => amountMinor - openMinor),
    orders: orders.map((order) => orderHead(order, today)),
  }
}

/** A page of contracts, latest signed first. */
export async function listContracts(
  context: Context,
  query: ContractFilter,
): Promise<ContractPage | Refusal> {
  const cursor = readCursor(query.after, [dayPart, idPart])
  if (isRefusal(cursor)) return cursor
  const partyIds = await readFamily(context, query.party)
  if (isRefusal(partyIds)) return partyIds
  const [day, id] = cursor ?? []
  const limit = query.limit ?? 50
  const rows = await findPage(context.db, {
    ...{ actor: context.actor, partyIds, limit, state: query.state ?? null },
    after: day === undefined || id === undefined ? null : { day, id },
  })
  const labels = await labelsOf(context.db, rows)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map((row) => contractReply(row, labels(row.partyId))),
    next: last ? cursorText(last.signedOn, last.id) : null,
  }
}

function contractReply(row: ContractProgress, party: Contract['party']): Contract {
  const { amountMinor, deliveredMinor, orderedMinor, ...contract } = row
  const { currency } = contract
  return {
    ...contract,
    party,
    amount: toDecimal({ minor: amountMinor, currency }),
    state: contract.endedOn === null ? 'open' : 'ended',
    ordered: toDecimal({ minor: orderedMinor, currency }),
    delivered: toDecimal({ minor: deliveredMinor, currency }),
    orderedPercent: percent(orderedMinor, amountMinor),
    deliveredPercent: percent(deliveredMinor, amountMinor),
  }
}
