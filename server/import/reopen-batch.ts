import type { ImportBatch } from '#contract/import.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { deleteRejected, lockBatch } from '#server/import/batch.store.ts'
import { dropStaging, stagedTables } from '#server/import/staging.store.ts'
import { wordsOfState } from '#server/import/state-words.ts'
import type { Transaction } from '#server/platform/database.ts'

/** Locks an import whose rows were not taken yet, and forgets what an earlier check found. */
export async function reopenBatch(tx: Transaction, id: string): Promise<ImportBatch | Refusal> {
  const batch = await lockBatch(tx, id)
  if (!batch) return refuse('not-found', 'There is no such import.')
  if (batch.state !== 'uploaded' && batch.state !== 'checked') {
    return refuse('wrong-state', `This import is ${batch.state}: upload the file again.`, {
      zh: `这个导入批次${wordsOfState[batch.state]}：请重新上传文件。`,
    })
  }
  await dropStaging(tx, stagedTables(id))
  await deleteRejected(tx, id)
  return batch
}
