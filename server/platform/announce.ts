import { sql } from 'kysely'
import type { Transaction } from '#server/platform/database.ts'

/** What open pages hear of: no facts, so that a page asks for them with its own rights. */
export type Change = {
  readonly kind: string
  readonly partyId?: string | undefined
  readonly id?: string | undefined
  /** Only these persons hear of it. */
  readonly personIds?: readonly string[] | undefined
}

/** Where every process of the installation listens. */
export const channel = 'xinheng_change'

// PostgreSQL carries less than 8000 bytes.
const bytesMax = 7_000

/** Tells all processes what changed, once the transaction is committed. */
export async function announce(tx: Transaction, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await tx.rows(sql`select pg_notify(${channel}, ${payloadOf(changes)})`)
}

/** Many changes at once, such as those of an import, are told by kind alone. */
export function payloadOf(changes: readonly Change[]): string {
  const each = [...new Set(changes.map((change) => JSON.stringify(change)))]
  const text = `[${each.join(',')}]`
  if (Buffer.byteLength(text) <= bytesMax) return text
  const kinds = [...new Set(changes.map(({ kind }) => kind))]
  return JSON.stringify(kinds.map((kind) => ({ kind })))
}

export function readPayload(text: string): Change[] {
  return JSON.parse(text) as Change[]
}
