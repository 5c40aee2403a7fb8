import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { readNotation } from '#kernel/import/date-shape.ts'
import type { FieldType } from '#kernel/import/field.ts'
import { parseYesNo } from '#kernel/import/read-cell.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { parseAmount } from '#kernel/money/parse-amount.ts'

/** True where a cell could be a value of a field's type; texts, codes and choices take anything. */
export function fitsType(type: FieldType, cell: string): boolean {
  switch (type) {
    case 'date':
      return readNotation(cell) !== null
    case 'amount':
      return looksLikeAmount(cell)
    case 'number':
    case 'percent':
      return looksLikeAmount(cell.replace(/%$/, ''))
    case 'currency':
      return parseCurrency(cell) !== null
    case 'yes-no':
      return parseYesNo(cell) !== null
    case 'terms':
      return parseTerms(cell).kind === 'terms' || !looksLikeDate(cell)
    case 'text':
    case 'code':
    case 'choice':
      return true
  }
}

/** True where a cell holds a figure or a day and is therefore no header. */
export function looksLikeValue(cell: string): boolean {
  if (!/\d/.test(cell)) return false
  return looksLikeDate(cell) || looksLikeAmount(cell)
}

function looksLikeDate(cell: string): boolean {
  const notation = readNotation(cell)
  return notation !== null && notation.kind !== 'serial'
}

const anyCurrency = parseCurrency('CNY')

function looksLikeAmount(cell: string): boolean {
  if (anyCurrency === null) return false
  const reading = parseAmount(cell, { currency: anyCurrency })
  if (reading.kind === 'amount') return true
  if (reading.why === 'other-currency') return isAmountIn(cell, reading.found)
  return reading.why !== 'not-a-number'
}

function isAmountIn(cell: string, currency: Currency): boolean {
  return parseAmount(cell, { currency }).kind === 'amount'
}
