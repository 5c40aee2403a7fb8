import type { AgeingQuery } from '#contract/ageing.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { AgeingTerms } from '#kernel/receivable/ageing.ts'
import { familyIdsOf } from '#server/party/public.ts'
import { readCurrency, readDay } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'
import type { OpenScope } from '#server/receivable/open-part.ts'
import { readBuckets } from '#server/receivable/read-buckets.ts'
import { readParty } from '#server/receivable/read-request.ts'

type AskedAgeing = { readonly scope: OpenScope; readonly terms: AgeingTerms }

/** Reads of which day, from which day on, in which buckets and of whom an ageing is asked for. */
export async function readAgeing(
  context: Context,
  query: Pick<AgeingQuery, 'asOf' | 'by' | 'buckets' | 'currency' | 'party'>,
): Promise<AskedAgeing | Refusal> {
  const asOf = query.asOf === undefined ? context.today : readDay(query.asOf, 'asOf')
  if (isRefusal(asOf)) return asOf
  const by = query.by ?? 'due'
  const buckets = readBuckets(query.buckets, by)
  if (isRefusal(buckets)) return buckets
  const currency = query.currency === undefined ? null : readCurrency(query.currency)
  if (isRefusal(currency)) return currency
  const partyIds = await readFamily(context, query.party)
  if (isRefusal(partyIds)) return partyIds
  return { scope: { actor: context.actor, asOf, currency, partyIds }, terms: { asOf, by, buckets } }
}

/** The ids of a party with its duplicates; null where none is asked for. */
export async function readFamily(
  context: Context,
  key: string | undefined,
): Promise<readonly string[] | null | Refusal> {
  if (key === undefined) return null
  const party = await readParty(context, key)
  return isRefusal(party) ? party : familyIdsOf(context.db, party.id)
}
