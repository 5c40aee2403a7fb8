import type { PartyFilter, PartyPage } from '#contract/party.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { findParty } from '#server/party/party.store.ts'
import { findPartyPage } from '#server/party/party-list.store.ts'
import type { Reader } from '#server/platform/database.ts'

/** One page of parties; `next` is null on the last one. */
export async function listParties(db: Reader, filter: PartyFilter): Promise<PartyPage | Refusal> {
  const limit = filter.limit ?? 50
  const after = filter.after === undefined ? undefined : await findParty(db, filter.after)
  if (filter.after !== undefined && !after) {
    return refuse('invalid-input', 'after: there is no such party; begin with the first page.')
  }
  const found = await findPartyPage(db, { ...filter, after, limit: limit + 1 })
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}
