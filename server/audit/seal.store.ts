import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Transaction } from '#server/platform/database.ts'

type LastSeal = { number: bigint; below: string; hash: Buffer }

const batchSize = 10_000

/**
 * Seals the entries of every transaction that ended before the oldest one still running. Entries of
 * later transactions wait for the next seal, so none can slip in below a seal afterwards.
 */
export async function sealNextBatch(tx: Transaction): Promise<number> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('xinheng.seal'))`)
  const last = await tx.row(sql<LastSeal>`
    select number, below::text as below, hash from audit.seal order by number desc limit 1`)
  const mark = await tx.row(sql<{ below: string; sealedAt: string }>`
    select ${sealTime(sql`now()`)} as "sealedAt", coalesce(
      (select written_by from audit.entry
        where written_by >= ${last?.below ?? '0'}::xid8
          and written_by < pg_snapshot_xmin(pg_current_snapshot())
        order by written_by offset ${batchSize} limit 1),
      pg_snapshot_xmin(pg_current_snapshot()))::text as below`)
  const { below, sealedAt } = mark ?? { below: '0', sealedAt: '' }
  const entries = await tx.rows(sql<{ id: string; hash: Buffer }>`
    select e.id, audit.entry_hash(e) as hash from audit.entry e
    where e.written_by >= ${last?.below ?? '0'}::xid8 and e.written_by < ${below}::xid8
    order by e.written_by, e.id`)
  if (entries.length === 0) return 0
  const number = (last?.number ?? 0n) + 1n
  const previous = last?.hash ?? Buffer.alloc(32)
  const hash = hashOfSeal(
    { number, sealedAt, below, previous },
    entries.map((entry) => entry.hash),
  )
  await tx.run(sql`
    insert into audit.seal
      (number, sealed_at, below, previous_hash, entry_ids, entry_hashes, hash)
    values (${number}, ${sealedAt}::timestamptz, ${below}::xid8, ${previous},
      ${sql.val(entries.map((entry) => entry.id))}::uuid[],
      ${sql.val(entries.map((entry) => entry.hash))}::bytea[], ${hash})`)
  return entries.length
}

export type SealHead = {
  readonly number: bigint
  readonly sealedAt: string
  readonly below: string
  readonly previous: Buffer
}

/** SHA-256 of number, time and mark as a line each, then the previous hash and all entry hashes. */
export function hashOfSeal(seal: SealHead, entries: readonly Buffer[]): Buffer {
  const { number, sealedAt, below, previous } = seal
  const digest = createHash('sha256').update(`${number}\n${sealedAt}\n${below}\n`).update(previous)
  for (const hash of entries) digest.update(hash)
  return digest.digest()
}

/** The one spelling of a seal's time, to the microsecond in UTC. */
export function sealTime(time: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}
