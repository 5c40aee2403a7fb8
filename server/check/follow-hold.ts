import type { Refusal } from '#contract/problem.ts'
import type { HoldKey } from '#server/check/ask-for-release.ts'
import type { CheckAnswer } from '#server/check/asked-check.ts'
import { findHold, type HeldDocument, type HoldRow } from '#server/check/hold.store.ts'
import { dropHeldReservation, reserveReleased } from '#server/check/reserve-released.ts'
import { lockStanding, recallReserved } from '#server/check/resolve-reservation.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

/** What is done with orders whose hold ends: handed in by the room that keeps them. */
export type FollowHolds = {
  /** Locks an order with all that it counts with. */
  readonly lock: (tx: CommandTransaction, hold: HoldRow) => Promise<unknown>
  /**
   * Does what the hold kept back, by asking the gate again. Undefined where nothing is to be done
   * until somebody comes back with the order, such as with its next delivery. What is held again
   * tells why.
   */
  readonly release: (
    tx: CommandTransaction,
    context: Context,
    held: HeldDocument,
  ) => Promise<FollowedRelease | Refusal | undefined>
  /** Puts the order back where it was before it asked to pass. */
  readonly reject: (
    tx: CommandTransaction,
    context: Context,
    hold: HoldRow,
  ) => Promise<Refusal | undefined>
  /** Takes back what was done when its hold was released, as long as nothing came of it. */
  readonly recall: FollowHolds['reject']
}

export type FollowedRelease = Pick<CheckAnswer, 'outcome'> &
  Partial<Pick<CheckAnswer, 'decisionId' | 'decision'>>

/**
 * Locks a held document and its accounts, before whoever ends its hold locks that: whoever acts on the
 * document locks in this order, and two never wait for each other.
 */
export async function lockHeld(
  tx: CommandTransaction,
  key: HoldKey,
  orders: FollowHolds,
): Promise<void> {
  const hold = await findHold(tx, key.partyId, key.id)
  if (hold?.documentKind === 'order') await orders.lock(tx, hold)
  else if (hold) await lockStanding(tx, { partyId: hold.partyId, id: hold.documentId })
}

/** Has a document pass whose hold was released. */
export function followRelease(
  tx: CommandTransaction,
  context: Context,
  held: HeldDocument,
  orders: FollowHolds,
): ReturnType<FollowHolds['release']> {
  return held.documentKind === 'order'
    ? orders.release(tx, context, held)
    : reserveReleased(tx, context, held)
}

/** Gives up what a document asked for. */
export function followRejection(
  tx: CommandTransaction,
  context: Context,
  hold: HoldRow,
  orders: FollowHolds,
): ReturnType<FollowHolds['reject']> {
  return hold.documentKind === 'order'
    ? orders.reject(tx, context, hold)
    : dropHeldReservation(tx, hold)
}

/** Has a document wait again whose hold had been released. */
export function followRecall(
  tx: CommandTransaction,
  context: Context,
  hold: HoldRow,
  orders: FollowHolds,
): ReturnType<FollowHolds['recall']> {
  return hold.documentKind === 'order'
    ? orders.recall(tx, context, hold)
    : recallReserved(tx, context, hold)
}
