import { closeHolds } from '#server/check/open-holds.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

/** Ends the holds of a document that was cancelled, or that passed without its holds. */
export async function withdrawHolds(
  tx: CommandTransaction,
  documentId: string,
  reason: string,
): Promise<void> {
  await closeHolds(tx, [documentId], { state: 'withdrawn', by: 'system', reason })
}
