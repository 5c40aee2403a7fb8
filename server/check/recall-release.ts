import type { Hold, Recall } from '#contract/hold.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { HoldKey } from '#server/check/ask-for-release.ts'
import { decisionsOfDocument } from '#server/check/decision.store.ts'
import { type FollowHolds, followRecall, lockHeld } from '#server/check/follow-hold.ts'
import {
  findHold,
  type HoldRow,
  holdsOnDocuments,
  lockHold,
  reopenHold,
} from '#server/check/hold.store.ts'
import { endReleases, type ReleaseRow, releasesFor } from '#server/check/release.store.ts'
import { replyOf } from '#server/check/talk-about-hold.ts'
import { tellOfRecall } from '#server/check/tell-of-holds.ts'
import { addOpenHolds } from '#server/exposure/public.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Takes back what a person released, as long as nothing came of it: the document waits again, with its
 * hold as old as it was, and counts with nothing. What was delivered, invoiced or committed since, or
 * counted before it was held, is to be undone where that is done.
 */
export function recallRelease(
  context: Context,
  key: HoldKey,
  { reason }: Recall,
  orders: FollowHolds,
): Promise<Hold | Refusal> {
  const command = { name: 'hold.recall', permission: 'hold:release' } as const
  const input = { reason, holdId: key.id }
  return runCommand(context, { ...command, input, subject: key.partyId }, async (tx) => {
    await lockHeld(tx, key, orders)
    await lockHold(tx, key)
    const hold = await findHold(tx, key.partyId, key.id)
    if (!hold) return refuse('not-found', 'This party has no such hold.')
    const releases = await recallable(tx, context, hold)
    if (isRefusal(releases)) return releases
    const followed = await followRecall(tx, context, hold, orders)
    if (isRefusal(followed)) return followed
    const recalled = { by: context.actor.name, reason }
    await endReleases(tx, releases, context.today, recalled)
    await reopenHold(tx, hold, hold.documentMinor)
    if (hold.state === 'released') {
      const { accountId, accountPartyId: partyId } = hold
      await addOpenHolds(tx, [{ partyId, accountId, by: 1 }])
    }
    await tellOfRecall(tx, hold, recalled)
    const { id, number, partyId } = hold
    await tx.emit({ kind: 'hold.recalled', partyId, facts: { id, number, reason } })
    return replyOf(tx, key)
  })
}

/** The releases of a hold that speak for its document still, where nothing else has come of it. */
async function recallable(
  tx: CommandTransaction,
  context: Context,
  hold: HoldRow,
): Promise<ReleaseRow[] | Refusal> {
  const { checkpoint, documentId, id, number, openedAt, state } = hold
  const all = await releasesFor(tx, [documentId], context.today)
  const releases = all.filter(({ cause, holdId }) => holdId === id && cause === 'person')
  const isOpen = state === 'open' || state === 'asked'
  if (releases.length === 0 || !(isOpen || state === 'released')) {
    const detail = `No release of ${number} is left that could be taken back: it was used up or ended.`
    return refuse('wrong-state', detail, {
      state,
      zh: `${number} 没有可收回的放行：已用完或已结束。`,
    })
  }
  const others = (await holdsOnDocuments(tx, [documentId])).filter((one) => one.id !== id)
  if (others.some((one) => one.checkpoint === checkpoint)) {
    const detail = `${number} was changed and is held anew: decide about that hold.`
    return refuse('wrong-state', detail, {
      zh: `${number} 放行后又有修改并再次暂挂，请处理新的暂挂。`,
    })
  }
  const earlier = (await decisionsOfDocument(tx, documentId)).filter(
    (one) =>
      one.mode === 'reserve' &&
      one.outcome !== 'held' &&
      Date.parse(one.recordedAt) < Date.parse(openedAt),
  )
  if (checkpoint === 'order' && earlier.length > 0) {
    const detail = `${number} counted before it was held: amend it back to what it was instead.`
    return refuse('wrong-state', detail, {
      zh: `${number} 暂挂前已占用额度，放行的是修改部分，请把单据改回原样。`,
    })
  }
  return releases
}
