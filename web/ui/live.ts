import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

const pauseMs = 1_500

/**
 * Follows what changes on the server and has open pages read anew what it may have changed, at most
 * every moment or two. Tells whether the server is there.
 */
export function useLiveChanges(): boolean {
  const queries = useQueryClient()
  const [isConnected, setConnected] = useState(true)
  useEffect(() => {
    const source = new EventSource('/api/events')
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        queries.invalidateQueries({ refetchType: 'active' })
      }, pauseMs)
    }
    let wasLost = false
    source.addEventListener('change', refresh)
    source.addEventListener('refresh', refresh)
    source.addEventListener('open', () => {
      setConnected(true)
      // What happened while it was away was not told.
      if (wasLost) refresh()
      wasLost = false
    })
    source.addEventListener('error', () => {
      wasLost = true
      setConnected(source.readyState === EventSource.OPEN)
    })
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [queries])
  return isConnected
}
