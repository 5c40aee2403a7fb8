import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { LiveChange } from '#contract/live.ts'
import { sessionEnded } from './api.ts'
import { followServer } from './live-stream.ts'
import { isTouched } from './live-touches.ts'

/** Changes that come together are read once, and a busy day asks the server no more often. */
const gatherMs = 250
const restMs = 2_000
/** A server that was away for a moment is not worth a word. */
const patienceMs = 2_500
/** A list that one has scrolled far down is read again when one comes back to it, not below one. */
const pagesMax = 5

/** Has open pages read anew what changed on the server. Tells whether the server is there. */
export function useLiveChanges(): boolean {
  const queries = useQueryClient()
  const [isConnected, setConnected] = useState(true)
  useEffect(() => {
    const rounds = startRounds(queries)
    let losing: ReturnType<typeof setTimeout> | undefined
    const leave = followServer((told) => {
      switch (told.is) {
        case 'change':
          return rounds.add(told.change)
        case 'refresh':
          return rounds.add('all')
        case 'signed-out':
          return sessionEnded()
        case 'connected':
          if (told.yes) {
            clearTimeout(losing)
            losing = undefined
            setConnected(true)
          } else losing ??= setTimeout(() => setConnected(false), patienceMs)
      }
    })
    return () => {
      leave()
      clearTimeout(losing)
      rounds.stop()
    }
  }, [queries])
  return isConnected
}

/** Reads again what was touched, a round after the other: what is shown stays until the new is here. */
function startRounds(queries: QueryClient) {
  let waiting: (LiveChange | 'all')[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let isBusy = false
  const plan = (waitMs: number) => {
    if (!isBusy && waiting.length > 0) timer ??= setTimeout(round, waitMs)
  }
  const round = async () => {
    const changes = waiting
    waiting = []
    timer = undefined
    isBusy = true
    await readAnew(queries, changes)
    isBusy = false
    plan(restMs)
  }
  return {
    add: (change: LiveChange | 'all') => {
      waiting.push(change)
      plan(gatherMs)
    },
    stop: () => clearTimeout(timer),
  }
}

async function readAnew(
  queries: QueryClient,
  changes: readonly (LiveChange | 'all')[],
): Promise<void> {
  const isOld = ({ queryKey }: { readonly queryKey: readonly unknown[] }) =>
    changes.some((change) => change === 'all' || isTouched(queryKey, change))
  await queries.invalidateQueries({ predicate: isOld, refetchType: 'none' })
  // A page that nobody looks at reads when somebody does.
  if (document.hidden) return
  await queries.refetchQueries({
    type: 'active',
    predicate: (query) => isOld(query) && !isLong(query.state.data),
  })
}

function isLong(data: unknown): boolean {
  const pages = (data as { pages?: readonly unknown[] } | undefined)?.pages
  return Array.isArray(pages) && pages.length > pagesMax
}
