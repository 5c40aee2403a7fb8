import { sql } from 'kysely'
import { findCompany } from '#server/company/public.ts'
import { linesToTurn, linesToValue } from '#server/customer/line.store.ts'
import { reckonLines } from '#server/customer/reckon-lines.ts'
import { idsOfParties } from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'
import {
  isAnyTouched,
  markLife,
  takeTouched,
  touchParties,
} from '#server/platform/touched-party.ts'

const mostAtOnce = 4_000

/**
 * Reckons anew the lines of what changed since the last time, and of those that the day turns; gives
 * how many. What it writes is derived, so it needs no command. One does it at a time: a line that
 * was read before a change never comes after one that was read behind it.
 */
export function followChanges(
  { db, today }: Context,
  of: { readonly most?: number; readonly waiting?: boolean } = {},
): Promise<number> {
  const most = of.most ?? mostAtOnce
  return db.transaction(async (tx) => {
    if (!(await isMyTurn(tx, of.waiting ?? false))) return 0
    const touched = await takeTouched(tx, most)
    if (touched.all) {
      await touchParties(tx, idsOfParties)
      await markLife(tx)
    }
    if (touched.valued) {
      const base = (await findCompany(tx))?.baseCurrency ?? 'CNY'
      await touchParties(tx, linesToValue(base))
    }
    const turning = await linesToTurn(tx, today, most)
    const partyIds = [...new Set([...touched.partyIds, ...turning])]
    await reckonLines(tx, partyIds, today)
    const others = touched.all || touched.valued
    return partyIds.length + (others ? 1 : 0)
  })
}

/** Reckons everything that waits: after a bulk load, before a proof. */
export async function followAllChanges(context: Context): Promise<void> {
  while ((await followChanges(context, { waiting: true })) > 0);
}

const mostOnReading = 200

/** Whoever reads a list sees what was done before, so far as it is little. */
export async function followBeforeReading(context: Context): Promise<void> {
  if (await isAnyTouched(context.db)) await followChanges(context, { most: mostOnReading })
}

async function isMyTurn(tx: Transaction, waiting: boolean): Promise<boolean> {
  if (waiting) {
    await tx.run(sql`select pg_advisory_xact_lock(hashtext('xinheng.customer.lines'))`)
    return true
  }
  const row = await tx.row(sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('xinheng.customer.lines')) as mine`)
  return row?.mine === true
}
