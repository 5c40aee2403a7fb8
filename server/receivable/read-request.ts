import type { Party } from '#contract/party.ts'
import type { Refusal } from '#contract/problem.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

/** The party that is written to: the very one that is named, be it a merged duplicate. */
export function readParty(db: Reader, key: string): Promise<Party | Refusal> {
  return findPartyByKey(db, key)
}
