import type { Hold, Rejection } from '#contract/hold.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { HoldKey } from '#server/check/ask-for-release.ts'
import { type FollowHolds, followRejection, lockHeld } from '#server/check/follow-hold.ts'
import { closeHolds } from '#server/check/open-holds.ts'
import { openHold, replyOf } from '#server/check/talk-about-hold.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Turns a held document down: it stays unconfirmed, and who sells it learns why. */
export function rejectHold(
  context: Context,
  key: HoldKey,
  { reason }: Rejection,
  orders: FollowHolds,
): Promise<Hold | Refusal> {
  const command = { name: 'hold.reject', permission: 'hold:write' } as const
  const input = { reason, holdId: key.id }
  return runCommand(context, { ...command, input, subject: key.partyId }, async (tx) => {
    await lockHeld(tx, key, orders)
    const hold = await openHold(tx, key)
    if (isRefusal(hold)) return hold
    const followed = await followRejection(tx, context, hold, orders)
    if (isRefusal(followed)) return followed
    const by = context.actor.name
    const end = { state: 'rejected', by, reason, checkpoint: hold.checkpoint } as const
    await closeHolds(tx, [hold.documentId], end)
    await tx.emit({
      kind: 'hold.rejected',
      partyId: hold.partyId,
      facts: { id: hold.id, number: hold.number, reason },
    })
    return replyOf(tx, key)
  })
}
