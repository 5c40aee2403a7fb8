import { looksLikeValue } from '#kernel/import/cell-shape.ts'
import type { ImportKind } from '#kernel/import/field.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import { readHeader, readUnitLine, type UnitText } from '#kernel/import/header-text.ts'

/** Where a table begins in the first rows of a file. */
type HeaderFinding =
  | {
      readonly kind: 'header'
      /** Index of the header among the rows given; data follow it. */
      readonly at: number
      readonly headers: readonly string[]
      /** From a line such as 单位：万元 above the table; a header's own unit goes before it. */
      readonly unit: UnitText
      /** What stands above the table, one text per row. */
      readonly preamble: readonly string[]
    }
  /** Data from the first row on: columns are told by number. */
  | { readonly kind: 'headerless'; readonly columnCount: number; readonly firstRow: number }
  | { readonly kind: 'blank' }

/**
 * Finds the header among the first rows: the row in which most cells are known headers of this
 * kind; failing that the first row of words above a row with figures or days. A file that begins
 * with figures or days has none.
 */
export function findHeader(kind: ImportKind, rows: readonly (readonly string[])[]): HeaderFinding {
  const filled = rows.findIndex((row) => row.some((cell) => cell.trim() !== ''))
  if (filled < 0) return { kind: 'blank' }
  const known = knownHeaders(kind)
  const scores = rows.map((row) => scoreOf(row, known))
  const best = Math.max(...scores)
  const mostKnown = best >= 2 ? scores.indexOf(best) : -1
  const at = mostKnown >= 0 ? mostKnown : wordsAboveValues(rows, scores)
  if (at >= 0) return found(rows, at)
  const columnCount = Math.max(...rows.map((row) => row.length))
  return { kind: 'headerless', columnCount, firstRow: filled }
}

function found(rows: readonly (readonly string[])[], at: number): HeaderFinding {
  const above = rows.slice(0, at)
  let unit: UnitText = { power: null, currency: null }
  for (const cell of above.flat()) {
    const line = readUnitLine(cell)
    if (line) {
      unit = { power: line.power ?? unit.power, currency: line.currency ?? unit.currency }
    }
  }
  const preamble = above.map((row) =>
    row
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '')
      .join(' '),
  )
  const headers = (rows[at] ?? []).map((cell) => cell.replace(/\s+/g, ' ').trim())
  return { kind: 'header', at, headers, unit, preamble: preamble.filter((text) => text !== '') }
}

function knownHeaders(kind: ImportKind): ReadonlySet<string> {
  const headers = fieldsOf(kind).flatMap((field) => field.headers)
  return new Set(headers.map((header) => readHeader(header).key))
}

function scoreOf(row: readonly string[], known: ReadonlySet<string>): number {
  let score = 0
  for (const cell of row) {
    if (cell === '' || cell.length > 60) continue
    if (looksLikeValue(cell)) score -= 1
    else if (known.has(readHeader(cell).key)) score += 1
  }
  return score
}

function wordsAboveValues(rows: readonly (readonly string[])[], scores: readonly number[]): number {
  const isWords = (row: readonly string[]) => {
    const filled = row.filter((cell) => cell.trim() !== '')
    return filled.length > 0 && !filled.some(looksLikeValue)
  }
  const hasValues = (row: readonly string[] | undefined) => row?.some(looksLikeValue) ?? false
  return rows.findIndex((row, index) => {
    if (!isWords(row)) return false
    const next = rows[index + 1]
    const width = row.filter((cell) => cell.trim() !== '').length
    const sameWidth = next === undefined || width * 2 >= next.filter((c) => c.trim() !== '').length
    return sameWidth && (hasValues(next) || (scores[index] ?? 0) >= 1)
  })
}
