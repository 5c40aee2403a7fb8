import { chargePathOf } from '#kernel/exposure/charge-path.ts'
import { invariant } from '#kernel/invariant.ts'
import { findCompany } from '#server/company/public.ts'
import {
  type AccountLevel,
  type AccountPlace,
  insertAccounts,
  placesOf,
} from '#server/exposure/account.store.ts'
import { moveAccounts } from '#server/exposure/move-accounts.ts'
import type { ChargeLinks } from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

export type Buyer = { readonly partyId: string; readonly segment: string }

export type Spot = {
  readonly partyId: string
  readonly level: AccountLevel
  readonly segment: string
}
export type Wanted = Spot & { readonly chargedId: string; readonly above: readonly Spot[] }

export const spotKey = ({ partyId, level, segment }: Spot) => `${partyId} ${level} ${segment}`

/** The accounts that buyers' documents charge and all above them, by where they are to stand. */
export function wantedAccounts(
  buyers: readonly Buyer[],
  links: ReadonlyMap<string, ChargeLinks>,
): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>()
  for (const buyer of buyers) want(leafSpot(buyer), links, wanted)
  return wanted
}

/** Whose accounts buyers' documents charge, in all. */
export function partiesOnPath(
  buyers: readonly Buyer[],
  links: ReadonlyMap<string, ChargeLinks>,
): string[] {
  return partiesOf(wantedAccounts(buyers, links))
}

export function partiesOf(wanted: ReadonlyMap<string, Wanted>): string[] {
  return [...new Set([...wanted.values()].map(({ partyId }) => partyId))]
}

/** Whether accounts are all there, each below those that are to count it. */
export function areInPlace(
  wanted: ReadonlyMap<string, Wanted>,
  found: ReadonlyMap<string, AccountPlace>,
): boolean {
  for (const [key, spot] of wanted) {
    const place = found.get(key)
    if (!place || !stands(place, spot, found)) return false
  }
  return true
}

/**
 * Opens accounts that are missing, from the top down, and moves those whose party has another payer,
 * group or survivor than when they were opened.
 */
export async function putInPlace(
  tx: Transaction,
  wanted: ReadonlyMap<string, Wanted>,
  links: ReadonlyMap<string, ChargeLinks>,
): Promise<void> {
  const partyIds = partiesOf(wanted)
  let found = keyedPlaces(await placesOf(tx, partyIds))
  for (;;) {
    const missing = [...wanted.values()].filter((spot) => !found.has(spotKey(spot)))
    if (missing.length === 0) break
    const ready = missing.filter(({ above }) => above.every((spot) => found.has(spotKey(spot))))
    invariant(ready.length > 0, 'accounts are opened from the top down')
    await open(tx, ready, links, found)
    found = keyedPlaces(await placesOf(tx, partyIds))
  }
  const moved = [...wanted.values()].flatMap((spot) => {
    const place = placeIn(found, spot)
    if (stands(place, spot, found)) return []
    return [
      placed(
        place,
        spot.chargedId,
        spot.above.map((each) => placeIn(found, each)),
      ),
    ]
  })
  if (moved.length > 0) await moveAccounts(tx, moved)
}

export function leafSpot({ partyId, segment }: Buyer): Spot {
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

function stands(
  place: AccountPlace,
  { above, chargedId }: Wanted,
  found: ReadonlyMap<string, AccountPlace>,
): boolean {
  if (place.chargedPartyId !== chargedId || place.aboveIds.length !== above.length) return false
  return above.every((spot, index) => found.get(spotKey(spot))?.id === place.aboveIds[index])
}

export function keyedPlaces<Place extends AccountPlace>(
  places: readonly Place[],
): Map<string, Place> {
  return new Map(places.map((place) => [spotKey(place), place]))
}

export function placeIn<Place extends AccountPlace>(
  found: ReadonlyMap<string, Place>,
  spot: Spot,
): Place {
  const place = found.get(spotKey(spot))
  invariant(place, 'an account that was opened is there')
  return place
}
