import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ImportBatch, RejectedRow } from '#contract/import.ts'
import { type ErrorRowsOptions, errorHeader, errorRow } from '#kernel/import/error-rows.ts'
import type { RowProblem } from '#kernel/import/row-problems.ts'
import { rejectedRows } from '#server/import/batch.store.ts'
import { type Reader, walk } from '#server/platform/database.ts'

/**
 * The bad rows of a batch as a CSV file: as they came, with a reason at the end, in UTF-8 with the
 * mark by which spreadsheets know it. The reader must be a transaction or a snapshot.
 */
export async function* errorFileText(
  reader: Reader,
  batch: Pick<ImportBatch, 'id' | 'reading'>,
): AsyncGenerator<string> {
  const { headers, delimiter, preamble } = batch.reading
  const options: ErrorRowsOptions = {
    language: isChinese(headers) ? 'zh' : 'en',
    delimiter: delimiter === ';' || delimiter === '\t' ? delimiter : ',',
    width: headers.length,
  }
  yield '\ufeff'
  // A unit or currency told above the header must still be told there.
  yield preamble.map((cells) => errorRow(cells, [], options)).join('')
  if (headers.some((header) => header !== '')) yield errorHeader(headers, options)
  for await (const rows of walk(reader, rejectedRows(batch.id, null), 1_000)) {
    yield rows.map((row) => errorRow(row.cells, problemsOf(row), options)).join('')
  }
}

/** Writes the error file; an existing one is replaced. */
export async function writeErrorFile(
  reader: Reader,
  batch: Pick<ImportBatch, 'id' | 'reading'>,
  path: string,
): Promise<void> {
  await pipeline(Readable.from(errorFileText(reader, batch)), createWriteStream(path))
}

export function isChinese(headers: readonly string[]): boolean {
  return headers.some((header) => /\p{Script=Han}/u.test(header))
}

// Written by our own code, from the same type.
function problemsOf(row: RejectedRow): RowProblem[] {
  return row.problems as RowProblem[]
}
