import type { Party } from '#contract/party.ts'
import type { Refusal } from '#contract/problem.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'

/** The party that is written to: the very one that is named, be it a merged duplicate. */
export function readParty(
  context: Pick<Context, 'actor' | 'db'>,
  key: string,
): Promise<Party | Refusal> {
  return findPartyByKey(context, key)
}
