import type { Words } from '#kernel/import/field.ts'

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | (string & {})

/** Rows as they stand in the file, in order; cells are text. */
export type TableBatch =
  | {
      readonly kind: 'rows'
      readonly rows: readonly (readonly string[])[]
      /** The number each row has for a person, from 1, as a spreadsheet shows it. */
      readonly numbers: readonly number[]
      /** Bytes of the file (of the sheet, once unpacked) read so far, for progress. */
      readonly bytesRead: number
    }
  /** The file cannot be read further; always the last batch. */
  | {
      readonly kind: 'broken'
      readonly why: 'unclosed-quote' | 'too-large' | 'damaged'
      /** The row that could not be read. */
      readonly row: number
      readonly message: Words
    }

export type Table = {
  readonly kind: 'table'
  readonly format: 'csv' | 'xlsx'
  /** Null for xlsx. */
  readonly encoding: TextEncoding | null
  readonly delimiter: string | null
  /** Names of the visible sheets and the one being read; none for csv. */
  readonly sheets: readonly string[]
  readonly sheet: string | null
  /** What `bytesRead` goes up to. */
  readonly totalBytes: number
  /** May be walked once; the file is closed when it ends or is left. */
  readonly batches: AsyncIterable<TableBatch>
  /** For those who leave before walking the rows. */
  readonly close: () => Promise<void>
}

/** Limits on what a file may cost; what lies beyond them is refused or ends the reading. */
export type TableLimits = {
  readonly fileBytes: number
  /** One part of an xlsx file once unpacked: against ZIP bombs. */
  readonly unpackedBytes: number
  /** Texts shared by the cells of an xlsx file are held in memory up to this. */
  readonly sharedTextBytes: number
  readonly rowBytes: number
  readonly columns: number
}

export const defaultLimits: TableLimits = {
  fileBytes: 2 ** 31,
  unpackedBytes: 2 ** 32,
  sharedTextBytes: 2 ** 28,
  rowBytes: 2 ** 20,
  columns: 1_000,
}

export const batchRows = 1_000
