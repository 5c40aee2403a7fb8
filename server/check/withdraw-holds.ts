import type { HoldEnd } from '#server/check/hold.store.ts'
import { closeHolds } from '#server/check/open-holds.ts'
import { endReleases, releasesFor } from '#server/check/release.store.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

/**
 * Ends the holds of a document that was given up or closed, and the releases that spoke for it: if
 * it comes back, it is asked about as if it were new.
 */
export async function withdrawHolds(
  tx: CommandTransaction,
  context: Context,
  documentId: string,
  reason: string,
): Promise<void> {
  const by = context.actor.name
  await closeHolds(tx, [documentId], { state: 'withdrawn', by, reason })
  await endReleases(tx, await releasesFor(tx, [documentId], context.today), context.today)
}

/**
 * Ends the holds of a document that was changed: what it is now is asked about anew. Holds of a party
 * that is to be asked are kept where it is named.
 */
export async function supersedeHolds(
  tx: CommandTransaction,
  context: Context,
  documentId: string,
  kept: Pick<HoldEnd, 'checkpoint' | 'exceptPartyId'> = {},
): Promise<void> {
  const by = context.actor.name
  const reason = '单据已修改 / amended'
  await closeHolds(tx, [documentId], { state: 'superseded', by, reason, ...kept })
}
