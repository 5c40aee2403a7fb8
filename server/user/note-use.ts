import type { Database, Transaction } from '#server/platform/database.ts'

const noted = new Map<string, number>()

/**
 * Notes that a session or key is in use, once a minute: that nobody is idle is no reason to write at
 * every request, nor to refuse one when it cannot be written.
 */
export async function noteUse(
  db: Database,
  id: string,
  note: (tx: Transaction, id: string) => Promise<void>,
): Promise<void> {
  const nowMs = performance.now()
  if (nowMs - (noted.get(id) ?? Number.NEGATIVE_INFINITY) < 60_000) return
  if (noted.size > 10_000) noted.clear()
  noted.set(id, nowMs)
  await db.transaction((tx) => note(tx, id)).catch(() => noted.delete(id))
}
