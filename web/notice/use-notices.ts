import { useInfiniteQuery } from '@tanstack/react-query'
import type { NoticePage } from '#contract/notice.ts'
import { get } from '../ui/api.ts'

export const noticesPath = '/api/notices'

/** One's notices, the latest first, and how many of all were not read yet. */
export function useNotices() {
  return useInfiniteQuery({
    queryKey: [noticesPath, { limit: 20 }],
    queryFn: ({ pageParam, signal }) =>
      get<NoticePage>(noticesPath, { limit: 20, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
}

export type Notices = ReturnType<typeof useNotices>
