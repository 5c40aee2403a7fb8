import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import {
  type FollowedRelease,
  type FollowHolds,
  followRelease,
  lockHeld,
} from '#server/check/follow-hold.ts'
import { findHold, type HoldRow, updateReasons, waitingHolds } from '#server/check/hold.store.ts'
import { closeHolds } from '#server/check/open-holds.ts'
import { insertRelease } from '#server/check/release.store.ts'
import { openHold } from '#server/check/talk-about-hold.ts'
import { newId } from '#server/platform/ids.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Asks the gate again for all that waits for room in these accounts, the most urgent first and of
 * equals what waits longest, each in a command of its own. What passes is released by the room that
 * there is now; what does not lets later ones try, which may be smaller.
 */
export async function recheckHolds(
  context: Context,
  accountIds: readonly string[],
  orders: FollowHolds,
): Promise<{ readonly released: number; readonly waiting: number } | Refusal> {
  let released = 0
  const waiting = await waitingHolds(context.db, accountIds)
  for (const hold of waiting) {
    const answer = await recheckHold(context, hold, orders)
    if (!isRefusal(answer)) released += answer.released ? 1 : 0
    // Nothing is decided for anybody now: the queue tries again later.
    else if (answer.refused.kind === 'unavailable') return answer
  }
  return { released, waiting: waiting.length - released }
}

function recheckHold(
  context: Context,
  hold: HoldRow,
  orders: FollowHolds,
): Promise<{ readonly released: boolean } | Refusal> {
  const { id, number, partyId } = hold
  const input = { holdId: id, number }
  const command = { name: 'hold.recheck', permission: 'hold:release' } as const
  return runCommand(context, { ...command, input, subject: partyId }, async (tx) => {
    await lockHeld(tx, hold, orders)
    const waiting = await openHold(tx, hold)
    if (isRefusal(waiting)) return waiting
    const followed = await followRelease(tx, context, { ...hold, upToMinor: null }, orders)
    if (isRefusal(followed)) return followed
    if (followed === undefined) {
      await closeHolds(tx, [hold.documentId], {
        ...{ state: 'withdrawn', by: context.actor.name, checkpoint: hold.checkpoint },
        reason: '单据已不再等待 / Nothing waits any more',
      })
      return { released: false }
    }
    if (followed.outcome === 'held') {
      await keepReasons(tx, hold, followed)
      const now = await findHold(tx, partyId, id)
      // New reasons are kept for the worklist; the same ones again are no news.
      if (now?.rules.join() !== hold.rules.join()) return { released: false }
      return refuse('conflict', `${number} waits for the same as before.`)
    }
    await releaseByRoom(tx, context, hold)
    return { released: true }
  })
}

/** Tells why it waits now; a delivery that is asked about again opens no hold of its own. */
async function keepReasons(
  tx: CommandTransaction,
  hold: HoldRow,
  { decision, decisionId }: FollowedRelease,
): Promise<void> {
  if (!decision || decisionId === undefined) return
  const stopping = decision.fired.filter(({ reaction }) => reaction === 'hold')
  await updateReasons(tx, hold, { decisionId, rules: stopping.map(({ rule }) => rule) })
}

async function releaseByRoom(
  tx: CommandTransaction,
  context: Context,
  hold: HoldRow,
): Promise<void> {
  const reason = '额度已够 / There is room now'
  const by = context.actor.name
  await insertRelease(tx, {
    ...{ partyId: hold.partyId, id: newId(), holdId: hold.id, documentId: hold.documentId },
    ...{ currency: hold.currency, upToMinor: hold.documentMinor, untilOn: null, reason },
    // It says what happened and lets nothing else pass.
    ...{ cause: 'room', releasedBy: by, authority: 'room', endedOn: context.today },
  })
  await closeHolds(tx, [hold.documentId], {
    ...{ state: 'released', by, reason, checkpoint: hold.checkpoint },
  })
  await tx.emit({
    kind: 'hold.released',
    partyId: hold.partyId,
    facts: { id: hold.id, number: hold.number, cause: 'room' },
  })
}
