import { rm, stat } from 'node:fs/promises'
import type { ImportBatch, ImportedKind, ImportOptions } from '#contract/import.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { checkImport } from '#server/import/check-import.ts'
import { keepFile } from '#server/import/kept-file.ts'
import { newId } from '#server/platform/ids.ts'
import { type Progress, requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

type Uploaded = {
  readonly kind: ImportedKind
  readonly path: string
  readonly fileName: string
  readonly options: ImportOptions
}

/** Files above this are checked by a job, so that no request waits for minutes. */
export const mostAtOnceBytes = 5_000_000

/** Checks an uploaded file: at once where it is small, else by a job that keeps a copy of it. */
export async function requestImport(
  context: Context,
  upload: Uploaded,
): Promise<ImportBatch | { jobId: string } | Refusal> {
  const { size } = await stat(upload.path)
  if (size <= mostAtOnceBytes || context.dryRun) {
    const outcome = await checkImport(context, { ...upload, take: 'nothing' })
    return isRefusal(outcome) ? outcome : outcome.batch
  }
  const kept = await keepFile(upload.path, newId())
  const { kind, fileName, options } = upload
  const requested = await runCommand(
    context,
    {
      name: 'import.request',
      permission: 'import:write',
      input: { kind, fileName, options: { ...options } },
    },
    async (tx) => ({
      jobId: await requestJob(tx, context, 'import.check', {
        kind,
        fileName,
        path: kept,
        options: { ...options },
      }),
    }),
  )
  if (isRefusal(requested)) await rm(kept, { force: true })
  return requested
}

/** The job: checks the file that was kept and lets go of it. */
export async function performImport(
  context: Context,
  input: unknown,
  progress: Progress,
): Promise<ImportBatch | Refusal> {
  // Written by requestImport above.
  const upload = input as Uploaded
  try {
    const outcome = await checkImport(context, { ...upload, take: 'nothing', progress })
    return isRefusal(outcome) ? outcome : outcome.batch
  } finally {
    await rm(upload.path, { force: true })
  }
}
