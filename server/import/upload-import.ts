import type { ImportBatch, ImportedKind, ImportOptions } from '#contract/import.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { describeBatch, findBatch, insertBatch } from '#server/import/batch.store.ts'
import { dropKept, isKept, keepFile, keptPath } from '#server/import/kept-file.ts'
import { previewFile } from '#server/import/preview-file.ts'
import { reopenBatch } from '#server/import/reopen-batch.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Begins an import with its file, which is kept; nothing is checked yet. */
export async function uploadImport(
  context: Context,
  file: {
    readonly path: string
    readonly fileName: string
    readonly kind: ImportedKind | null
  },
): Promise<ImportBatch | Refusal> {
  const seen = await previewFile(context.db, { path: file.path, kind: file.kind, options: {} })
  if (isRefusal(seen)) return seen
  const id = newId()
  const { fileName } = file
  const { fileBytes, fileHash, kind, reading } = seen
  await keepFile(file.path, id)
  const uploaded = await runCommand(
    context,
    {
      name: 'import.upload',
      permission: 'import:write',
      input: { kind, fileName, fileHash: fileHash.toString('hex') },
      subject: id,
    },
    async (tx) => {
      await insertBatch(tx, {
        ...{ id, kind, fileName, fileHash, fileBytes, reading },
        options: {},
        state: 'uploaded',
        stagedRows: 0,
        createdBy: context.actor.name,
      })
      return (await findBatch(tx, id)) ?? refuse('not-found', 'There is no such import.')
    },
  )
  // Refused, tried only, or answered by an earlier upload under the same key.
  if (isRefusal(uploaded) || uploaded.id !== id || context.dryRun) await dropKept(id)
  return uploaded
}

/** Says of what kind an uploaded file is and how it is to be read; an earlier check is forgotten. */
export async function describeImport(
  context: Context,
  id: string,
  told: { readonly kind: ImportedKind; readonly options: ImportOptions },
): Promise<ImportBatch | Refusal> {
  if (!(await isKept(id))) return fileGone
  const seen = await previewFile(context.db, { ...told, path: keptPath(id) })
  if (isRefusal(seen)) return seen
  return runCommand(
    context,
    {
      name: 'import.describe',
      permission: 'import:write',
      input: { batchId: id, kind: told.kind, options: { ...told.options } },
      subject: id,
    },
    async (tx) => {
      const batch = await reopenBatch(tx, id)
      if (isRefusal(batch)) return batch
      const { reading } = seen
      await describeBatch(tx, id, { ...told, reading, stagedRows: 0, state: 'uploaded' })
      return (await findBatch(tx, id)) ?? batch
    },
  )
}

export const fileGone = refuse(
  'not-found',
  'There is no such import, or its file is no longer kept: upload it again.',
  { zh: '没有这次导入，或者文件已不再保留：请重新上传。' },
)
