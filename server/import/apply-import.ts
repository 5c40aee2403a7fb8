import type { ImportBatch } from '#contract/import.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { findBatch, lockBatch, stagedRowsOf, updateFindings } from '#server/import/batch.store.ts'
import { dropKept } from '#server/import/kept-file.ts'
import { importRoom } from '#server/import/kinds.ts'
import { countStaged, countUnread, stagedTables } from '#server/import/staging.store.ts'
import { wordsOfState } from '#server/import/state-words.ts'
import { takeStaged } from '#server/import/take-staged.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Takes the good rows of a checked batch. What the ledger has is looked up again: rows that came in
 * otherwise since the check are unchanged now; rows that contradict it now refuse the whole batch.
 */
export async function applyImport(
  context: Context,
  id: string,
  options: { readonly onlyGood: boolean },
): Promise<ImportBatch | Refusal> {
  try {
    const applied = await runCommand(
      context,
      {
        name: 'import.apply',
        permission: 'import:write',
        input: { batchId: id, onlyGood: options.onlyGood },
        subject: id,
      },
      (tx) => applyWithin(tx, context, id, options.onlyGood),
    )
    // With bad rows it is still needed: their workbook is made from it.
    if (!isRefusal(applied) && applied.counts.bad === 0 && !context.dryRun) await dropKept(id)
    return applied
  } catch (error) {
    // 23505 unique_violation: somebody else booked one of these documents in the meantime.
    if ((error as { code?: string }).code !== '23505') throw error
    return refuse('conflict', 'The ledger was changed while this file was taken: try again.', {
      zh: '导入期间账目有变动，请重试。',
    })
  }
}

async function applyWithin(
  tx: CommandTransaction,
  context: Context,
  id: string,
  onlyGood: boolean,
): Promise<ImportBatch | Refusal> {
  const batch = await lockBatch(tx, id)
  if (!batch) return refuse('not-found', 'There is no such import.')
  if (batch.state !== 'checked') {
    return refuse('wrong-state', `This import is ${batch.state}: only a checked one is taken.`, {
      zh: `这个导入批次${wordsOfState[batch.state]}：只有已检查的才能导入。`,
    })
  }
  if (batch.counts.bad > 0 && !onlyGood) {
    return refuse(
      'wrong-state',
      `${batch.counts.bad} rows are bad. Correct the file and upload it again, or say onlyGood to ` +
        'take the others.',
      {
        bad: batch.counts.bad,
        zh: `${batch.counts.bad} 行有误。改好后重新上传，或选择只导入好的行。`,
      },
    )
  }
  const there = await countStaged(tx, id)
  if (there === null || there < (await stagedRowsOf(tx, id))) {
    return refuse(
      'wrong-state',
      'The rows of this check are gone (the database was restarted after a failure): upload the ' +
        'file again.',
      { zh: '这次检查的行已不在（数据库故障后重启过）：请重新上传文件。' },
    )
  }
  const decision = await importRoom(batch.kind).decide(tx, stagedTables(id), context)
  const badBefore = batch.counts.bad - (await countUnread(tx, stagedTables(id)))
  const contradicting = decision.bad - badBefore
  if (contradicting > 0) {
    return refuse(
      'conflict',
      `${contradicting} rows contradict what came into the ledger since the check: ` +
        'upload the file again to see which.',
      { zh: `${contradicting} 行与检查之后入账的内容矛盾：请重新上传文件，看是哪些行。` },
    )
  }
  const counts = { ...batch.counts, ...decision.counts }
  await updateFindings(tx, id, { ...batch, counts })
  await takeStaged(tx, context, { ...batch, counts })
  return (await findBatch(tx, id)) ?? refuse('not-found', 'There is no such import.')
}
