const windowMs = 15 * 60_000
const keysMax = 50_000

export type AttemptLimit = {
  /** Counts an attempt before its outcome is known, so that many at once gain nothing. */
  take(key: string): boolean
  /** An attempt that was no failure. */
  giveBack(key: string): void
  /** Ends the count: whoever it was is who they say. */
  forget(key: string): void
}

/** Failures within a quarter of an hour; kept in memory, since a restart forgives little. */
export function createAttemptLimit(most: number): AttemptLimit {
  const counts = new Map<string, { count: number; sinceMs: number }>()
  return {
    take: (key) => {
      const nowMs = performance.now()
      const counted = counts.get(key)
      if (counted && nowMs - counted.sinceMs <= windowMs) return ++counted.count <= most
      counts.delete(key)
      // The oldest go first, so that a flood of made-up keys cannot wipe out a count at will.
      for (const [oldest, { sinceMs }] of counts) {
        if (nowMs - sinceMs <= windowMs && counts.size < keysMax) break
        counts.delete(oldest)
      }
      counts.set(key, { count: 1, sinceMs: nowMs })
      return true
    },
    giveBack: (key) => {
      const counted = counts.get(key)
      if (counted) counted.count--
    },
    forget: (key) => {
      counts.delete(key)
    },
  }
}
