import type { Words } from '#kernel/import/field.ts'
import { detectEncoding } from '#server/import/detect-encoding.ts'
import { readCsv } from '#server/import/read-csv.ts'
import { readSheet } from '#server/import/read-sheet.ts'
import { readWorkbook } from '#server/import/read-workbook.ts'
import { readZipDirectory, UnpackedTooLarge } from '#server/import/read-zip.ts'
import { sniffDelimiter } from '#server/import/sniff-delimiter.ts'
import {
  defaultLimits,
  type Table,
  type TableLimits,
  type TextEncoding,
} from '#server/import/table.ts'
import { openTableFile, type TableFile, type TableSource } from '#server/import/table-file.ts'
import {
  binary,
  damaged,
  empty,
  missing,
  noSuchSheet,
  type TableRefusal,
  tooLarge,
  tooWide,
  unknownEncoding,
  unsupported,
} from '#server/import/table-refusal.ts'

type TableOptions = {
  readonly encoding?: TextEncoding
  readonly delimiter?: string
  readonly sheet?: string
  readonly limits?: Partial<TableLimits>
}

type TableOpening = Table | TableRefusal

/**
 * Opens a CSV or XLSX file for reading in batches: finds out format, encoding, delimiter and sheet
 * unless told. Memory stays bounded however long the file is.
 */
export async function openTable(
  source: TableSource,
  options: TableOptions = {},
): Promise<TableOpening> {
  const limits = { ...defaultLimits, ...options.limits }
  const opening = await openTableFile(source, limits.fileBytes)
  if (opening.kind === 'missing') return missing(opening.path)
  if (opening.kind === 'too-large') return tooLarge(limits.fileBytes)
  const { file } = opening
  let table: TableOpening | null = null
  try {
    table = await openFormat(file, options, limits)
    return table
  } finally {
    if (table?.kind !== 'table') await file.close()
  }
}

async function openFormat(
  file: TableFile,
  options: TableOptions,
  limits: TableLimits,
): Promise<TableOpening> {
  if (file.size === 0) return empty
  const head = await file.read(0, 1 << 16)
  const format = formatOf(head)
  if (format === 'zip') return openXlsx(file, options, limits)
  if (format !== 'text') return format
  return openCsv(file, head, options, limits)
}

const signatures: readonly (readonly [bytes: readonly number[], refusal: TableRefusal])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], unsupported('xls')],
  [[0x25, 0x50, 0x44, 0x46], unsupported('pdf')],
  [[0x1f, 0x8b], unsupported('gzip')],
  [[0x52, 0x61, 0x72, 0x21], unsupported('rar')],
  [[0x37, 0x7a, 0xbc, 0xaf], unsupported('7z')],
]

function formatOf(head: Buffer): 'zip' | 'text' | TableRefusal {
  if (head.length >= 4 && head.readUInt32BE(0) === 0x504b0304) return 'zip'
  for (const [bytes, refusal] of signatures) {
    if (bytes.every((byte, at) => head[at] === byte)) return refusal
  }
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (!utf16 && head.includes(0)) return binary
  const start = head
    .toString('latin1', 0, 1024)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
  if (/^<(!doctype html|html|table|head|meta|style|div)\b/i.test(start)) return unsupported('html')
  if (/^<\?xml|^<workbook/i.test(start)) return unsupported('xml')
  if (/^\{\\rtf/.test(start)) return unsupported('rtf')
  return 'text'
}

async function openCsv(
  file: TableFile,
  head: Buffer,
  options: TableOptions,
  limits: TableLimits,
): Promise<TableOpening> {
  const detected = await detectEncoding(file)
  if (detected.kind === 'unknown' && options.encoding === undefined) {
    return unknownEncoding(detected.utf8Offset, detected.gb18030Offset)
  }
  const markBytes = detected.kind === 'encoding' ? detected.markBytes : 0
  const found = detected.kind === 'encoding' ? detected.encoding : 'utf-8'
  const encoding = (options.encoding ?? found).toLowerCase()
  if (!isKnownEncoding(encoding)) return unsupported('encoding')
  const decoder = new TextDecoder(encoding)
  const text = decoder.decode(head.subarray(markBytes), { stream: true })
  if (text.trim() === '' && file.size <= head.length) return empty
  const delimiter = options.delimiter ?? sniffDelimiter(text, file.size <= head.length)
  const columns = widest(text, delimiter)
  if (columns > limits.columns) return tooWide(columns, limits.columns)
  return {
    kind: 'table',
    format: 'csv',
    encoding,
    delimiter,
    sheets: [],
    sheet: null,
    totalBytes: file.size,
    batches: closing(file, readCsv(file, { encoding, markBytes, delimiter, limits })),
    close: file.close,
  }
}

function isKnownEncoding(encoding: string): boolean {
  try {
    new TextDecoder(encoding)
    return true
  } catch {
    return false
  }
}

function widest(text: string, delimiter: string): number {
  const lines = text.split('\n', 20)
  return Math.max(...lines.map((line) => line.split(delimiter).length))
}

async function openXlsx(
  file: TableFile,
  options: TableOptions,
  limits: TableLimits,
): Promise<TableOpening> {
  const entries = await readZipDirectory(file)
  if (entries === null) return damaged({ zh: '压缩目录读不出来', en: 'its directory is missing' })
  if (entries.has('xl/workbook.bin')) return unsupported('xlsb')
  if (entries.has('content.xml')) return unsupported('ods')
  if (!entries.has('xl/workbook.xml')) return unsupported('zip')
  const archive = { file, entries, limits }
  try {
    const workbook = await readWorkbook(archive)
    const sheets = workbook.sheets.filter((sheet) => sheet.visible)
    const sheet =
      options.sheet === undefined
        ? sheets[0]
        : workbook.sheets.find(({ name }) => name === options.sheet)
    const names = sheets.map(({ name }) => name)
    const entry = sheet && entries.get(sheet.part)
    if (options.sheet !== undefined && !sheet) return noSuchSheet(options.sheet, names)
    if (!sheet || !entry) return empty
    return {
      kind: 'table',
      format: 'xlsx',
      encoding: null,
      delimiter: null,
      sheets: names,
      sheet: sheet.name,
      totalBytes: entry.unpackedBytes,
      batches: closing(file, readSheet(archive, entry, workbook)),
      close: file.close,
    }
  } catch (error) {
    if (error instanceof UnpackedTooLarge) return tooLarge(limits.sharedTextBytes)
    return damaged(reasonOf(error))
  }
}

function reasonOf(error: unknown): Words {
  const text = error instanceof Error ? error.message : String(error)
  return { zh: text, en: text }
}

async function* closing<T>(file: TableFile, batches: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* batches
  } finally {
    await file.close()
  }
}
