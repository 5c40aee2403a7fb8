import type { ImportKind } from '#kernel/import/field.ts'
import type { ColumnGuess } from '#kernel/import/guess-columns.ts'
import { isFootNote, isTotalRow } from '#kernel/import/is-total-row.ts'

/** Why a row below the header is no record. */
export type SkipReason = 'blank' | 'total' | 'note' | 'repeated-header'

/**
 * Prepares the sorting out of rows that are none: the function it gives tells why a row is skipped,
 * or null for a row to read. Date columns are watched over the rows that stay.
 */
export function prepareSkipping(
  kind: ImportKind,
  columns: readonly ColumnGuess[],
  headers: readonly string[],
): (cells: readonly string[]) => SkipReason | null {
  const identity = columns.find((column) => column.field === identities[kind])?.index
  const used = columns.filter((column) => headers[column.index]?.trim())
  return (cells) => {
    if (isBlank(cells)) return 'blank'
    if (isTotalRow(cells, identity === undefined ? undefined : (cells[identity] ?? ''))) {
      return 'total'
    }
    if (isFootNote(cells)) return 'note'
    return repeatsHeader(cells, used, headers) ? 'repeated-header' : null
  }
}

// The cell that a real row cannot lack; a total row has none.
const identities: Readonly<Record<ImportKind, string>> = {
  parties: 'name',
  invoices: 'number',
  receipts: 'receivedOn',
  statements: 'closedOn',
  'bank-lines': 'bookedOn',
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false
  return true
}

function repeatsHeader(
  cells: readonly string[],
  used: readonly ColumnGuess[],
  headers: readonly string[],
): boolean {
  if (used.length < 2) return false
  for (const { index } of used) {
    const cell = cells[index] ?? ''
    const header = headers[index] ?? ''
    if (cell !== header && cell.replace(/\s+/g, ' ').trim() !== header) return false
  }
  return true
}
