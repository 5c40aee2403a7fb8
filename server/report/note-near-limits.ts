import { findNearLimits } from '#server/exposure/public.ts'
import { announce } from '#server/platform/announce.ts'
import type { Context } from '#server/platform/run-command.ts'
import { replaceNearLimits } from '#server/report/near-limit.store.ts'

const fromBps = 8_000

/**
 * Looks through all credit accounts for those that use most of their limit. A page that asked for
 * them itself would read every account each time.
 */
export async function noteNearLimits({ db, today }: Context): Promise<{ changed: number }> {
  const rows = await findNearLimits(db, today, fromBps)
  return db.transaction(async (tx) => {
    const changed = await replaceNearLimits(tx, rows)
    if (changed > 0) await announce(tx, [{ kind: 'limit.nearly-used' }])
    return { changed }
  })
}
