import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AgedItemPage, Ageing } from '#contract/ageing.ts'
import { get, type Query } from '../ui/api.ts'

export type CustomerRow = Ageing['rows'][number]
export type AgedItem = AgedItemPage['items'][number]

/** A line of the table: a customer, below it what it owes. */
export type Line =
  | { readonly kind: 'customer'; readonly key: string; readonly row: CustomerRow }
  | { readonly kind: 'item'; readonly key: string; readonly item: AgedItem }
  | { readonly kind: 'waiting' | 'more'; readonly key: string; readonly row: CustomerRow }

const itemsAtOnce = 200

/** The customers page by page, those that are opened with their documents, read when opened. */
export function useAgeing(asked: Query, opened: ReadonlySet<string>) {
  const book = useInfiniteQuery({
    queryKey: ['/api/ageing', asked],
    queryFn: ({ pageParam, signal }) =>
      get<Ageing>('/api/ageing', { ...asked, limit: 100, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
  const pages = book.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  const shown = rows.filter((row) => opened.has(customerKey(row)))
  const items = useQueries({
    queries: shown.map((row) => {
      const query = itemsQuery(asked, row)
      return {
        queryKey: ['/api/ageing/items', query],
        queryFn: () => get<AgedItemPage>('/api/ageing/items', query),
      }
    }),
  })
  const lines = rows.flatMap((row): Line[] => {
    const customer: Line = { kind: 'customer', key: customerKey(row), row }
    const place = shown.indexOf(row)
    if (place < 0) return [customer]
    return [customer, ...itemLines(row, items[place]?.data)]
  })
  const canGoOn = book.hasNextPage && !book.isFetchingNextPage
  return {
    lines,
    customers: rows,
    first: pages?.[0],
    error: book.error,
    isPending: book.isPending,
    isStale: book.isPlaceholderData,
    refetch: () => book.refetch(),
    more: canGoOn ? () => book.fetchNextPage() : undefined,
  }
}

export function customerKey({ currency, party }: CustomerRow): string {
  return `${party.id} ${currency}`
}

/** The documents of a customer; in all currencies where its amounts were converted. */
function itemsQuery(asked: Query, row: CustomerRow): Query {
  const { asOf, buckets, by, convertTo } = asked
  const isConverted = convertTo === row.currency
  return {
    ...{ asOf, buckets, by, party: row.party.id, limit: itemsAtOnce },
    ...(isConverted ? {} : { currency: row.currency }),
  }
}

function itemLines(row: CustomerRow, page: AgedItemPage | undefined): Line[] {
  const key = customerKey(row)
  if (page === undefined) return [{ kind: 'waiting', key: `${key} waiting`, row }]
  const items = page.items.map((item): Line => ({ kind: 'item', key: `${key} ${item.id}`, item }))
  return page.next === null ? items : [...items, { kind: 'more', key: `${key} more`, row }]
}
