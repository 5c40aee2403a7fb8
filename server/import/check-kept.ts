import { stat } from 'node:fs/promises'
import type { ImportBatch } from '#contract/import.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { findBatch, lockBatch, markRequested } from '#server/import/batch.store.ts'
import { checkImport } from '#server/import/check-import.ts'
import { isKept, keptPath } from '#server/import/kept-file.ts'
import { mostAtOnceBytes } from '#server/import/request-import.ts'
import { fileGone } from '#server/import/upload-import.ts'
import { type Progress, requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Checks the rows of an uploaded file as it was described: at once where it is small, else by a job. */
export async function checkKept(context: Context, id: string): Promise<ImportBatch | Refusal> {
  if (!(await isKept(id))) return fileGone
  const { size } = await stat(keptPath(id))
  if (size <= mostAtOnceBytes || context.dryRun) return checkNow(context, id)
  return runCommand(
    context,
    { name: 'import.request', permission: 'import:write', input: { batchId: id }, subject: id },
    async (tx) => {
      const batch = await lockBatch(tx, id)
      if (batch?.state !== 'uploaded' && batch?.state !== 'checked') {
        return refuse('wrong-state', 'Only an import that was not taken yet is checked.', {
          zh: '只有还没有导入的批次才能检查。',
        })
      }
      const jobId = await requestJob(tx, context, 'import.check-kept', { batchId: id })
      await markRequested(tx, id, jobId)
      return { ...batch, jobId }
    },
  )
}

/** The job. */
export async function performKeptCheck(
  context: Context,
  input: unknown,
  progress: Progress,
): Promise<ImportBatch | Refusal> {
  // Written by checkKept above.
  return checkNow(context, (input as { batchId: string }).batchId, progress)
}

async function checkNow(
  context: Context,
  id: string,
  progress?: Progress,
): Promise<ImportBatch | Refusal> {
  const batch = await findBatch(context.db, id)
  if (!batch) return refuse('not-found', 'There is no such import.')
  const { fileName, kind, options } = batch
  const outcome = await checkImport(context, {
    ...{ kind, fileName, options, batchId: id, path: keptPath(id), take: 'nothing' },
    ...(progress === undefined ? {} : { progress }),
  })
  return isRefusal(outcome) ? outcome : outcome.batch
}
