import { isRefusal, type Refusal } from '#contract/problem.ts'
import { day } from '#kernel/calendar/day.ts'
import { type BalanceDifference, verifyBalance } from '#kernel/receivable/verify-balance.ts'
import { familyIdsOf } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { claimedBalances } from '#server/receivable/ledger-check.store.ts'
import { loadHistories } from '#server/receivable/load-histories.ts'
import { readParty } from '#server/receivable/read-request.ts'

// What is kept as open knows no day: it is the fold of all that is in force, whenever it takes effect.
const allDays = day('9999-12-31')

/** Proves the balances of one party's documents by the kernel's fold, the SQL proof's second witness. */
export async function verifyParty(
  context: Context,
  key: string,
): Promise<{ documents: number; differences: readonly BalanceDifference[] } | Refusal> {
  const party = await readParty(context, key)
  if (isRefusal(party)) return party
  return context.db.snapshot(async (reader) => {
    const family = await familyIdsOf(reader, party.id)
    const claims = await claimedBalances(reader, family)
    const [history] = (await loadHistories(reader, family)).values()
    const differences = history ? verifyBalance(history, claims, allDays) : []
    return { documents: claims.length, differences }
  })
}
