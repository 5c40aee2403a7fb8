import { hash } from 'node:crypto'
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
  const rows = await tx.rows(sql<KeyRow>`
    select key, command, input_hash, reply from platform.idempotency_key
    where actor_id = ${of.actorId} and key = any(${list(others)}::text[])`)
  return new Map(rows.map((row) => [row.key, replyOf(row, of.command, hashes.get(row.key))]))
}

type KeyRow = { key: string; command: string; input_hash: Buffer; reply: unknown }

function replyOf(row: KeyRow, command: string, hash: Buffer | undefined): unknown {
  const isSame = row.command === command && hash?.equals(row.input_hash)
  return isSame ? row.reply : keyReused(row.key)
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

/**
 * The replies of requests whose keys were used before. Nothing is claimed: whoever writes the reply
 * last, by `insertReplies`, finds out and starts over.
 */
export async function findReplies(
  tx: Transaction,
  of: { readonly actorId: string; readonly command: string },
  requests: readonly KeyedRequest[],
): Promise<Map<string, unknown>> {
  const rows = await tx.rows(
    sql<KeyRow>`
      select key, command, input_hash, reply from platform.idempotency_key
      where actor_id = ${of.actorId} and key = any(${list(requests.map(({ key }) => key))}::text[])`,
    { prepared: true },
  )
  if (rows.length === 0) return new Map()
  const inputs = new Map(requests.map(({ key, input }) => [key, input]))
  return new Map(
    rows.map((row) => {
      const hash = inputHashOf(inputs.get(row.key) ?? null)
      return [row.key, replyOf(row, of.command, hash)]
    }),
  )
}

/** Keeps replies under keys that were free; where one was taken meanwhile, all starts over. */
export async function insertReplies(
  tx: Transaction,
  of: { readonly actorId: string; readonly command: string },
  requests: readonly (KeyedRequest & { readonly reply: unknown })[],
): Promise<void> {
  // In one order everywhere, so that two transactions never wait for each other.
  const sorted = [...requests].sort((a, b) => (a.key < b.key ? -1 : 1))
  const inserted = await tx.run(
    sql`
      insert into platform.idempotency_key (actor_id, key, command, input_hash, reply)
      select ${of.actorId}, k.key, ${of.command}, k.hash, k.reply::jsonb
      from unnest(${list(sorted.map(({ key }) => key))}::text[],
        ${list(sorted.map(({ input }) => inputHashOf(input)))}::bytea[],
        ${list(sorted.map(({ reply }) => JSON.stringify(reply)))}::text[]) as k (key, hash, reply)
      on conflict do nothing`,
    { prepared: true },
  )
  if (inserted < sorted.length) throw new StartOver('a key was used meanwhile')
}

/** Has the command run again, as when the database finds two transactions in each other's way. */
class StartOver extends Error {
  readonly code = '40001'
}

export function inputHashOf(input: Canonical): Buffer {
  return hash('sha256', canonicalText(input), 'buffer')
}

function keyReused(key: string): Refusal {
  return refuse(
    'idempotency-key-reused',
    `The key "${key}" was used for another request: use a new key.`,
    { zh: '这次提交与先前的内容不同，没有重复执行；刷新页面后再试。' },
  )
}
