import { sql } from 'kysely'
import type { TrainingTable } from '#contract/training-table.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

type NewTable = Omit<TrainingTable, 'recordedAt'> & { readonly fileHash: Buffer }

export async function insertTrainingTable(tx: Transaction, of: NewTable): Promise<void> {
  await tx.run(sql`
    insert into model.training_table (id, file_name, file_hash, rows, columns, uploaded_by)
    values (${of.id}, ${of.fileName}, ${of.fileHash}, ${of.rows}, ${JSON.stringify(of.columns)},
      ${of.uploadedBy})`)
}

export function findTrainingTable(db: Reader, id: string): Promise<TrainingTable | undefined> {
  return db.row(sql<TrainingTable>`
    select id, file_name as "fileName", rows, columns, uploaded_by as "uploadedBy",
      recorded_at as "recordedAt"
    from model.training_table where id = ${id}`)
}
