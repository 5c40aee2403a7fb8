import type { ImportBatch, RejectedRow } from '#contract/import.ts'
import { isChinese } from '#server/import/error-file.ts'
import type { Output } from '#server/platform/cli-run.ts'

const delimiters: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
}

const reasons: Readonly<Record<string, string>> = {
  asked: 'as you said',
  remembered: 'as remembered',
  header: 'by its header',
  'similar-header': 'by part of its header: please check',
}

const currencyReasons: Readonly<Record<string, string>> = {
  asked: 'as you said',
  column: 'each row names its own, this one where it is blank',
  header: 'by the header of the amount',
  'unit-line': 'by the line above the table',
  company: 'base currency of the company',
}

/** Tells a person how a file was read, what is in it and what became of it. */
export function printBatch(batch: ImportBatch, output: Output): void {
  printReading(batch, output)
  output.say('')
  for (const line of countLines(batch)) output.say(line)
  for (const sum of batch.sums) {
    output.say(
      `  ${sum.currency} ${grouped(sum.amount)} in all` +
        (sum.open === null ? '' : `, ${grouped(sum.open)} of it open`),
    )
  }
  const chinese = isChinese(batch.reading.headers)
  for (const note of batch.notes) {
    output.say(`${output.color('yellow', 'Note:')} ${note.en}${chinese ? ` / ${note.zh}` : ''}`)
  }
}

/** The first bad rows, one line each. */
export function printRejected(
  rows: readonly RejectedRow[],
  of: { more: number; chinese: boolean },
  output: Output,
): void {
  const { more, chinese } = of
  for (const { row, problems } of rows) {
    const said = problems.map(({ en, zh, remedy }) =>
      chinese ? `${en}. ${remedy.en} / ${zh}；${remedy.zh}` : `${en}. ${remedy.en}`,
    )
    output.say(`  row ${row}: ${said.join(' | ')}`)
  }
  if (more > 0) output.say(`  ... and ${grouped(String(more))} more`)
}

/** `1,234.50` */
function grouped(figure: string): string {
  const [whole = '', fraction] = figure.split('.')
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? groups : `${groups}.${fraction}`
}

function printReading({ reading, fileName }: ImportBatch, output: Output): void {
  const format = [
    reading.format === 'csv' ? 'CSV' : `XLSX, sheet "${reading.sheet}"`,
    ...(reading.compressed ? ['gzip'] : []),
    ...(reading.encoding === null ? [] : [reading.encoding.toUpperCase()]),
    ...(reading.delimiter === null ? [] : [delimiters[reading.delimiter] ?? reading.delimiter]),
    reading.headerRow === null ? 'no header' : `header in row ${reading.headerRow}`,
  ]
  output.say(`${output.color('bold', fileName)}: ${format.join(', ')}`)
  const chinese = isChinese(reading.headers)
  output.table(
    ['column', 'header', 'taken as', 'sure', 'why'],
    reading.columns.map(({ index, header, field, label, confidenceBps, why }) => [
      String(index + 1),
      header,
      `${field} (${chinese ? label.zh : label.en})`,
      `${Math.round(confidenceBps / 100)}%`,
      reasons[why] ?? why,
    ]),
  )
  if (reading.unused.length > 0) {
    const shown = reading.unused.slice(0, 12).join(', ')
    const more = reading.unused.length - 12
    output.say(`Not used: ${shown}${more > 0 ? ` and ${more} more` : ''}`)
  }
  const byShape = Map.groupBy(reading.dates, ({ shape, why }) => `${shape}, ${shapeReason(why)}`)
  for (const [shape, dates] of byShape) {
    output.say(`Dates: ${dates.map(({ field }) => field).join(', ')}: ${shape}`)
  }
  const { code, why } = reading.currency
  output.say(`Currency: ${code}, ${currencyReasons[why] ?? why}`)
  if (reading.unit !== null && reading.unit > 0)
    output.say(`Unit: amounts are in 10^${reading.unit}`)
}

function shapeReason(why: string): string {
  if (why === 'all cells') return 'as the whole column says'
  return why === 'asked' ? 'as you said' : `${why} of the same file says`
}

const updatedWord: Readonly<Partial<Record<ImportBatch['kind'], string>>> = {
  invoices: 'paid further',
  receipts: 'applied further',
  statements: 'replaced',
}

function countLines({ counts, kind, state }: ImportBatch): string[] {
  const figure = (count: number) => grouped(String(count))
  const taken = state === 'applied' ? 'taken' : 'good'
  const parts = [
    `${figure(counts.good)} ${taken}`,
    `${figure(counts.updated)} ${updatedWord[kind] ?? 'updated'}`,
    `${figure(counts.unchanged)} unchanged`,
    `${figure(counts.bad)} bad`,
    ...(counts.repeated > 0 ? [`${figure(counts.repeated)} repeated`] : []),
    ...(counts.total > 0 ? [`${figure(counts.total)} totals and page notes skipped`] : []),
    ...(counts.blank > 0 ? [`${figure(counts.blank)} blank skipped`] : []),
  ]
  const brought = [
    [counts.newParties, kind === 'parties' ? 'new parties' : 'new customers'],
    [counts.newNames, 'other spellings, kept as aliases'],
    [counts.invoices, 'invoices'],
    [counts.creditNotes, 'credit notes'],
    [counts.receipts, 'receipts'],
    [counts.disputes, 'disputes'],
    [counts.statements, 'financial statements'],
  ] as const
  const named = brought.filter(([count]) => count > 0)
  return [
    `${figure(counts.rows)} rows: ${parts.join(', ')}`,
    ...named.map(([count, what]) => `  ${what}: ${figure(count)}`),
  ]
}
