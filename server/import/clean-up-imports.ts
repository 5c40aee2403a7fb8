import {
  deleteRejected,
  forgottenBatches,
  lockBatch,
  markAbandoned,
} from '#server/import/batch.store.ts'
import { dropStaging, stagedTables } from '#server/import/staging.store.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Abandons checks that nobody took within a day, with their staging tables and bad rows. */
export async function cleanUpImports(context: Context): Promise<{ abandoned: number }> {
  const ids = await forgottenBatches(context.db)
  for (const id of ids) {
    await runCommand(
      context,
      { name: 'import.abandon', permission: 'import:write', input: { batchId: id }, subject: id },
      async (tx) => {
        const batch = await lockBatch(tx, id)
        if (!batch || batch.state === 'applied' || batch.state === 'undone') return
        await dropStaging(tx, stagedTables(id))
        await deleteRejected(tx, id)
        if (batch.state !== 'abandoned') await markAbandoned(tx, id)
      },
    )
  }
  return { abandoned: ids.length }
}
