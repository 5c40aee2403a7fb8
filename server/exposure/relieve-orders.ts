import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type LockedTree, lockTree } from '#server/exposure/locked-tree.ts'
import {
  type Position,
  positionsOfDocuments,
  positionsOfOrders,
  writePositions,
} from '#server/exposure/position.store.ts'
import { type Posting, recordPostings } from '#server/exposure/post.ts'
import {
  insertReliefs,
  markReversed,
  type Relief,
  reliefsBy,
} from '#server/exposure/relief.store.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

/** An invoice for an order, or all that an import brought for one. */
export type OrderInvoice = {
  readonly partyId: string
  readonly invoiceId: string
  readonly orderNumber: string
  readonly currency: Currency
  readonly minor: bigint
  readonly on: Day
}

/**
 * Takes what is invoiced of orders off what they count with: deliveries first, the oldest first,
 * then what is not delivered yet. An invoice in another currency than its order takes nothing.
 */
export async function relieveOrders(
  tx: CommandTransaction,
  invoices: readonly OrderInvoice[],
): Promise<void> {
  if (invoices.length === 0) return
  const known = await positionsOfOrders(tx, invoices)
  if (known.length === 0) return
  const tree = await lockTree(tx, known)
  const left = new Map((await positionsOfOrders(tx, invoices)).map((p) => [keyOf(p), p]))
  const reliefs: (Relief & { on: Day })[] = []
  for (const invoice of invoices) {
    let rest = invoice.minor
    for (const position of left.values()) {
      const { partyId, orderNumber, currency, minor } = position
      if (rest === 0n || minor === 0n || orderNumber !== invoice.orderNumber) continue
      if (partyId !== invoice.partyId || currency !== invoice.currency) continue
      const taken = minor < rest ? minor : rest
      rest -= taken
      left.set(keyOf(position), { ...position, minor: minor - taken })
      reliefs.push(reliefOf(position, invoice, taken))
    }
  }
  if (reliefs.length === 0) return
  await insertReliefs(tx, reliefs)
  await writePositions(tx, touchedBy(reliefs, left))
  await recordPostings(
    tx,
    tree,
    reliefs.map((relief) => postingOf(relief, -relief.amountMinor, 'invoiced', relief.on)),
  )
}

/** Gives back what voided invoices took: the goods are delivered, or ordered, and not invoiced. */
export async function restoreOrders(
  tx: CommandTransaction,
  invoices: readonly { readonly partyId: string; readonly invoiceId: string }[],
  on: Day,
): Promise<void> {
  const known = await reliefsBy(tx, invoices)
  if (known.length === 0) return
  const tree = await lockTree(tx, known)
  // Read again: now nobody else changes them.
  const reliefs = await reliefsBy(tx, invoices)
  if (reliefs.length === 0) return
  const standing = new Map((await positionsOfDocuments(tx, reliefs)).map((p) => [keyOf(p), p]))
  for (const relief of reliefs) {
    const stood = standing.get(keyOf(relief))
    const position = stood ?? positionOf(relief, tree)
    const minor = (stood?.minor ?? 0n) + relief.amountMinor
    standing.set(keyOf(relief), { ...position, minor })
  }
  await markReversed(tx, reliefs, on)
  await writePositions(tx, touchedBy(reliefs, standing))
  const postings = reliefs.map((relief) => {
    // The day that the order is to be shipped may be another one by now.
    const shipOn = standing.get(keyOf(relief))?.shipOn ?? null
    return postingOf({ ...relief, shipOn }, relief.amountMinor, 'invoice-voided', on)
  })
  await recordPostings(tx, tree, postings)
}

/** The credit segment in which an order counts; undefined when it counts with nothing. */
export async function segmentOfOrder(
  tx: CommandTransaction,
  order: { readonly partyId: string; readonly orderNumber: string },
): Promise<string | undefined> {
  const [position] = await positionsOfOrders(tx, [order])
  return position?.segment
}

const keyOf = (of: { partyId: string; documentId: string; stage: string }) =>
  `${of.partyId} ${of.documentId} ${of.stage}`

function touchedBy(reliefs: readonly Relief[], positions: ReadonlyMap<string, Position>) {
  const keys = new Set(reliefs.map(keyOf))
  return [...positions].flatMap(([key, position]) => (keys.has(key) ? [position] : []))
}

function reliefOf(position: Position, invoice: OrderInvoice, taken: bigint): Relief & { on: Day } {
  const { partyId, documentId, documentKind, stage, number, segment, currency, shipOn } = position
  return {
    partyId,
    id: newId(),
    invoiceId: invoice.invoiceId,
    documentId,
    documentKind,
    stage,
    number,
    orderNumber: invoice.orderNumber,
    segment,
    currency,
    amountMinor: taken,
    shipOn,
    on: invoice.on,
  }
}

function positionOf(relief: Relief, tree: LockedTree): Position {
  const { partyId, documentId, documentKind, stage, number, orderNumber, segment } = relief
  const { currency, shipOn } = relief
  const accountId = tree.leafOf({ partyId, segment }).account.id
  const place = { partyId, documentId, stage, accountId, segment, documentKind }
  return { ...place, number, orderNumber, currency, minor: 0n, shipOn, expiresAt: null }
}

function postingOf(relief: Relief, minor: bigint, cause: string, effectiveOn: Day): Posting {
  const { partyId, segment, stage, currency, documentKind, documentId, number, shipOn } = relief
  const document = { documentKind, documentId, number }
  return {
    ...{ partyId, segment, stage, currency, minor, shipOn },
    ...{ ...document, cause, effectiveOn, decisionId: null },
  }
}
