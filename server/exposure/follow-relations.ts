import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { placesBelow } from '#server/exposure/account.store.ts'
import { lockTree } from '#server/exposure/locked-tree.ts'
import { partiesTiedTo, tiedParties } from '#server/party/public.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Puts the accounts of parties whose payer, group or survivor changed where they now belong. The
 * gate does the same for whoever it checks; this brings the balances of groups up to date at once.
 * Null follows every party that is tied to another.
 */
export async function followRelations(
  context: Context,
  named: readonly string[] | null,
): Promise<unknown> {
  const partyIds = named ?? (await tiedParties(context.db))
  let moved = 0
  for (let start = 0; start < partyIds.length; start += chunkSize) {
    const followed = await followChunk(context, partyIds.slice(start, start + chunkSize))
    if (!isRefusal(followed)) moved += followed.accounts
    else if (followed !== allInPlace) return followed
  }
  return { moved }
}

const chunkSize = 1_000

/** The answer that leaves no trace: nothing had to be moved. */
const allInPlace = refuse('conflict', 'Every account stands where it belongs.')

function followChunk(
  context: Context,
  partyIds: readonly string[],
): Promise<{ accounts: number } | Refusal> {
  return runCommand(
    context,
    {
      name: 'credit-account.follow',
      permission: 'exposure:limit',
      input: { parties: partyIds.length },
    },
    async (tx) => {
      const tied = await partiesTiedTo(tx, partyIds)
      const places = (await placesBelow(tx, [...tied, ...partyIds])).filter(
        ({ level }) => level !== 'group',
      )
      const buyers = places.map(({ partyId, segment }) => ({ partyId, segment }))
      const { wasInPlace } = await lockTree(tx, buyers)
      return wasInPlace ? allInPlace : { accounts: places.length }
    },
  )
}
