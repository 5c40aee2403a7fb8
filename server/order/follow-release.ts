import type { OrderChange } from '#contract/order.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Checkpoint } from '#kernel/check/check-facts.ts'
import { totalOf } from '#kernel/order/order-positions.ts'
import type { CheckAnswer } from '#server/check/public.ts'
import { amendConfirmed } from '#server/order/amend-order.ts'
import { openHeld } from '#server/order/change-order.ts'
import { confirm } from '#server/order/confirm-order.ts'
import { lockOrder, partyOfOrder, updateOrder } from '#server/order/order.store.ts'
import { type OrderBook, restMinorOf } from '#server/order/order-book.ts'
import { tryGate } from '#server/order/pass-gate.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

type FollowedHold = {
  readonly partyId: string
  readonly documentKind: 'order' | 'reservation'
  readonly documentId: string
  readonly checkpoint: Checkpoint
  /** Up to which amount of the whole document it may pass; null: all of it. */
  readonly upToMinor: bigint | null
  /** What the document was to count with in all when it was held. */
  readonly documentMinor?: bigint
}

/**
 * Does what a hold kept back, now that somebody released it or room came free: confirms the order,
 * as far as it was released, or applies the amendment that waited. A delivery is not made up here:
 * whoever ships comes back with it. Undefined where nothing waits any more.
 */
export async function followRelease(
  tx: CommandTransaction,
  context: Context,
  hold: FollowedHold,
): Promise<CheckAnswer | Refusal | undefined> {
  if (hold.documentKind !== 'order') return undefined
  const book = await openHeld(tx, hold)
  if (!book) return undefined
  const { order, positions } = book
  if (hold.checkpoint === 'delivery') {
    if (order.state !== 'confirmed') return undefined
    const step = { book, positions, cash: order.cash, cause: 'delivered' }
    const counted = totalOf(positions)
    const asked = hold.upToMinor ?? hold.documentMinor ?? counted
    const minor = asked > counted ? asked : counted
    return tryGate(tx, context, step, { checkpoint: 'delivery', minor })
  }
  if (order.state === 'confirmed' && order.pending !== null) {
    const amended = await amendConfirmed(tx, context, book, order.pending as OrderChange)
    return isRefusal(amended) ? amended : (amended.check ?? undefined)
  }
  const waits = order.state === 'held' || isPartlyReleased(book)
  if (!waits) return undefined
  return confirm(tx, context, book, { cause: 'released', mostMinor: hold.upToMinor })
}

function isPartlyReleased({ order, lines, positions }: OrderBook): boolean {
  return order.state === 'confirmed' && positions.counted < restMinorOf({ order, lines })
}

/** Lets go of what a hold kept back for good: the order is a draft again, or stays as it was. */
export async function followRejection(
  tx: CommandTransaction,
  _: Context,
  hold: Pick<FollowedHold, 'partyId' | 'documentKind' | 'documentId' | 'checkpoint'>,
): Promise<undefined> {
  if (hold.documentKind !== 'order' || hold.checkpoint !== 'order') return
  const partyId = await partyOfOrder(tx, hold.documentId)
  const order = partyId && (await lockOrder(tx, { partyId, id: hold.documentId }))
  if (!order) return
  const state = order.state === 'held' ? 'draft' : order.state
  await updateOrder(tx, { ...order, state, pending: null })
}
