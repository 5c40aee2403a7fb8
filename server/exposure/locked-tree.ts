import { invariant } from '#kernel/invariant.ts'
import { type Account, lockAccounts } from '#server/exposure/account.store.ts'
import { type Buyer, openTree } from '#server/exposure/account-tree.ts'
import type { ChargeLinks } from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'

/** An account with all that count it, locked until the end of the transaction. */
export type LockedLeaf = {
  readonly account: Account
  /** Nearest first. */
  readonly above: readonly Account[]
  /** Those that must have room: the charged party's segment and own account, its groups upward. */
  readonly levels: readonly Account[]
}

export type LockedTree = {
  readonly links: ReadonlyMap<string, ChargeLinks>
  leafOf(buyer: Buyer): LockedLeaf
}

/**
 * Locks the accounts that buyers' documents charge and all above them, in the one order. Whoever
 * changes an exposure, a limit or a status does this first, so what is read afterwards stands.
 */
export async function lockTree(tx: Transaction, buyers: readonly Buyer[]): Promise<LockedTree> {
  // A party may be tied to others between reading and locking; then the tree is another.
  for (let attempt = 1; ; attempt++) {
    const tree = await openTree(tx, buyers)
    const leaves = buyers.map((buyer) => tree.leafOf(buyer))
    const places = new Map(
      leaves.flatMap(({ account, above }) => [account, ...above]).map((place) => [place.id, place]),
    )
    const accounts = new Map(
      (await lockAccounts(tx, [...places.values()])).map((account) => [account.id, account]),
    )
    const hasMoved = [...places.values()].some(
      ({ id, aboveIds }) => accounts.get(id)?.aboveIds.join() !== aboveIds.join(),
    )
    if (hasMoved && attempt < 5) continue
    invariant(!hasMoved, 'ties of parties come to rest')
    return {
      links: tree.links,
      leafOf: (buyer) => lockedLeaf(tree.leafOf(buyer), accounts),
    }
  }
}

function lockedLeaf(
  leaf: { account: { id: string }; above: readonly { id: string }[] },
  accounts: ReadonlyMap<string, Account>,
): LockedLeaf {
  const locked = ({ id }: { id: string }) => {
    const account = accounts.get(id)
    invariant(account, 'every account of the tree is locked')
    return account
  }
  const account = locked(leaf.account)
  const above = leaf.above.map(locked)
  const isCharged = ({ level, partyId }: Account) =>
    level === 'group' || partyId === account.chargedPartyId
  return { account, above, levels: [account, ...above].filter(isCharged) }
}
