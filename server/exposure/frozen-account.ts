import { frozenPartyOf } from '#server/exposure/account.store.ts'
import { findParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

/** Name of who is frozen among an account and those above it; null where none is. */
export async function frozenAccountOf(
  db: Reader,
  partyId: string,
  accountId: string,
): Promise<string | null> {
  const frozen = await frozenPartyOf(db, partyId, accountId)
  if (frozen === undefined) return null
  const [party] = await findParties(db, [frozen])
  return party ? `${party.code} ${party.name}` : frozen
}
