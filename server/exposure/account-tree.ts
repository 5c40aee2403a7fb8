import { invariant } from '#kernel/invariant.ts'
import { chargePathOf } from '#kernel/exposure/charge-path.ts'
import { findCompany } from '#server/company/public.ts'
import {
  type AccountLevel,
  type AccountPlace,
  insertAccounts,
  placesOf,
} from '#server/exposure/account.store.ts'
import { moveAccounts } from '#server/exposure/move-accounts.ts'
import { type ChargeLinks, chargeLinksOf } from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

export type Buyer = { readonly partyId: string; readonly segment: string }

/** The account that a buyer's documents are posted at, and all that count them too. */
export type Leaf = {
  readonly account: AccountPlace
  readonly above: readonly AccountPlace[]
}

export type AccountTree = {
  /** The buyers and all that their payers, groups and merges lead to. */
  readonly links: ReadonlyMap<string, ChargeLinks>
  leafOf(buyer: Buyer): Leaf
}

type Spot = { readonly partyId: string; readonly level: AccountLevel; readonly segment: string }
type Wanted = Spot & { readonly chargedId: string; readonly above: readonly Spot[] }

const spotKey = ({ partyId, level, segment }: Spot) => `${partyId} ${level} ${segment}`

/**
 * Finds the accounts of buyers, opens those that are missing and moves those whose party has
 * another payer, group or survivor than when they were opened.
 */
export async function openTree(tx: Transaction, buyers: readonly Buyer[]): Promise<AccountTree> {
  const links = await chargeLinksOf(
    tx,
    buyers.map(({ partyId }) => partyId),
  )
  const wanted = new Map<string, Wanted>()
  for (const buyer of buyers) want(leafSpot(buyer), links, wanted)
  const partyIds = [...new Set([...wanted.values()].map(({ partyId }) => partyId))]
  let found = keyed(await placesOf(tx, partyIds))
  for (;;) {
    const missing = [...wanted.values()].filter((spot) => !found.has(spotKey(spot)))
    if (missing.length === 0) break
    const ready = missing.filter(({ above }) => above.every((spot) => found.has(spotKey(spot))))
    invariant(ready.length > 0, 'accounts are opened from the top down')
    await open(tx, ready, links, found)
    found = keyed(await placesOf(tx, partyIds))
  }
  const moved = [...wanted.values()].flatMap((spot) => {
    const place = placeIn(found, spot)
    const above = spot.above.map((each) => placeIn(found, each))
    return stands(place, spot, above) ? [] : [placed(place, spot.chargedId, above)]
  })
  if (moved.length > 0) {
    await moveAccounts(tx, moved)
    for (const place of moved) found.set(spotKey(place), place)
  }
  return {
    links,
    leafOf: (buyer) => {
      const spot = wanted.get(spotKey(leafSpot(buyer)))
      invariant(spot, 'the tree was opened for this buyer')
      return {
        account: placeIn(found, spot),
        above: spot.above.map((each) => placeIn(found, each)),
      }
    },
  }
}

function leafSpot({ partyId, segment }: Buyer): Spot {
  return { partyId, level: segment === '' ? 'party' : 'segment', segment }
}

/** Adds an account and all above it to what is wanted. */
function want(
  spot: Spot,
  links: ReadonlyMap<string, ChargeLinks>,
  wanted: Map<string, Wanted>,
): void {
  if (wanted.has(spotKey(spot))) return
  const { partyId, segment, level } = spot
  const { chargedId, groupIds } = chargePathOf(partyId, links)
  const party = (id: string): Spot => ({ partyId: id, level: 'party', segment: '' })
  const groups = groupIds.map((id): Spot => ({ partyId: id, level: 'group', segment: '' }))
  const above: Spot[] = []
  if (level === 'group') above.push(...groups.slice(groupIds.indexOf(partyId) + 1))
  else {
    if (segment !== '') above.push(party(partyId))
    if (chargedId !== partyId) {
      if (segment !== '') above.push({ partyId: chargedId, level: 'segment', segment })
      above.push(party(chargedId))
    }
    above.push(...groups)
  }
  wanted.set(spotKey(spot), {
    ...spot,
    chargedId: level === 'group' ? partyId : chargedId,
    above,
  })
  for (const each of above) want(each, links, wanted)
}

async function open(
  tx: Transaction,
  spots: readonly Wanted[],
  links: ReadonlyMap<string, ChargeLinks>,
  found: ReadonlyMap<string, AccountPlace>,
): Promise<void> {
  const base = (await findCompany(tx))?.baseCurrency ?? 'CNY'
  await insertAccounts(
    tx,
    spots.map((spot) => {
      const above = spot.above.map((each) => placeIn(found, each))
      const place = placed({ ...spot, id: newId() }, spot.chargedId, above)
      const own = spot.level === 'group' ? null : (links.get(spot.partyId)?.currency ?? null)
      return { ...place, currency: own ?? base }
    }),
  )
}

function placed(
  of: Spot & { readonly id: string },
  chargedPartyId: string,
  above: readonly AccountPlace[],
): AccountPlace {
  return {
    partyId: of.partyId,
    id: of.id,
    level: of.level,
    segment: of.segment,
    chargedPartyId,
    abovePartyIds: above.map(({ partyId }) => partyId),
    aboveIds: above.map(({ id }) => id),
  }
}

function stands(place: AccountPlace, spot: Wanted, above: readonly AccountPlace[]): boolean {
  return (
    place.chargedPartyId === spot.chargedId &&
    place.aboveIds.length === above.length &&
    place.aboveIds.every((id, index) => id === above[index]?.id)
  )
}

function keyed(places: readonly AccountPlace[]): Map<string, AccountPlace> {
  return new Map(places.map((place) => [spotKey(place), place]))
}

function placeIn(found: ReadonlyMap<string, AccountPlace>, spot: Spot): AccountPlace {
  const place = found.get(spotKey(spot))
  invariant(place, 'an account that was opened is there')
  return place
}
