import { accountsByIds } from '#server/exposure/account.store.ts'
import { type AccountKey, changeOpenHolds } from '#server/exposure/balance.store.ts'
import type { Transaction } from '#server/platform/database.ts'

/**
 * Counts documents that begin or end to wait at accounts, there and at all above, so that what makes
 * room at any of them has them looked at again. The accounts are locked.
 */
export async function addOpenHolds(
  tx: Transaction,
  changes: readonly (AccountKey & { readonly by: number })[],
): Promise<void> {
  if (changes.length === 0) return
  const refs = changes.map(({ partyId, accountId }) => ({ partyId, id: accountId }))
  const accounts = new Map((await accountsByIds(tx, refs)).map((each) => [each.id, each]))
  await changeOpenHolds(
    tx,
    changes.flatMap(({ accountId, by }) => {
      const account = accounts.get(accountId)
      if (!account) return []
      const { partyId, id, currency, aboveIds, abovePartyIds } = account
      const above = aboveIds.map((aboveId, index) => ({
        partyId: abovePartyIds[index] ?? '',
        accountId: aboveId,
      }))
      return [{ partyId, accountId: id }, ...above].map((key) => ({ ...key, currency, by }))
    }),
  )
}
