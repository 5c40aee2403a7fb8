import { placesBelow } from '#server/exposure/account.store.ts'
import { openTree } from '#server/exposure/account-tree.ts'
import { partiesTiedTo } from '#server/party/public.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Puts the accounts of parties whose payer, group or survivor changed where they now belong. The
 * gate does the same for whoever it checks; this brings the balances of groups up to date at once.
 */
export async function followRelations(
  context: Context,
  partyIds: readonly string[],
): Promise<unknown> {
  return runCommand(
    context,
    { name: 'credit-account.follow', permission: 'exposure:limit', input: { partyIds } },
    async (tx) => {
      const tied = await partiesTiedTo(tx, partyIds)
      const places = (await placesBelow(tx, [...tied, ...partyIds])).filter(
        ({ level }) => level !== 'group',
      )
      await openTree(
        tx,
        places.map(({ partyId, segment }) => ({ partyId, segment })),
      )
      return { accounts: places.length }
    },
  )
}
