import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AccountPage, CreditAccount } from '#contract/exposure.ts'
import { get, type Query } from '../ui/api.ts'

export type TreeLine = { readonly key: string; readonly depth: number } & (
  | { readonly kind: 'account'; readonly account: CreditAccount }
  | { readonly kind: 'waiting' | 'none' | 'more'; readonly account: CreditAccount }
)

const path = '/api/credit-accounts'
const atOnce = 500

/** Groups page by page; what is below an account is read when it is opened. */
export function useAccountTree(asked: Query, opened: ReadonlySet<string>) {
  const groups = useInfiniteQuery({
    queryKey: [path, asked],
    queryFn: ({ pageParam, signal }) =>
      get<AccountPage>(
        path,
        { ...asked, level: 'group', top: true, limit: 100, after: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
  const ids = [...opened]
  const below = useQueries({
    queries: ids.map((id) => ({
      queryKey: [path, { below: id }],
      queryFn: () => get<AccountPage>(path, { below: id, limit: atOnce }),
    })),
  })
  const pages = groups.data?.pages
  const tops = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  const loaded = new Map(ids.map((id, place) => [id, below[place]?.data]))
  const canGoOn = groups.hasNextPage && !groups.isFetchingNextPage
  return {
    lines: tops.flatMap((account) => linesOf(account, 0, opened, loaded)),
    count: tops.length,
    error: groups.error,
    isPending: groups.isPending,
    isStale: groups.isPlaceholderData,
    refetch: () => groups.refetch(),
    more: canGoOn ? () => groups.fetchNextPage() : undefined,
  }
}

function linesOf(
  account: CreditAccount,
  depth: number,
  opened: ReadonlySet<string>,
  loaded: ReadonlyMap<string, AccountPage | undefined>,
): TreeLine[] {
  const own: TreeLine = { kind: 'account', key: account.id, depth, account }
  if (!opened.has(account.id)) return [own]
  const page = loaded.get(account.id)
  const other = (kind: 'waiting' | 'none' | 'more'): TreeLine => ({
    ...{ kind, account, depth: depth + 1, key: `${account.id} ${kind}` },
  })
  if (page === undefined) return [own, other('waiting')]
  if (page.items.length === 0) return [own, other('none')]
  const children = [...page.items]
    .sort((a, b) => ranks[a.level] - ranks[b.level] || a.code.localeCompare(b.code))
    .flatMap((child) => linesOf(child, depth + 1, opened, loaded))
  return [own, ...children, ...(page.next === null ? [] : [other('more')])]
}

const ranks = { group: 0, party: 1, segment: 2 } as const
