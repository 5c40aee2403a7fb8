import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import {
  batchRows,
  type TableBatch,
  type TableLimits,
  type TextEncoding,
} from '#server/import/table.ts'
import type { TableFile } from '#server/import/table-file.ts'

export type CsvOptions = {
  readonly encoding: TextEncoding
  /** Bytes of a byte order mark to leave out. */
  readonly markBytes: number
  readonly delimiter: string
  readonly limits: TableLimits
}

/**
 * Reads delimited text (RFC 4180) in batches, tolerating ragged rows and stray quotes. Memory is
 * bounded by the longest row allowed. Rows are numbered by record, blank lines included.
 */
export async function* readCsv(file: TableFile, options: CsvOptions): AsyncGenerator<TableBatch> {
  const bytes = file.stream(options.markBytes, file.size)
  const parser = parse({
    delimiter: options.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: options.limits.rowBytes,
    record_delimiter: ['\r\n', '\n', '\r'],
  })
  const text =
    options.encoding === 'utf-8' ? bytes : Readable.from(decoded(bytes, options.encoding))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let rows: string[][] = []
  let first = 1
  const batch = (): TableBatch => {
    const numbers = rows.map((_, index) => first + index)
    const bytesRead = Math.min(file.size, options.markBytes + parser.info.bytes)
    return { kind: 'rows', rows, numbers, bytesRead }
  }
  try {
    for await (const row of parser) {
      if (rows.push(row) < batchRows) continue
      yield batch()
      first += rows.length
      rows = []
    }
    if (rows.length > 0) yield batch()
  } catch (error) {
    if (rows.length > 0) yield batch()
    yield brokenBy(error, first + rows.length, options.limits)
  } finally {
    bytes.destroy()
    parser.destroy()
  }
}

async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

function brokenBy(error: unknown, row: number, limits: TableLimits): TableBatch {
  if (!(error instanceof CsvError)) throw error
  // A quote that is never closed takes in the rest of the file: it ends there or grows too long.
  const unclosed = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
  const kilobytes = Math.floor(limits.rowBytes / 1024)
  return {
    kind: 'broken',
    why: unclosed ? 'unclosed-quote' : 'damaged',
    row,
    message: unclosed
      ? {
          zh: `第 ${row} 行有引号没有闭合（或单行超过 ${kilobytes} KB），从这里起无法读取；请补上引号`,
          en: `A quote in row ${row} is not closed (or the row is over ${kilobytes} KB); close it`,
        }
      : {
          zh: `第 ${row} 行无法读取：${error.message}`,
          en: `Row ${row} cannot be read: ${error.message}`,
        },
  }
}
