import { sql } from 'kysely'
import { sealTime } from '#server/audit/seal.store.ts'
import { type Reader, walk } from '#server/platform/database.ts'

/** One line of an audit export: what a verifier needs, in the order in which it needs it. */
export type AuditLine =
  | {
      kind: 'seal'
      number: string
      sealedAt: string
      below: string
      previous: string
      hash: string
    }
  | { kind: 'sealed'; number: string; id: string; hash: string }
  | { kind: 'entry'; id: string; writtenBy: string; text: string; recordedAt: string }
  | { kind: 'change'; entryId: string; text: string }
  | { kind: 'row'; relation: string; id: string; text: string }

const batchSize = 2000

/** The whole audit trail and every audited row, read in one snapshot of the database. */
export async function* auditLines(reader: Reader): AsyncGenerator<AuditLine> {
  await reader.rows(sql`select set_config('timezone', 'UTC', true),
    set_config('datestyle', 'ISO', true)`)
  yield* inBatches(reader, seals, (row) => [
    {
      kind: 'seal' as const,
      number: row.number,
      sealedAt: row.sealedAt,
      below: row.below,
      previous: row.previous,
      hash: row.hash,
    },
    ...row.ids.map((id, i) => ({
      kind: 'sealed' as const,
      number: row.number,
      id,
      hash: row.hashes[i] ?? '',
    })),
  ])
  yield* inBatches(reader, entries, (row) => [{ kind: 'entry', ...row }])
  yield* inBatches(reader, changes, (row) => [{ kind: 'change', ...row }])
  const watched = await reader.rows(sql<{ relation: string }>`
    select relation from audit.watched order by relation`)
  for (const { relation } of watched) {
    const rows = sql<{ id: string; text: string }>`
      select id, audit.text_of(r::text) as text from ${sql.table(relation)} r`
    yield* inBatches(reader, rows, (row) => [{ kind: 'row', relation, ...row }])
  }
}

const seals = sql<{
  number: string
  sealedAt: string
  below: string
  previous: string
  hash: string
  ids: string[]
  hashes: string[]
}>`
  select number::text, ${sealTime(sql`sealed_at`)} as "sealedAt", below::text, encode(previous_hash, 'hex') as previous,
    encode(hash, 'hex') as hash, entry_ids as ids,
    array(select encode(h, 'hex') from unnest(entry_hashes) with ordinality u(h, n) order by n)
      as hashes
  from audit.seal order by seal.number`

const entries = sql<{ id: string; writtenBy: string; text: string; recordedAt: string }>`
  select id, written_by::text as "writtenBy", audit.text_of(e::text) as text,
    recorded_at::text as "recordedAt"
  from audit.entry e`

const changes = sql<{ entryId: string; text: string }>`
  select entry_id as "entryId", audit.text_of(c::text) as text
  from audit.change c order by position`

async function* inBatches<Row>(
  reader: Reader,
  query: Parameters<typeof walk<Row>>[1],
  linesOf: (row: Row) => AuditLine[],
): AsyncGenerator<AuditLine> {
  for await (const batch of walk(reader, query, batchSize)) {
    for (const row of batch) yield* linesOf(row)
  }
}
