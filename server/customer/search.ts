import type { SearchHit, SearchQuery } from '#contract/customer.ts'
import { partiesSeenBy } from '#server/customer/seen-by.ts'
import { ordersByNumber } from '#server/order/public.ts'
import { searchParties } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { invoicesByNumber } from '#server/receivable/public.ts'

const mostHits = 10
const numberLength = 3

/** Finds what somebody begins to type: a number that is one exactly first, then customers. */
export async function search(
  { db, actor }: Context,
  query: SearchQuery,
): Promise<{ items: SearchHit[] }> {
  const text = query.q.trim()
  const limit = Math.min(query.limit ?? mostHits, mostHits)
  if (text === '') return { items: [] }
  const mayBeSeen = partiesSeenBy(actor)
  const isNumber = text.length >= numberLength && /[\p{N}]/u.test(text)
  const [parties, orders, invoices] = await Promise.all([
    searchParties(db, { actor, text, limit, mayBeSeen }),
    isNumber ? ordersByNumber(db, { number: text, limit, mayBeSeen }) : [],
    isNumber ? invoicesByNumber(db, { number: text, limit, mayBeSeen }) : [],
  ])
  const hits = [
    ...parties.map(({ id, rank, ...party }) => ({
      ...{ rank, kind: 'party' as const, partyId: id, id, number: null },
      ...party,
    })),
    ...documents('order', orders, text),
    ...documents('invoice', invoices, text),
  ]
  hits.sort((a, b) => a.rank - b.rank)
  return { items: hits.slice(0, limit).map(({ rank: _, ...hit }) => hit) }
}

type Numbered = Omit<SearchHit, 'kind'> & { readonly number: string }

function documents(kind: 'order' | 'invoice', found: readonly Numbered[], text: string) {
  const rankOf = (number: string) => (number === text ? 0 : 7)
  return found.map((hit) => ({ ...hit, kind, rank: rankOf(hit.number) }))
}
