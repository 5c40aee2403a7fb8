import type { ImportBatch } from '#contract/import.ts'
import { withoutReasons } from '#kernel/import/error-rows.ts'
import { findCompany, updateCompany } from '#server/company/public.ts'
import { hasTakenAny, markApplied, updateFindings } from '#server/import/batch.store.ts'
import { importNote } from '#server/import/import-notes.ts'
import { importRoom } from '#server/import/kinds.ts'
import { type RememberedColumns, rememberColumns } from '#server/import/mapping.store.ts'
import { dropStaging, stagedTables } from '#server/import/staging.store.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'
import { followBaseCurrency } from '#server/policy/public.ts'
import { postImport } from '#server/receivable/public.ts'

/** Takes the good rows of a batch that was just decided, and forgets its staging tables. */
export async function takeStaged(
  tx: CommandTransaction,
  context: Context,
  batch: ImportBatch,
): Promise<void> {
  const staged = stagedTables(batch.id)
  const chosen = await chooseBaseCurrency(tx, context, batch)
  const brought = await importRoom(batch.kind).take(tx, staged, {
    batchId: batch.id,
    today: context.today,
    source: batch.fileName,
    recordedBy: context.actor.name,
  })
  if (batch.kind === 'invoices' || batch.kind === 'receipts') {
    await postImport(tx, batch.id, { sign: 1n, on: context.today })
  }
  // A file may tell new groups and payers; whose accounts they charge follows.
  if (batch.kind === 'parties') await tx.enqueue('exposure_follow', { partyIds: null })
  await updateFindings(tx, batch.id, {
    counts: { ...batch.counts, ...brought },
    sums: batch.sums,
    notes: chosen === null ? batch.notes : [chosen, ...batch.notes],
  })
  await markApplied(tx, batch.id)
  const columns = columnsSaid(batch)
  if (columns.length > 0) {
    const headers = withoutReasons(batch.reading.headers)
    await rememberColumns(tx, { kind: batch.kind, headers, columns, by: context.actor.name })
  }
  await dropStaging(tx, staged)
  await tx.enqueue('report_figures', { anew: true }, { key: 'report_figures' })
  await tx.emit({
    kind: 'import.applied',
    facts: { batchId: batch.id, kind: batch.kind, fileName: batch.fileName },
  })
}

/** What the person said of columns now, on top of what was remembered; empty where nothing new. */
function columnsSaid({ reading, options }: ImportBatch): RememberedColumns {
  const left = [...Object.entries(options.map ?? {})]
    .flatMap(([name, column]) => (name === 'ignore' ? [column] : []))
    .concat(options.ignore ?? [])
  if (left.length === 0 && reading.columns.every(({ why }) => why !== 'asked')) return []
  const said = reading.columns.filter(({ why }) => why === 'asked' || why === 'remembered')
  const columns = said.map(({ header, index, field }) => ({
    column: header === '' ? index : header,
    field,
  }))
  return [
    ...columns,
    ...left.map((told) => ({ column: columnIn(reading.headers, told), field: null })),
  ]
}

/** A column told by header or number, as a mapping keeps it. */
function columnIn(headers: readonly string[], told: string): string | number {
  const index = /^#?[1-9]\d{0,3}$/.test(told) ? Number(told.replace('#', '')) - 1 : -1
  if (headers.includes(told) || index < 0) return told
  return headers[index] || index
}

/** The first ledger that comes in, if it is of one currency and says so, is the company's own. */
async function chooseBaseCurrency(tx: CommandTransaction, context: Context, batch: ImportBatch) {
  const [sum, ...others] = batch.sums
  if (!sum || others.length > 0 || batch.reading.currency.why === 'company') return null
  if (batch.kind !== 'invoices') return null
  const company = await findCompany(tx)
  if (!company || company.baseCurrencyChosen || (await hasTakenAny(tx))) return null
  await updateCompany(tx, { baseCurrency: sum.currency })
  if (company.baseCurrency === sum.currency) return null
  await followBaseCurrency(tx, sum.currency, context.actor.name)
  return importNote('base-currency-chosen', { currency: sum.currency })
}
