import type { Hold, Rejection } from '#contract/hold.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { HoldKey } from '#server/check/ask-for-release.ts'
import type { HoldRow } from '#server/check/hold.store.ts'
import { closeHolds } from '#server/check/open-holds.ts'
import { dropHeldReservation } from '#server/check/reserve-released.ts'
import { openHold, replyOf } from '#server/check/talk-about-hold.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

/** Puts an order back where it was before it asked to pass. */
export type FollowRejection = (
  tx: CommandTransaction,
  context: Context,
  hold: Pick<HoldRow, 'partyId' | 'documentKind' | 'documentId' | 'checkpoint'>,
) => Promise<Refusal | undefined>

/** Turns a held document down: it stays unconfirmed, and who sells it learns why. */
export function rejectHold(
  context: Context,
  key: HoldKey,
  { reason }: Rejection,
  follow: FollowRejection,
): Promise<Hold | Refusal> {
  const command = { name: 'hold.reject', permission: 'hold:write' } as const
  const input = { reason, holdId: key.id }
  return runCommand(context, { ...command, input, subject: key.partyId }, async (tx) => {
    const hold = await openHold(tx, key)
    if (isRefusal(hold)) return hold
    if (hold.documentKind === 'reservation') await dropHeldReservation(tx, hold)
    else {
      const followed = await follow(tx, context, hold)
      if (isRefusal(followed)) return followed
    }
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
