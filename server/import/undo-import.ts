import type { ImportBatch } from '#contract/import.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { findBatch, lockBatch, markAbandoned, markUndone } from '#server/import/batch.store.ts'
import { dropKept } from '#server/import/kept-file.ts'
import { deleteReplaced, replacedParties } from '#server/import/replaced-party.store.ts'
import { dropStaging, lockImports, stagedTables } from '#server/import/staging.store.ts'
import { wordsOfState } from '#server/import/state-words.ts'
import { deleteStatementsOfBatch } from '#server/indicator/public.ts'
import { deletePartiesOfBatch, findParties, restoreParties } from '#server/party/public.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'
import { findBuiltOn, postImport, removeImported } from '#server/receivable/public.ts'

/**
 * Removes what an import brought, unless something was built on it since: then it names what. A
 * batch that was not taken yet is abandoned.
 */
export async function undoImport(context: Context, id: string): Promise<ImportBatch | Refusal> {
  const undone = await runCommand(
    context,
    { name: 'import.undo', permission: 'import:write', input: { batchId: id }, subject: id },
    (tx) => undoWithin(tx, context, id),
  )
  if (!isRefusal(undone) && !context.dryRun) await dropKept(id)
  return undone
}

async function undoWithin(
  tx: CommandTransaction,
  context: Context,
  id: string,
): Promise<ImportBatch | Refusal> {
  await lockImports(tx)
  const batch = await lockBatch(tx, id)
  if (!batch) return refuse('not-found', 'There is no such import.')
  if (batch.state === 'uploaded' || batch.state === 'checked') {
    await dropStaging(tx, stagedTables(id))
    await markAbandoned(tx, id)
    return (await findBatch(tx, id)) ?? batch
  }
  if (batch.state !== 'applied') {
    return refuse('wrong-state', `This import is ${batch.state}: there is nothing to undo.`, {
      zh: `这个导入批次${wordsOfState[batch.state]}，没有可撤销的。`,
    })
  }
  const built = await findBuiltOn(tx, id)
  if (built.length > 0) {
    const named = built.map(
      ({ what, count, examples }) => `${count} ${what} (${examples.join(', ')})`,
    )
    return refuse(
      'conflict',
      `This import has ${named.join('; ')}. Take these back first, newest first.`,
      { built, zh: zhOf(built) },
    )
  }
  const { changedSince } = await restoreParties(tx, await replacedParties(tx, id))
  if (changedSince.length > 0) {
    return refuse(
      'conflict',
      `${changedSince.length} parties that this import changed were changed again since: ` +
        `${changedSince.slice(0, 5).join(', ')}. Undo later imports first, or correct them by hand.`,
      {
        changedSince,
        zh:
          `这次导入改过的 ${changedSince.length} 个客户后来又被修改：` +
          `${changedSince.slice(0, 5).join('、')}。请先撤销更晚的导入，或手工改回。`,
      },
    )
  }
  await deleteReplaced(tx, id)
  await postImport(tx, id, { sign: -1n, on: context.today })
  await removeImported(tx, id)
  await deleteStatementsOfBatch(tx, id)
  const { kept } = await deletePartiesOfBatch(tx, id)
  if (kept.length > 0) {
    const parties = await findParties(tx, kept.slice(0, 20))
    const named = parties.map(({ code, name }) => (code === name ? code : `${code} ${name}`))
    return refuse(
      'conflict',
      `Other records hang on ${kept.length} customers that this import created: ` +
        `${named.slice(0, 5).join(', ')}. Take these back first, newest first.`,
      {
        parties: named,
        zh:
          `这次导入新建的 ${kept.length} 个客户已有其他记录：${named.slice(0, 5).join('、')}。` +
          '请从最新的开始撤回这些记录，再撤销导入。',
      },
    )
  }
  await markUndone(tx, id, context.actor.name)
  await tx.enqueue('report_figures', { anew: true }, { key: 'report_figures' })
  await tx.emit({ kind: 'import.undone', facts: { batchId: id, kind: batch.kind } })
  return (await findBatch(tx, id)) ?? batch
}

const inChinese: Readonly<Record<string, string>> = {
  'invoices that were paid since': '张发票后来已收款',
  'invoices that were disputed since': '张发票后来有争议',
  'receipts or credits that were applied since': '笔收款或贷项后来已核销',
  'payments that were reversed since': '笔收款后来被冲回',
  'documents that were voided since': '张单据后来已作废',
}

function zhOf(built: Awaited<ReturnType<typeof findBuiltOn>>): string {
  const named = built.map(
    ({ count, examples, what }) => `${count} ${inChinese[what] ?? what}（${examples.join('、')}）`,
  )
  return `${named.join('；')}。请从最新的开始撤回，再撤销导入。`
}
