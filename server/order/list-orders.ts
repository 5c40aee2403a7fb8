import type { OrderFilter, OrderPage } from '#contract/order-list.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { holdsOnDocuments } from '#server/check/public.ts'
import { chargedWith } from '#server/order/order.store.ts'
import {
  type DeliveredOrder,
  listOrders as findPage,
  totalsOfOrders,
} from '#server/order/order-list.store.ts'
import { openHold, orderHead } from '#server/order/order-reply.ts'
import { familyIdsOf, findParties, findPartyByKey } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { cursorText, dayPart, idPart, readCursor } from '#server/platform/page-cursor.ts'
import { readDays } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'
import { invoicesOfOrders } from '#server/receivable/public.ts'

/** A page of orders, latest first; with `late` those that are late longest first. */
export async function listOrders(
  context: Context,
  query: OrderFilter,
): Promise<OrderPage | Refusal> {
  const cursor = readCursor(query.after, [dayPart, idPart])
  if (isRefusal(cursor)) return cursor
  const partyIds = await readFamily(context, query.party)
  if (isRefusal(partyIds)) return partyIds
  const days = readDays(query, ['orderedFrom', 'orderedTo', 'requestedBefore'])
  if (isRefusal(days)) return days
  const filter = {
    ...days,
    actor: context.actor,
    partyIds,
    state: query.state ?? null,
    number: query.number ?? null,
    contractId: query.contract ?? null,
    currency: query.currency ?? null,
    salesperson: query.salesperson ?? null,
    department: query.department ?? null,
    held: query.held ?? null,
    lateOn: query.late ? context.today : null,
  }
  const [day = '', id = ''] = cursor ?? []
  const limit = query.limit ?? 50
  const [rows, totals] = await Promise.all([
    findPage(context.db, { ...filter, limit, after: cursor && { day, id } }),
    query.totals ? totalsOfOrders(context.db, filter) : null,
  ])
  const labels = await labelsOf(context.db, rows)
  const invoiced = await invoicedOf(context.db, rows)
  const holds = Map.groupBy(
    await holdsOnDocuments(
      context.db,
      rows.map(({ id }) => id),
    ),
    ({ documentId }) => documentId,
  )
  const last = rows.length === limit ? rows.at(-1) : undefined
  const lastDay = query.late ? last?.requestedOn : last?.orderedOn
  return {
    items: rows.map((row) => ({
      ...orderHead(row, context.today),
      party: labels(row.partyId),
      invoiced: toDecimal({ minor: invoiced(row), currency: row.currency }),
      waitsForRelease: row.pending !== null,
      holds: (holds.get(row.id) ?? []).map(openHold),
    })),
    totals:
      totals?.map(({ amountMinor, count, currency }) => ({
        ...{ currency, count, amount: toDecimal({ minor: amountMinor, currency }) },
      })) ?? null,
    next: last && lastDay ? cursorText(lastDay, last.id) : null,
  }
}

/** What invoices in force ask for, by order; those in other currencies bill something else. */
async function invoicedOf(db: Reader, rows: readonly DeliveredOrder[]) {
  const invoices = rows.length > 0 ? await invoicesOfOrders(db, rows.map(billedRow)) : []
  const keyOf = (partyId: string, number: string | null, currency: string) =>
    `${partyId} ${currency} ${number}`
  const sums = new Map<string, bigint>()
  for (const { amountMinor, currency, orderNumber, partyId } of invoices) {
    const key = keyOf(partyId, orderNumber, currency)
    sums.set(key, (sums.get(key) ?? 0n) + amountMinor)
  }
  return (row: DeliveredOrder) => sums.get(keyOf(chargedWith(row), row.number, row.currency)) ?? 0n
}

const billedRow = (row: DeliveredOrder) => ({ partyId: chargedWith(row), number: row.number })

/** The ids of a party with its duplicates; null where none is asked for. */
export async function readFamily(
  context: Context,
  key: string | undefined,
): Promise<readonly string[] | null | Refusal> {
  if (key === undefined) return null
  const party = await findPartyByKey(context, key)
  return isRefusal(party) ? party : familyIdsOf(context.db, party.id)
}

/** Code and name of the parties that rows belong to. */
export async function labelsOf(db: Reader, rows: readonly { readonly partyId: string }[]) {
  const parties = await findParties(db, [...new Set(rows.map((row) => row.partyId))])
  const labels = new Map(parties.map(({ id, code, name }) => [id, { id, code, name }]))
  return (partyId: string) => labels.get(partyId) ?? { id: partyId, code: '', name: '' }
}
