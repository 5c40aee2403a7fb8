import { invariant } from '#kernel/invariant.ts'
import { type Account, lockAccountsOf } from '#server/exposure/account.store.ts'
import {
  areInPlace,
  type Buyer,
  keyedPlaces,
  leafSpot,
  partiesOf,
  placeIn,
  putInPlace,
  spotKey,
  type Wanted,
  wantedAccounts,
} from '#server/exposure/account-tree.ts'
import { type ChargeLinks, chargeLinksOf } from '#server/party/public.ts'
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
  /** False where accounts were opened or moved, so that what was read together with them is old. */
  readonly wasInPlace: boolean
  leafOf(buyer: Buyer): LockedLeaf
}

/**
 * Locks the accounts that buyers' documents charge and all above them, in the one order, and opens
 * those that are missing. Whoever changes an exposure, a limit or a status does this first, so what
 * is read afterwards stands. Links that were read already are used as long as they fit.
 */
export async function lockTree(
  tx: Transaction,
  buyers: readonly Buyer[],
  known?: ReadonlyMap<string, ChargeLinks>,
): Promise<LockedTree> {
  const buyerIds = buyers.map(({ partyId }) => partyId)
  // A party may be tied to others between reading and locking; then the tree is another.
  for (let attempt = 1; attempt <= 5; attempt++) {
    const links = attempt === 1 && known ? known : await chargeLinksOf(tx, buyerIds)
    const wanted = wantedAccounts(buyers, links)
    const accounts = keyedPlaces(await lockAccountsOf(tx, partiesOf(wanted)))
    if (areInPlace(wanted, accounts)) {
      return lockedTree(links, wanted, accounts, attempt === 1)
    }
    await putInPlace(tx, wanted, links)
  }
  throw new Error('ties of parties do not come to rest')
}

function lockedTree(
  links: ReadonlyMap<string, ChargeLinks>,
  wanted: ReadonlyMap<string, Wanted>,
  accounts: ReadonlyMap<string, Account>,
  wasInPlace: boolean,
): LockedTree {
  const leaves = new Map<string, LockedLeaf>()
  return {
    links,
    wasInPlace,
    leafOf: (buyer) => {
      const key = spotKey(leafSpot(buyer))
      const known = leaves.get(key)
      if (known) return known
      const spot = wanted.get(key)
      invariant(spot, 'the tree was locked for this buyer')
      const account = placeIn(accounts, spot)
      const above = spot.above.map((each) => placeIn(accounts, each))
      const isCharged = ({ level, partyId }: Account) =>
        level === 'group' || partyId === account.chargedPartyId
      const leaf = { account, above, levels: [account, ...above].filter(isCharged) }
      leaves.set(key, leaf)
      return leaf
    },
  }
}
