import { columnOf, readTallMerges, type TallMerge } from '#server/import/read-merges.ts'
import type { Archive, Workbook } from '#server/import/read-workbook.ts'
import { UnpackedTooLarge, unpack, type ZipEntry } from '#server/import/read-zip.ts'
import { attribute, scanXml, type XmlEvents } from '#server/import/scan-xml.ts'
import { batchRows, type TableBatch } from '#server/import/table.ts'
import { numberToText, serialToText, unescapeCell } from '#server/import/xlsx-value.ts'

/**
 * Reads the rows of a sheet in batches while it is unpacked. Cells become text: days as ISO days,
 * numbers as plain decimals, formulas as the results stored with them, errors as `#REF!`. A text or
 * day merged over several rows is repeated in each of them; a figure is not, for it would count
 * twice. Blank rows and blank cells at the end of a row are left out.
 */
export async function* readSheet(
  archive: Archive,
  sheet: ZipEntry,
  workbook: Workbook,
): AsyncGenerator<TableBatch> {
  const reading = startReading(workbook, archive.limits.columns)
  let bytesRead = 0
  try {
    reading.merges = await readTallMerges(archive, sheet)
    const scanner = scanXml(eventsOf(reading))
    const decoder = new TextDecoder()
    for await (const chunk of unpack(archive.file, sheet, archive.limits.unpackedBytes)) {
      bytesRead += chunk.length
      scanner.feed(decoder.decode(chunk, { stream: true }))
      while (reading.rows.length >= batchRows) yield batchOf(reading, batchRows, bytesRead)
    }
    if (reading.rows.length > 0) yield batchOf(reading, reading.rows.length, bytesRead)
  } catch (error) {
    if (reading.rows.length > 0) yield batchOf(reading, reading.rows.length, bytesRead)
    yield brokenBy(error, reading.rowNumber + 1)
  }
}

type Reading = {
  readonly workbook: Workbook
  readonly columns: number
  merges: ReadonlyMap<number, readonly TallMerge[]>
  readonly active: Map<number, { readonly to: number; readonly text: string }>
  rows: string[][]
  numbers: number[]
  rowNumber: number
  cells: string[]
  figures: Set<number>
  column: number
  type: string | null
  style: number
  value: string
  inValue: boolean
  phonetic: boolean
}

function startReading(workbook: Workbook, columns: number): Reading {
  return {
    workbook,
    columns,
    merges: new Map(),
    active: new Map(),
    rows: [],
    numbers: [],
    rowNumber: 0,
    cells: [],
    figures: new Set(),
    column: -1,
    type: null,
    style: 0,
    value: '',
    inValue: false,
    phonetic: false,
  }
}

function eventsOf(reading: Reading): XmlEvents {
  return {
    open(name, attributes) {
      if (name === 'c') openCell(reading, attributes)
      else if (name === 'v' || name === 't') reading.inValue = true
      else if (name === 'rPh') reading.phonetic = true
      else if (name === 'row') openRow(reading, attributes)
    },
    text(text) {
      if (reading.inValue && !reading.phonetic) reading.value += text
    },
    close(name) {
      if (name === 'c') closeCell(reading)
      else if (name === 'v' || name === 't') reading.inValue = false
      else if (name === 'rPh') reading.phonetic = false
      else if (name === 'row') closeRow(reading)
    },
  }
}

function openRow(reading: Reading, attributes: string): void {
  const number = attribute(attributes, 'r')
  reading.rowNumber = number === null ? reading.rowNumber + 1 : Number(number)
  reading.cells = []
  reading.figures.clear()
  reading.column = -1
}

function openCell(reading: Reading, attributes: string): void {
  const reference = attribute(attributes, 'r')
  reading.column = reference === null ? reading.column + 1 : columnOf(reference)
  reading.type = attribute(attributes, 't')
  reading.style = Number(attribute(attributes, 's') ?? '0')
  reading.value = ''
  reading.inValue = false
}

function closeCell(reading: Reading): void {
  const { column, cells, value } = reading
  if (value === '' || column < 0 || column >= reading.columns) return
  while (cells.length < column) cells.push('')
  cells[column] = textOf(reading, value)
}

function textOf(reading: Reading, value: string): string {
  const { workbook } = reading
  switch (reading.type) {
    case 's':
      return workbook.sharedTexts[Number(value)] ?? ''
    case 'str':
    case 'inlineStr':
      return unescapeCell(value)
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE'
    case 'e':
      return value
    case 'd':
      return value.replace('T00:00:00', '').replace(/\.0+$|Z$/, '')
  }
  const style = workbook.styles[reading.style] ?? 'plain'
  const serial = Number(value)
  if (style !== 'plain' && serial >= 0 && serial < 2_958_466) {
    return serialToText(serial, style, workbook.is1904)
  }
  reading.figures.add(reading.column)
  return numberToText(value)
}

function closeRow(reading: Reading): void {
  const { cells, rowNumber } = reading
  if (reading.merges.size > 0) fillMerged(reading)
  let length = cells.length
  while (length > 0 && (cells[length - 1] ?? '').trim() === '') length--
  if (length === 0) return
  cells.length = length
  reading.rows.push(cells)
  reading.numbers.push(rowNumber)
}

function fillMerged(reading: Reading): void {
  const { cells, rowNumber, active } = reading
  for (const [column, merge] of active) {
    if (rowNumber > merge.to) {
      active.delete(column)
      continue
    }
    while (cells.length < column) cells.push('')
    if ((cells[column] ?? '') === '') cells[column] = merge.text
  }
  for (const merge of reading.merges.get(rowNumber) ?? []) {
    const text = cells[merge.column] ?? ''
    if (text === '' || reading.figures.has(merge.column)) continue
    active.set(merge.column, { to: merge.to, text })
  }
}

function batchOf(reading: Reading, count: number, bytesRead: number): TableBatch {
  const rows = reading.rows.splice(0, count)
  const numbers = reading.numbers.splice(0, count)
  return { kind: 'rows', rows, numbers, bytesRead }
}

function brokenBy(error: unknown, row: number): TableBatch {
  const tooLarge = error instanceof UnpackedTooLarge
  const why = error instanceof Error ? error.message : String(error)
  return {
    kind: 'broken',
    why: tooLarge ? 'too-large' : 'damaged',
    row,
    message: tooLarge
      ? { zh: '工作表解压后超过上限，请拆成几个文件', en: 'The sheet is too large; split the file' }
      : {
          zh: `第 ${row} 行起文件已损坏：${why}`,
          en: `The file is damaged from row ${row}: ${why}`,
        },
  }
}
