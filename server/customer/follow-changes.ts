import { setTimeout as sleep } from 'node:timers/promises'
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

const mostAtOnce = 1_000

/** How long to wait while another one reckons; null: as long as it takes. */
type Patience = { readonly most?: number; readonly waitMs: number | null }

/**
 * Reckons anew the lines of what changed since the last time, and of those that the day turns; gives
 * how many. What it writes is derived, so it needs no command. One does it at a time: a line that
 * was read before a change never comes after one that was read behind it.
 */
async function followOnce({ db, today }: Context, of: Patience): Promise<number> {
  const most = of.most ?? mostAtOnce
  return db.transaction(async (tx) => {
    if (!(await isMyTurn(tx, of.waitMs))) return 0
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
    return partyIds.length + (touched.all || touched.valued ? 1 : 0)
  })
}

const mostInARow = 4

/** Follows what changed, so far as it is not too much for one time. */
export async function followChanges(context: Context): Promise<void> {
  for (let times = 0; times < mostInARow; times++) {
    if ((await followOnce(context, { waitMs: 0 })) === 0) return
  }
}

/** Reckons everything that waits: after a bulk load, before a proof. */
export async function followAllChanges(context: Context): Promise<void> {
  while ((await followOnce(context, { waitMs: null })) > 0);
}

const reading = { most: 200, waitMs: 200 }

/** Whoever reads a list sees what was done before, so far as it is little. */
export async function followBeforeReading(context: Context): Promise<void> {
  for (let times = 0; times < 2 && (await isAnyTouched(context.db)); times++) {
    await followOnce(context, reading)
  }
}

async function isMyTurn(tx: Transaction, waitMs: number | null): Promise<boolean> {
  if (waitMs === null) {
    await tx.run(sql`select pg_advisory_xact_lock(${lock})`)
    return true
  }
  const end = performance.now() + waitMs
  for (;;) {
    const row = await tx.row(
      sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${lock}) as mine`,
    )
    if (row?.mine) return true
    if (performance.now() >= end) return false
    await sleep(10)
  }
}

const lock = sql`hashtext('xinheng.customer.lines')`
