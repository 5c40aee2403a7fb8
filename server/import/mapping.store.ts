import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ColumnChoice } from '#kernel/import/guess-columns.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

export type RememberedColumns = readonly {
  readonly column: string | number
  readonly field: string | null
}[]

/** The columns a person named for an earlier file with these very headers. */
export async function rememberedColumns(
  db: Reader,
  kind: string,
  headers: readonly string[],
): Promise<ColumnChoice[]> {
  const row = await db.row(sql<{ columns: RememberedColumns }>`
    select columns from import.mapping
    where kind = ${kind} and headers_hash = ${hashOf(headers)}`)
  return (row?.columns ?? []).map(({ column, field }) => ({ source: 'remembered', column, field }))
}

/** Keeps the columns a person named for the next file with these headers. */
export async function rememberColumns(
  tx: Transaction,
  of: { kind: string; headers: readonly string[]; columns: RememberedColumns; by: string },
): Promise<void> {
  await tx.run(sql`
    insert into import.mapping (id, kind, headers_hash, columns, created_by)
    values (${newId()}, ${of.kind}, ${hashOf(of.headers)}, ${JSON.stringify(of.columns)}, ${of.by})
    on conflict on constraint one_mapping_per_layout do update set columns = excluded.columns`)
}

function hashOf(headers: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(headers)).digest()
}
