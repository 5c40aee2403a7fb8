import { CsvError, parse } from 'csv-parse'
import {
  batchRows,
  type TableBatch,
  type TableLimits,
  type TextEncoding,
} from '#server/import/table.ts'
import type { TableFile } from '#server/import/table-file.ts'

type CsvOptions = {
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
  const progress = { bytesRead: options.markBytes }
  const pieces = piecesOf(bytes, options.encoding, progress)
  const parser = startParser(options)
  let first = 1
  const batch = (count: number): TableBatch => {
    const rows = parser.rows.splice(0, count)
    const numbers = rows.map((_, index) => first + index)
    first += rows.length
    return { kind: 'rows', rows, numbers, bytesRead: progress.bytesRead }
  }
  try {
    let failure: Error | null = null
    for await (const piece of pieces) {
      failure = await parser.write(piece)
      while (parser.rows.length >= batchRows) yield batch(batchRows)
      if (failure) break
    }
    failure ??= await parser.end()
    while (parser.rows.length > 0) yield batch(batchRows)
    if (failure) yield brokenBy(failure, first, options.limits)
  } finally {
    bytes.destroy()
  }
}

type RowParser = {
  readonly rows: string[][]
  readonly write: (piece: Uint8Array | string) => Promise<Error | null>
  readonly end: () => Promise<Error | null>
}

// Rows are taken as they are found and not from the parser's stream, which drops those still
// waiting in it when a later row is broken.
function startParser(options: CsvOptions): RowParser {
  const rows: string[][] = []
  const parser = parse({
    delimiter: options.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: options.limits.rowBytes,
    record_delimiter: ['\r\n', '\n', '\r'],
    on_record: (row: string[]) => {
      rows.push(row)
      return null
    },
  })
  const failed = new Promise<Error>((resolve) => parser.once('error', resolve))
  const ended = new Promise<null>((resolve) => parser.once('end', () => resolve(null)))
  parser.resume()
  return {
    rows,
    write: (piece) =>
      new Promise((resolve) => parser.write(piece, (error) => resolve(error ?? null))),
    end: () => {
      parser.end()
      return Promise.race([failed, ended])
    },
  }
}

// The parser reads UTF-8 as it is; anything else is decoded for it.
async function* piecesOf(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
  progress: { bytesRead: number },
): AsyncGenerator<Uint8Array | string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) {
    progress.bytesRead += chunk.length
    const piece = encoding === 'utf-8' ? chunk : decoder.decode(chunk, { stream: true })
    if (piece.length > 0) yield piece
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
