import type { ImportedKind, ImportOptions, ImportReading } from '#contract/import.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { ImportFile } from '#server/import/open-file.ts'
import type { Recognition } from '#server/import/recognise-table.ts'
import type { DatesSettled } from '#server/import/settle-dates.ts'
import type { Table } from '#server/import/table.ts'

/** The first rows of a file. */
export type Head = {
  readonly table: Table
  readonly rows: readonly (readonly string[])[]
  readonly numbers: readonly number[]
  /** True where the file has no more rows than these. */
  readonly isAll: boolean
}

export async function readHead(file: ImportFile): Promise<Head | Refusal> {
  const table = await file.open()
  if ('refused' in table) return table
  let head: Omit<Head, 'table' | 'isAll'> | null = null
  for await (const batch of table.batches) {
    if (head) return { table, ...head, isAll: false }
    if (batch.kind === 'broken') {
      return refuse('file-not-readable', `${batch.message.en}.`, { zh: batch.message.zh })
    }
    head = { rows: batch.rows, numbers: batch.numbers }
  }
  return { table, ...(head ?? { rows: [], numbers: [] }), isAll: true }
}

type Reading = {
  readonly kind: ImportedKind
  readonly file: ImportFile
  readonly options: ImportOptions
  readonly currency: Currency
}

/** How a file is read, for people. */
export function describeReading(
  of: Reading,
  head: Head,
  recognition: Recognition,
  dates: DatesSettled,
): ImportReading {
  const { table } = head
  const { headers, headerAt } = recognition
  const labels = new Map(fieldsOf(of.kind).map(({ id, label }) => [id, label]))
  return {
    format: table.format,
    compressed: of.file.compressed,
    encoding: table.encoding,
    delimiter: table.delimiter,
    sheet: table.sheet,
    headerRow: headerAt === null ? null : (head.numbers[headerAt] ?? null),
    preamble: recognition.preamble.map((cells) => [...cells]),
    headers: [...headers],
    columns: recognition.columns.map(({ field, index, confidenceBps, why }) => ({
      field,
      label: labels.get(field) ?? { zh: field, en: field },
      header: headers[index] ?? '',
      index,
      confidenceBps,
      why,
    })),
    unused: [...recognition.unused],
    dates: [...dates.dates],
    unit: recognition.unit.power,
    currency: currencyTold(of, recognition),
  }
}

function currencyTold(of: Reading, { columns, unit }: Recognition): ImportReading['currency'] {
  const amount = columns.find(({ field }) => field === 'amount')
  if (amount?.currency) return { code: amount.currency, why: 'header' }
  const code = unit.currency ?? of.currency
  if (columns.some(({ field }) => field === 'currency')) return { code, why: 'column' }
  if (unit.currency) return { code, why: 'unit-line' }
  return { code, why: of.options.currency === undefined ? 'company' : 'asked' }
}
