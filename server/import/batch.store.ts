import { type RawBuilder, sql } from 'kysely'
import type { ImportBatch, RejectedRow } from '#contract/import.ts'
import { noCounts } from '#server/import/import-decision.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

const columns = sql`
  id, kind, file_name as "fileName", file_bytes::float8 as "fileBytes", state, options, reading,
  counts, sums, notes, created_by as "createdBy", created_at as "createdAt",
  applied_at as "appliedAt", undone_at as "undoneAt", undone_by as "undoneBy",
  coalesce(problems, '[]') as problems, job_id as "jobId"`

export function findBatch(db: Reader, id: string): Promise<ImportBatch | undefined> {
  return db.row(sql<ImportBatch>`select ${columns} from import.batch where id = ${id}`)
}

export function lockBatch(tx: Transaction, id: string): Promise<ImportBatch | undefined> {
  return tx.row(sql<ImportBatch>`select ${columns} from import.batch where id = ${id} for update`)
}

/** How many lines the batch put into its staging table. */
export async function stagedRowsOf(db: Reader, id: string): Promise<number> {
  const row = await db.row(sql<{ count: bigint }>`
    select staged_rows as count from import.batch where id = ${id}`)
  return Number(row?.count ?? 0n)
}

/** Newest first; `after` is the id of the last one already seen. */
export function listBatches(
  db: Reader,
  page: { limit: number; after?: string },
): Promise<ImportBatch[]> {
  return db.rows(sql<ImportBatch>`
    select ${columns} from import.batch b
    where ${page.after ?? null}::uuid is null or (b.created_at, b.id) <
      (select a.created_at, a.id from import.batch a where a.id = ${page.after ?? null}::uuid)
    order by b.created_at desc, b.id desc limit ${page.limit}`)
}

/** The batch that took this very file with nothing left out, if it still stands. */
export function findTaken(
  db: Reader,
  file: { kind: string; hash: Buffer; options: ImportBatch['options'] },
): Promise<ImportBatch | undefined> {
  return db.row(sql<ImportBatch>`
    select ${columns} from import.batch
    where file_hash = ${file.hash} and kind = ${file.kind} and state = 'applied'
      and options = ${JSON.stringify(file.options)}::jsonb and (counts->>'bad')::int = 0
    order by applied_at desc limit 1`)
}

/** Whether anything was ever taken: the first import may choose the company's currency. */
export async function hasTakenAny(db: Reader): Promise<boolean> {
  const row = await db.row(sql`
    select 1 from import.batch where state = 'applied' and kind in ('invoices', 'receipts') limit 1`)
  return row !== undefined
}

type NewBatch = Pick<
  ImportBatch,
  'id' | 'kind' | 'fileName' | 'fileBytes' | 'options' | 'reading' | 'createdBy'
> & { fileHash: Buffer; stagedRows: number; state: 'uploaded' | 'checked' }

export async function insertBatch(tx: Transaction, batch: NewBatch): Promise<void> {
  await tx.run(sql`
    insert into import.batch (id, kind, file_name, file_hash, file_bytes, options, state, reading,
      staged_rows, counts, sums, notes, created_by)
    values (${batch.id}, ${batch.kind}, ${batch.fileName}, ${batch.fileHash}, ${batch.fileBytes},
      ${json(batch.options)}, ${batch.state}, ${json(batch.reading)}, ${batch.stagedRows},
      ${json(noCounts)}, '[]', '[]', ${batch.createdBy})`)
}

/** Says anew of what kind a file is and how it is read; what was found before is forgotten. */
export async function describeBatch(
  tx: Transaction,
  id: string,
  told: Pick<NewBatch, 'kind' | 'options' | 'reading' | 'stagedRows' | 'state'>,
): Promise<void> {
  await tx.run(sql`
    update import.batch set kind = ${told.kind}, options = ${json(told.options)},
      reading = ${json(told.reading)}, staged_rows = ${told.stagedRows}, state = ${told.state},
      counts = ${json(noCounts)}, sums = '[]', notes = '[]', problems = null
    where id = ${id}`)
}

export async function markRequested(tx: Transaction, id: string, jobId: string): Promise<void> {
  await tx.run(sql`update import.batch set job_id = ${jobId} where id = ${id}`)
}

/** Keeps how many rows are bad for which reason, the most first. */
export async function countProblems(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`
    update import.batch set problems = (
      select coalesce(jsonb_agg(to_jsonb(g) order by g.count desc, g."firstRow"), '[]')
      from (
        select p->>'code' as code, p->>'field' as field, count(*) as count,
          min(r.row_number) as "firstRow",
          (array_agg(p->>'zh' order by r.row_number))[1] as zh,
          (array_agg(p->>'en' order by r.row_number))[1] as en,
          (array_agg(p->'remedy' order by r.row_number))[1] as remedy
        from import.rejected_row r, jsonb_array_elements(r.problems) p
        where r.batch_id = ${id} group by 1, 2
      ) g)
    where id = ${id}`)
}

/** Keeps what a check found. */
export async function updateFindings(
  tx: Transaction,
  id: string,
  found: Pick<ImportBatch, 'counts' | 'sums' | 'notes'>,
): Promise<void> {
  await tx.run(sql`
    update import.batch set counts = ${json(found.counts)}, sums = ${json(found.sums)},
      notes = ${json(found.notes)}
    where id = ${id}`)
}

export async function markApplied(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`update import.batch set state = 'applied', applied_at = now() where id = ${id}`)
}

export async function markAbandoned(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`update import.batch set state = 'abandoned' where id = ${id}`)
}

export async function markUndone(tx: Transaction, id: string, by: string): Promise<void> {
  await tx.run(sql`
    update import.batch set state = 'undone', undone_at = now(), undone_by = ${by}
    where id = ${id}`)
}

/** Batches that nobody took within a day: open ones, and abandoned ones with bad rows. */
export async function forgottenBatches(db: Reader): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select id from import.batch b
    where created_at < now() - interval '24 hours' and (state in ('uploaded', 'checked')
      or (state = 'abandoned' and exists (select from import.rejected_row r where r.batch_id = b.id)))`)
  return rows.map((row) => row.id)
}

export async function insertRejected(
  tx: Transaction,
  batchId: string,
  rows: readonly RejectedRow[],
): Promise<void> {
  await tx.run(sql`
    insert into import.rejected_row (batch_id, row_number, cells, problems)
    select ${batchId}, "row", cells, problems
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r ("row" bigint, cells jsonb, problems jsonb)`)
}

export async function deleteRejected(tx: Transaction, batchId: string): Promise<void> {
  await tx.run(sql`delete from import.rejected_row where batch_id = ${batchId}`)
}

/** Bad rows in the order of the file, from the first. */
export function rejectedRows(batchId: string, most: number | null): RawBuilder<RejectedRow> {
  return sql<RejectedRow>`
    select row_number::float8 as "row", cells, problems from import.rejected_row
    where batch_id = ${batchId} order by row_number ${most === null ? sql`` : sql`limit ${most}`}`
}

function json(value: unknown): string {
  return JSON.stringify(value)
}

/** Of batches by id, those that were taken without their bad rows. */
export async function takenWithBadRows(db: Reader, ids: readonly string[]): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select id from import.batch
    where id = any(${ids}::uuid[]) and state = 'applied' and (counts->>'bad')::int > 0`)
  return rows.map((row) => row.id)
}
