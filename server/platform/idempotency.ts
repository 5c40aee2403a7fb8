import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Refusal, refuse } from '#contract/problem.ts'
import { type Canonical, canonicalText } from '#kernel/decision/canonical.ts'
import { list, type Transaction } from '#server/platform/database.ts'

/** A request that carries a key, among others of one actor that share a transaction. */
export type KeyedRequest = {
  readonly key: string
  readonly input: Canonical
}

/**
 * Takes the keys of requests for this transaction; gives the first reply of those that were used
 * before, by key. A concurrent first use holds its row: this waits for its end.
 */
export async function claimKeys(
  tx: Transaction,
  of: { readonly actorId: string; readonly command: string },
  requests: readonly KeyedRequest[],
): Promise<Map<string, unknown>> {
  // In one order everywhere, so that two transactions never wait for each other.
  const sorted = [...requests].sort((a, b) => (a.key < b.key ? -1 : 1))
  const hashes = new Map(sorted.map(({ key, input }) => [key, inputHashOf(input)]))
  const claimed = await tx.rows(
    sql<{ key: string }>`
      insert into platform.idempotency_key (actor_id, key, command, input_hash)
      select ${of.actorId}, k.key, ${of.command}, k.hash
      from unnest(${list(sorted.map(({ key }) => key))}::text[],
        ${list([...hashes.values()])}::bytea[]) as k (key, hash)
      on conflict do nothing returning key`,
    { prepared: true },
  )
  const mine = new Set(claimed.map(({ key }) => key))
  const others = sorted.filter(({ key }) => !mine.has(key)).map(({ key }) => key)
  if (others.length === 0) return new Map()
  const rows = await tx.rows(sql<{
    key: string
    command: string
    input_hash: Buffer
    reply: unknown
  }>`
    select key, command, input_hash, reply from platform.idempotency_key
    where actor_id = ${of.actorId} and key = any(${list(others)}::text[])`)
  return new Map(
    rows.map((row) => {
      const isSame = row.command === of.command && hashes.get(row.key)?.equals(row.input_hash)
      return [row.key, isSame ? row.reply : keyReused(row.key)]
    }),
  )
}

/** Keeps the replies of claimed keys for whoever sends them again. */
export async function keepReplies(
  tx: Transaction,
  actorId: string,
  replies: readonly { readonly key: string; readonly reply: unknown }[],
): Promise<void> {
  await tx.run(
    sql`
      update platform.idempotency_key i set reply = k.reply::jsonb
      from unnest(${list(replies.map(({ key }) => key))}::text[],
        ${list(replies.map(({ reply }) => JSON.stringify(reply ?? null)))}::text[]) as k (key, reply)
      where i.actor_id = ${actorId} and i.key = k.key`,
    { prepared: true },
  )
}

/** Gives keys back whose requests were refused: they may be sent again, corrected. */
export async function dropKeys(
  tx: Transaction,
  actorId: string,
  keys: readonly string[],
): Promise<void> {
  await tx.run(sql`
    delete from platform.idempotency_key
    where actor_id = ${actorId} and key = any(${list(keys)}::text[])`)
}

export function inputHashOf(input: Canonical): Buffer {
  return createHash('sha256').update(canonicalText(input)).digest()
}

export function keyReused(key: string): Refusal {
  return refuse(
    'idempotency-key-reused',
    `The key "${key}" was used for another request: use a new key.`,
  )
}
