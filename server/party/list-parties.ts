import type { PartyFilter, PartyPage } from '#contract/party.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { findParty } from '#server/party/party.store.ts'
import { findPartyPage } from '#server/party/party-list.store.ts'
import { seesParty } from '#server/party/visible-party.ts'
import type { Context } from '#server/platform/run-command.ts'

/** One page of parties; `next` is null on the last one. */
export async function listParties(
  { actor, db }: Pick<Context, 'actor' | 'db'>,
  filter: PartyFilter,
): Promise<PartyPage | Refusal> {
  const limit = filter.limit ?? 50
  const after = filter.after === undefined ? undefined : await findParty(db, filter.after)
  if (filter.after !== undefined && !(after && (await seesParty(db, actor, after.id)))) {
    return refuse('invalid-input', 'after: there is no such party; begin with the first page.')
  }
  const found = await findPartyPage(db, { ...filter, actor, after, limit: limit + 1 })
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}
