import {
  type ImportedKind,
  type ImportOptions,
  type ImportPreview,
  importKinds,
  type OpenDates,
} from '#contract/import.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { currencyFor } from '#server/import/currency-for.ts'
import { rememberedColumns } from '#server/import/mapping.store.ts'
import { openImportFile } from '#server/import/open-file.ts'
import { describeReading, type Head, readHead } from '#server/import/read-head.ts'
import { lookAtTable, type TableLook } from '#server/import/recognise-table.ts'
import { labelOf, lookAtDates } from '#server/import/settle-dates.ts'
import { datesOf } from '#server/import/stage-rows.ts'
import type { Reader } from '#server/platform/database.ts'

const rowsShown = 20
/** What a column that is needed and not there takes off a guess. */
const missingBps = 4_000

export type FilePreview = Omit<ImportPreview, 'takenBefore'> & {
  readonly fileHash: Buffer
  readonly fileBytes: number
}

/**
 * How a file would be read, from its first rows: nothing is staged and nothing asked that these rows
 * do not raise. Without a kind, the one whose columns fit best is taken.
 */
export async function previewFile(
  db: Reader,
  of: {
    readonly path: string
    readonly kind: ImportedKind | null
    readonly options: ImportOptions
  },
): Promise<FilePreview | Refusal> {
  const currency = await currencyFor(db, of.options)
  if (isRefusal(currency)) return currency
  const file = await openImportFile(of.path, of.options)
  if (isRefusal(file)) return file
  try {
    const head = await readHead(file)
    if ('refused' in head) return head
    const guessedKind = await guessKind(db, head, of.options)
    const kind = of.kind ?? guessedKind
    const look = await lookAs(db, kind, head, of.options)
    if ('refused' in look) return look
    const shown = { kind, file, options: of.options, currency }
    return {
      ...(await tellLook(shown, head, look)),
      guessedKind,
      fileHash: file.hash,
      fileBytes: file.bytes,
    }
  } finally {
    await file.discard()
  }
}

type Shown = Parameters<typeof describeReading>[0] & { readonly currency: Currency }

async function tellLook(
  of: Shown,
  head: Head,
  look: TableLook,
): Promise<Omit<FilePreview, 'guessedKind' | 'fileHash' | 'fileBytes'>> {
  const rows = head.rows.slice(look.firstRow)
  const numbers = head.numbers.slice(look.firstRow)
  const dates = datesOf(of.kind, look.columns, { headers: look.headers, rows, numbers })
  const { open, ...settled } = lookAtDates(of.kind, dates, of.options.dateOrder)
  const shown = rows.slice(0, rowsShown)
  return {
    kind: of.kind,
    sheets: [...head.table.sheets],
    reading: describeReading(of, head, look, settled),
    width: Math.max(look.headers.length, ...shown.map((cells) => cells.length)),
    rows: shown.map((cells, at) => ({ row: numbers[at] ?? 0, cells: [...cells] })),
    missing: look.missing.map((ids) => [...ids]),
    openDates: open.flatMap(({ column, field }): OpenDates[] => {
      if (column.kind === 'not-dates') return []
      const label = labelOf(of.kind, field)
      if (column.kind === 'mixed') return [{ field, label, example: null, readings: [] }]
      return [{ field, label, example: column.example, readings: [...column.readings] }]
    }),
    notDates: open.flatMap(({ column, field }) => (column.kind === 'not-dates' ? [field] : [])),
    notes: [...look.notes, ...settled.notes],
  }
}

function lookAs(db: Reader, kind: ImportedKind, head: Head, options: ImportOptions) {
  return lookAtTable({
    kind,
    head: head.rows,
    options,
    remembered: (headers) => rememberedColumns(db, kind, headers),
  })
}

/** The kind that has the most columns for what the file says, and those it needs first of all. */
async function guessKind(db: Reader, head: Head, options: ImportOptions): Promise<ImportedKind> {
  const { map: _map, ignore: _ignore, ...others } = options
  let best: { kind: ImportedKind; score: number } = { kind: 'invoices', score: 0 }
  for (const kind of importKinds) {
    const look = await lookAs(db, kind, head, others)
    if ('refused' in look || look.isNameless) continue
    const fit = look.columns.reduce((sum, { confidenceBps }) => sum + confidenceBps, 0)
    const score = fit - missingBps * look.missing.length
    if (score > best.score) best = { kind, score }
  }
  return best.kind
}
