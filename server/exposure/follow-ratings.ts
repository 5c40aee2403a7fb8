import type { Day } from '#kernel/calendar/day.ts'
import { followAccounts, type RatedAccount } from '#server/exposure/account-limit.store.ts'
import { lockTree } from '#server/exposure/locked-tree.ts'
import { lookAtHoldsAgain } from '#server/exposure/post.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

/**
 * Brings the accounts of rated parties to their new grade and limit. A limit that a person set
 * stays for as long as it was given; a run for a past day changes nothing that came later.
 */
export async function followRatings(
  tx: CommandTransaction,
  rated: readonly RatedAccount[],
  asOf: Day,
): Promise<void> {
  if (rated.length === 0) return
  await lockTree(
    tx,
    rated.map(({ partyId }) => ({ partyId, segment: '' })),
  )
  const raised = await followAccounts(tx, rated, asOf)
  if (raised.length > 0) await lookAtHoldsAgain(tx, raised)
}
