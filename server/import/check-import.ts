import { basename } from 'node:path'
import type {
  ImportBatch,
  ImportedKind,
  ImportNote,
  ImportOptions,
  RejectedRow,
} from '#contract/import.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { noteOf } from '#kernel/import/file-notes.ts'
import type { Currency } from '#kernel/money/currency.ts'
import {
  countProblems,
  describeBatch,
  findBatch,
  findTaken,
  insertBatch,
  markAbandoned,
  rejectedRows,
  updateFindings,
} from '#server/import/batch.store.ts'
import { currencyFor } from '#server/import/currency-for.ts'
import { writeErrorFile } from '#server/import/error-file.ts'
import { importNote, warningNote } from '#server/import/import-notes.ts'
import { importRoom } from '#server/import/kinds.ts'
import { type ImportFile, openImportFile } from '#server/import/open-file.ts'
import type { ReadFile } from '#server/import/read-and-stage.ts'
import { rejectRows } from '#server/import/reject-rows.ts'
import { reopenBatch } from '#server/import/reopen-batch.ts'
import { columnsNotKept } from '#server/import/stage-party.ts'
import { countStaged, dropStaging, stagedTables } from '#server/import/staging.store.ts'
import { takeStaged } from '#server/import/take-staged.ts'
import { newId } from '#server/platform/ids.ts'
import type { Progress } from '#server/platform/job.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

type ImportRequest = {
  readonly kind: ImportedKind
  readonly path: string
  readonly fileName?: string
  readonly options: ImportOptions
  /** What to take at once: `all` takes nothing where a row is bad, `good` leaves bad rows out. */
  readonly take: 'nothing' | 'all' | 'good'
  /** Where bad rows are written to; only where there are any. */
  readonly errorFile?: string
  readonly progress?: Progress
  /** The import that this file was uploaded for; a new one where none is told. */
  readonly batchId?: string
}

export type ImportOutcome = {
  /**
   * `taken-before`: this very file was taken by the batch told, and nothing was done. `nothing-new`:
   * all its rows are there already. `rows-bad`: nothing was taken because of them.
   */
  readonly kind: 'checked' | 'applied' | 'rows-bad' | 'nothing-new' | 'taken-before'
  readonly batch: ImportBatch
  /** The first bad rows. */
  readonly rejected: readonly RejectedRow[]
  /** Where all of them were written to. */
  readonly errorFile: string | null
}

const rejectedShown = 100

/**
 * Checks every row of a file against itself and the ledger and, where asked, takes it in the same
 * transaction: all of it or nothing. A file that was taken before in full is not read again.
 */
export async function checkImport(
  context: Context,
  request: ImportRequest,
): Promise<ImportOutcome | Refusal> {
  const file = await openImportFile(request.path, request.options)
  if (isRefusal(file)) return file
  try {
    const { batchId, kind, options } = request
    const taken =
      batchId === undefined
        ? await findTaken(context.db, { kind, hash: file.hash, options })
        : undefined
    if (taken) return { kind: 'taken-before', batch: taken, rejected: [], errorFile: null }
    const id = batchId ?? newId()
    const fileName = request.fileName ?? basename(request.path)
    return await runCommand(
      context,
      {
        name: request.take === 'nothing' ? 'import.check' : 'import.run',
        permission: 'import:write',
        input: { kind, fileName, fileHash: file.hash.toString('hex'), options: { ...options } },
        subject: id,
      },
      (tx) => checkWithin(tx, context, { ...request, fileName, id, file }),
    )
  } catch (error) {
    // 23505 unique_violation: somebody else booked one of these documents in the meantime.
    if ((error as { code?: string }).code !== '23505') throw error
    return refuse('conflict', 'The ledger was changed while this file was taken: try again.', {
      zh: '导入期间账目有变动，请重试。',
    })
  } finally {
    await file.discard()
  }
}

type Checking = ImportRequest & {
  readonly id: string
  readonly fileName: string
  readonly file: ImportFile
}

async function checkWithin(
  tx: CommandTransaction,
  context: Context,
  of: Checking,
): Promise<ImportOutcome | Refusal> {
  const currency = await currencyFor(tx, of.options)
  if (isRefusal(currency)) return currency
  const { id, kind, file, options } = of
  const staged = stagedTables(id)
  const open = of.batchId === undefined ? null : await reopenBatch(tx, id)
  if (isRefusal(open)) return open
  const room = importRoom(kind)
  const read = await room.read(tx, {
    file,
    options,
    currency,
    today: context.today,
    staged,
    progress: of.progress ?? (async () => {}),
  })
  if (isRefusal(read)) return read
  const told = {
    kind,
    options,
    reading: read.reading,
    stagedRows: (await countStaged(tx, id)) ?? 0,
    state: 'checked',
  } as const
  if (open) await describeBatch(tx, id, told)
  else {
    await insertBatch(tx, {
      ...told,
      id,
      fileName: of.fileName,
      fileHash: file.hash,
      fileBytes: file.bytes,
      createdBy: context.actor.name,
    })
  }
  const decision = await room.decide(tx, staged, context)
  await rejectRows(tx, { batchId: id, kind, staged, contradicting: decision.bad, open: file.open })
  await countProblems(tx, id)
  const { counts } = read.rows
  const sums = await room.sum(tx, staged)
  await updateFindings(tx, id, {
    counts: {
      ...counts,
      ...decision.counts,
      bad: counts.bad + decision.bad,
    },
    sums,
    notes: [
      ...notesOf(
        kind,
        read,
        currency,
        sums.map((s) => s.currency),
      ),
      ...decision.notes,
    ],
  })
  return conclude(tx, context, of)
}

async function conclude(
  tx: CommandTransaction,
  context: Context,
  of: Checking,
): Promise<ImportOutcome | Refusal> {
  const staged = stagedTables(of.id)
  const checked = await requireBatch(tx, of.id)
  const hasBad = checked.counts.bad > 0
  const errorFile = hasBad && of.errorFile !== undefined ? of.errorFile : null
  if (errorFile !== null) await writeErrorFile(tx, checked, errorFile)
  const rejected = hasBad ? await tx.rows(rejectedRows(of.id, rejectedShown)) : []
  const outcome = { rejected, errorFile }
  if (of.take === 'nothing') return { kind: 'checked', batch: checked, ...outcome }
  const hasNews = checked.counts.good + checked.counts.updated > 0
  if ((hasBad && of.take === 'all') || !hasNews) {
    await dropStaging(tx, staged)
    await markAbandoned(tx, of.id)
    const kind = hasBad ? 'rows-bad' : 'nothing-new'
    return { kind, batch: await requireBatch(tx, of.id), ...outcome }
  }
  await takeStaged(tx, context, checked)
  return { kind: 'applied', batch: await requireBatch(tx, of.id), ...outcome }
}

async function requireBatch(tx: CommandTransaction, id: string): Promise<ImportBatch> {
  const batch = await findBatch(tx, id)
  if (!batch) throw new Error('the batch that was just written is not there')
  return batch
}

function notesOf(
  kind: ImportedKind,
  read: ReadFile,
  base: Currency,
  currencies: readonly string[],
): ImportNote[] {
  const { recognition, dates, rows, reading } = read
  const notes: ImportNote[] = [...recognition.notes, ...dates.notes]
  if (reading.currency.why === 'company' && currencies.includes(base)) {
    notes.push(importNote('currency-unknown', { currency: base }))
  }
  const notKept = reading.columns.filter(({ field }) => columnsNotKept.includes(field))
  if (kind === 'parties' && notKept.length > 0) {
    const fields = notKept.map(({ header, label }) => header || label.en).join(', ')
    notes.push(importNote('not-kept', { fields }))
  }
  if (currencies.length > 1) {
    const details = { count: currencies.length, list: currencies.join(', ') }
    notes.push(noteOf('mixed-currencies', details))
  }
  if (rows.unusedLines.size > 0) {
    const lines = [...rows.unusedLines].slice(0, 10).join(', ')
    notes.push(importNote('unused-lines', { count: rows.unusedLines.size, lines }))
  }
  for (const { currency, count, difference } of rows.rounding) {
    notes.push(importNote('rounded', { currency, count, difference }))
  }
  for (const [code, { count, firstRow, first }] of rows.warnings) {
    if (code !== 'amount-rounded') notes.push(warningNote(first, count, firstRow))
  }
  return notes
}
