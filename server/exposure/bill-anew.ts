import type { Day } from '#kernel/calendar/day.ts'
import { type Billed, billDocuments } from '#kernel/order/bill-documents.ts'
import {
  insertReliefs,
  markReversed,
  type Relief,
  reliefsOf,
} from '#server/exposure/relief.store.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

/** An order, or a delivery of it, and how much of it invoices bill. */
type BilledDocument = Omit<Relief, 'partyId' | 'id' | 'invoiceId' | 'amountMinor'> & {
  readonly billedMinor: bigint
}

/**
 * Keeps which invoice bills what of an order after an act on it, so that a voided one gives back what
 * it bills now: goods that were invoiced ahead and came since are delivered and not invoiced then,
 * and a rest that was ended is not wanted back. What counts is not changed by it.
 */
export async function billAnew(
  tx: CommandTransaction,
  of: {
    readonly partyId: string
    /** Deliveries first, and the oldest first. */
    readonly documents: readonly BilledDocument[]
    /** Those in force that bear the number of the order, the oldest first. */
    readonly invoices: readonly { readonly id: string; readonly amountMinor: bigint }[]
    readonly on: Day
  },
): Promise<void> {
  const { documents, on, partyId } = of
  const ids = documents.map(({ documentId }) => documentId)
  const standing = await reliefsOf(tx, partyId, ids)
  const billed = documents.map(({ documentId: id, billedMinor: minor }) => ({ id, minor }))
  const bills = billDocuments(billingOf(standing, of.invoices), billed)
  const byId = new Map(documents.map((document) => [document.documentId, document]))
  const reliefs = bills.flatMap(({ documentId, invoiceId, minor }): Relief[] => {
    const document = byId.get(documentId)
    if (!document) return []
    const { billedMinor: _, ...what } = document
    return [{ ...what, partyId, id: newId(), invoiceId, amountMinor: minor }]
  })
  if (isSame(standing, reliefs)) return
  await markReversed(tx, standing, on)
  if (reliefs.length > 0) await insertReliefs(tx, reliefs)
}

/** What took something over already, an older import among them, and then what took nothing. */
function billingOf(
  standing: readonly Relief[],
  invoices: readonly { readonly id: string; readonly amountMinor: bigint }[],
): Billed[] {
  const taken = new Map<string, bigint>()
  for (const { amountMinor, invoiceId } of standing) {
    taken.set(invoiceId, (taken.get(invoiceId) ?? 0n) + amountMinor)
  }
  const sum = (all: Iterable<bigint>) => [...all].reduce((total, minor) => total + minor, 0n)
  let left = sum(invoices.map(({ amountMinor }) => amountMinor)) - sum(taken.values())
  for (const { amountMinor, id } of invoices) {
    const own = taken.get(id) ?? 0n
    const more = amountMinor - own < left ? amountMinor - own : left
    if (more <= 0n) continue
    taken.set(id, own + more)
    left -= more
  }
  return [...taken].map(([id, minor]) => ({ id, minor }))
}

/** The same invoices bill as much of the same documents, to be shipped on the same days. */
function isSame(before: readonly Relief[], after: readonly Relief[]): boolean {
  const left = new Map<string, bigint>()
  const add = ({ documentId, invoiceId, shipOn }: Relief, minor: bigint) => {
    const key = `${invoiceId} ${documentId} ${shipOn}`
    left.set(key, (left.get(key) ?? 0n) + minor)
  }
  for (const relief of before) add(relief, relief.amountMinor)
  for (const relief of after) add(relief, -relief.amountMinor)
  return [...left.values()].every((minor) => minor === 0n)
}
