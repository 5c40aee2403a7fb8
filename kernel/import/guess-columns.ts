import { fitsType, looksLikeValue } from '#kernel/import/cell-shape.ts'
import type { ImportField, ImportKind } from '#kernel/import/field.ts'
import { fieldsOf, oneOf } from '#kernel/import/fields.ts'
import { type FileNote, noteOf } from '#kernel/import/file-notes.ts'
import { type HeaderText, readHeader } from '#kernel/import/header-text.ts'
import { readChoice } from '#kernel/import/read-cell.ts'
import type { Currency } from '#kernel/money/currency.ts'

/** A person's word on a column: now (`--map`), or for an earlier file of the same make. */
export type ColumnChoice = {
  readonly source: 'asked' | 'remembered'
  /** The column by its header, or by its number from 0 where it has none. */
  readonly column: string | number
  /** The field it fills; null leaves the column out. */
  readonly field: string | null
}

export type ColumnGuess = {
  readonly field: string
  readonly index: number
  /** 10,000 where a person said so. Below 7,000 a person had better look. */
  readonly confidenceBps: number
  readonly why: 'asked' | 'remembered' | 'header' | 'similar-header'
  /** Figures are kept in 10^power of the main unit as the header says; null where it is silent. */
  readonly power: number | null
  readonly currency: Currency | null
}

type ColumnsGuess =
  | {
      readonly kind: 'columns'
      readonly columns: readonly ColumnGuess[]
      readonly unused: readonly { readonly index: number; readonly header: string }[]
      readonly notes: readonly FileNote[]
      /** Required fields without a column; a list of several wants at least one of them. */
      readonly missing: readonly (readonly string[])[]
    }
  | { readonly kind: 'headerless'; readonly columnCount: number }

/**
 * Guesses which column fills which field from the words of the header and the shapes of the first
 * cells; what a person chose comes first. Each column fills one field at most and each field takes
 * one column. A list with ageing buckets is a list of open items: a settlement date in it can only
 * be somebody's forecast and is left out unless a person takes it.
 */
export function guessColumns(
  kind: ImportKind,
  headers: readonly string[],
  sampleRows: readonly (readonly string[])[],
  choices: readonly ColumnChoice[] = [],
): ColumnsGuess {
  const filled = headers.filter((header) => header.trim() !== '')
  const numbered = choices.some((choice) => typeof choice.column === 'number')
  if (!numbered && (filled.length === 0 || filled.some(looksLikeValue))) {
    const words = filled.filter((header) => !looksLikeValue(header))
    if (words.length * 2 <= filled.length) {
      return { kind: 'headerless', columnCount: headers.length }
    }
  }
  const texts = headers.map(readHeader)
  const chosen = chosenColumns(kind, headers, texts, choices)
  const candidates = candidatesOf(kind, texts, sampleRows)
  const columns = settle(kind, chosen, candidates, texts)
  const notes: FileNote[] = [...duplicateNotes(headers, columns)]
  dropForecast(columns, texts, notes)
  takeOpenAsAmount(kind, columns, notes)
  columns.sort((a, b) => a.index - b.index)
  const used = new Set(columns.map((column) => column.index))
  const unused = headers.flatMap((header, index) => (used.has(index) ? [] : [{ index, header }]))
  if (unused.length > manyUnused) {
    notes.push(noteOf('wide-file', { count: headers.length, used: columns.length }))
  }
  return { kind: 'columns', columns, unused, notes, missing: missingOf(kind, columns) }
}

const manyUnused = 60
const leastConfidence = 5_000

type Chosen = { readonly field: ImportField | null; readonly guess: ColumnGuess }

function chosenColumns(
  kind: ImportKind,
  headers: readonly string[],
  texts: readonly HeaderText[],
  choices: readonly ColumnChoice[],
): Chosen[] {
  const chosen: Chosen[] = []
  const asked = choices.filter((choice) => choice.source === 'asked')
  for (const choice of [...asked, ...choices.filter((c) => c.source === 'remembered')]) {
    const index = indexOf(choice.column, headers, texts)
    const field = fieldsOf(kind).find((f) => f.id === choice.field) ?? null
    const taken = chosen.some(
      (c) => c.guess.index === index || (c.field !== null && c.field.id === field?.id),
    )
    if (index < 0 || taken || (choice.field !== null && field === null)) continue
    const text = texts[index]
    const guess: ColumnGuess = {
      field: field?.id ?? '',
      index,
      confidenceBps: 10_000,
      why: choice.source,
      power: text?.power ?? null,
      currency: text?.currency ?? null,
    }
    chosen.push({ field, guess })
  }
  return chosen
}

function indexOf(
  column: string | number,
  headers: readonly string[],
  texts: readonly HeaderText[],
): number {
  if (typeof column === 'number') return column < headers.length ? column : -1
  const exact = headers.indexOf(column)
  const key = readHeader(column).key
  return exact >= 0 || key === '' ? exact : texts.findIndex((text) => text.key === key)
}

type Candidate = {
  readonly field: ImportField
  readonly index: number
  readonly confidenceBps: number
  readonly why: 'header' | 'similar-header'
}

function candidatesOf(
  kind: ImportKind,
  texts: readonly HeaderText[],
  sampleRows: readonly (readonly string[])[],
): Candidate[] {
  const candidates: Candidate[] = []
  for (const field of fieldsOf(kind)) {
    const keys = field.headers.map((header) => readHeader(header).key)
    texts.forEach(({ key }, index) => {
      const match = matchOf(key, keys)
      if (!match) return
      const cells = sampleRows.map((row) => row[index]?.trim() ?? '').filter((cell) => cell !== '')
      const fitting = cells.filter((cell) => fits(field, cell)).length
      const enough = field.isOpen && match.why === 'header' ? 10 : 2
      const isMisfit = fitting * enough < cells.length
      if (isMisfit && !isTakenAllTheSame(field, match, cells)) return
      const doubt = isMisfit ? 6_000 : cells.length === 0 ? 500 : 0
      const confidenceBps = match.confidenceBps - doubt
      if (isMisfit || confidenceBps >= leastConfidence) {
        candidates.push({ field, index, confidenceBps, why: match.why })
      }
    })
  }
  return candidates.sort((a, b) => b.confidenceBps - a.confidenceBps || a.index - b.index)
}

// Where no other column fills a required field, its cells are told as bad one by one. Currency codes
// nobody knows must not be left out either, or their amounts would be taken for our own money.
function isTakenAllTheSame(field: ImportField, match: Match, cells: readonly string[]): boolean {
  if (match.why !== 'header') return false
  return field.required || (field.type === 'currency' && cells.every((cell) => !/\d/.test(cell)))
}

function fits(field: ImportField, cell: string): boolean {
  return field.choices === undefined
    ? fitsType(field.type, cell)
    : readChoice(field.choices, cell) !== null
}

type Match = Pick<Candidate, 'confidenceBps' | 'why'>

// A header further down a field's list is a weaker name for it: 20 bps for each place.
function matchOf(key: string, keys: readonly string[]): Match | null {
  if (key === '') return null
  const rank = keys.indexOf(key)
  if (rank >= 0) return { confidenceBps: 9_900 - 20 * rank, why: 'header' }
  if (/^(原|对方|上期|上年|预计|计划|paperless|original)/.test(key)) return null
  const inside = keys.findIndex((known) => isTelling(known) && key.includes(known))
  return inside < 0 ? null : { confidenceBps: 6_500 - 10 * inside, why: 'similar-header' }
}

// Inside a longer header a short word tells nothing: 客户 is in 客户等级, date in PaperlessDate.
function isTelling(key: string): boolean {
  return /^[\x20-\x7e]+$/.test(key) ? key.length >= 9 : key.length >= 4
}

function settle(
  kind: ImportKind,
  chosen: readonly Chosen[],
  candidates: readonly Candidate[],
  texts: readonly HeaderText[],
): ColumnGuess[] {
  const columns = chosen.flatMap(({ field, guess }) => (field === null ? [] : [guess]))
  const usedColumns = new Set(chosen.map(({ guess }) => guess.index))
  const usedFields = new Set(columns.map((column) => column.field))
  for (const { field, index, confidenceBps, why } of candidates) {
    if (usedColumns.has(index) || usedFields.has(field.id)) continue
    if (usedFields.size === fieldsOf(kind).length) break
    usedColumns.add(index)
    usedFields.add(field.id)
    const { power = null, currency = null } = texts[index] ?? {}
    columns.push({ field: field.id, index, confidenceBps, why, power, currency })
  }
  return columns
}

function duplicateNotes(headers: readonly string[], columns: readonly ColumnGuess[]): FileNote[] {
  return columns.flatMap((column) => {
    const header = headers[column.index] ?? ''
    const twins = headers.filter((other) => other.trim() !== '' && other === header).length
    if (twins < 2) return []
    return [noteOf('duplicate-header', { header, column: column.index + 1, count: twins })]
  })
}

const ageingKeys = new Set(
  'agingbucket|ageingbucket|agingband|ageingband|账龄|账龄段|账龄区间|账龄分段|逾期账龄'.split('|'),
)

function dropForecast(
  columns: ColumnGuess[],
  texts: readonly HeaderText[],
  notes: FileNote[],
): void {
  if (!texts.some((text) => ageingKeys.has(text.key))) return
  const at = columns.findIndex((column) => column.field === 'settledOn')
  const column = columns[at]
  if (!column || column.why === 'asked' || column.why === 'remembered') return
  columns.splice(at, 1)
  notes.push(noteOf('settlement-left-out', { column: column.index + 1 }))
}

function takeOpenAsAmount(kind: ImportKind, columns: ColumnGuess[], notes: FileNote[]): void {
  if (kind !== 'invoices' || columns.some((column) => column.field === 'amount')) return
  const at = columns.findIndex((column) => column.field === 'open')
  const open = columns[at]
  if (!open) return
  columns[at] = { ...open, field: 'amount', confidenceBps: Math.min(open.confidenceBps, 6_900) }
  notes.push(noteOf('open-as-amount', { column: open.index + 1 }))
}

function missingOf(kind: ImportKind, columns: readonly ColumnGuess[]): (readonly string[])[] {
  const has = new Set(columns.map((column) => column.field))
  const missing: (readonly string[])[] = fieldsOf(kind)
    .filter((field) => field.required && !has.has(field.id))
    .map((field) => [field.id])
  const choices = oneOf(kind)
  if (choices.length > 0 && !choices.some((id) => has.has(id))) missing.push(choices)
  return missing
}
