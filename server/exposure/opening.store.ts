import { sql } from 'kysely'
import type { Reader, Transaction } from '#server/platform/database.ts'

export async function hasAccounts(db: Reader): Promise<boolean> {
  return (await db.row(sql`select 1 as one from exposure.account limit 1`)) !== undefined
}

/** One process at a time opens accounts over a book that was kept before there were any. */
export async function lockOpening(tx: Transaction): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('xinheng.exposure.open'))`)
}
