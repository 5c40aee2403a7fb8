import type { Day } from '#kernel/calendar/day.ts'
import { parseTerms, type TermsReading } from '#kernel/calendar/parse-terms.ts'
import type { PaymentTerms } from '#kernel/calendar/terms.ts'
import { type DateShape, readDate } from '#kernel/import/date-shape.ts'
import type { ImportField } from '#kernel/import/field.ts'
import {
  hasLostDigits,
  parseYesNo,
  plainText,
  readChoice,
  readCode,
} from '#kernel/import/read-cell.ts'
import { problemOf, type RowProblem, type RowProblemCode } from '#kernel/import/row-problems.ts'
import { type Currency, exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'
import { type AmountReading, parseAmount } from '#kernel/money/parse-amount.ts'
import { checkIdentifier } from '#kernel/party/check-identifier.ts'

/** A field with the column that fills it; -1 where the file has no such column. */
export type Slot = {
  readonly field: ImportField
  readonly index: number
  readonly shape: DateShape
  readonly power: number
  readonly currency: Currency | null
}

/** One row being read: its cells and what was found wrong or odd so far. */
export type RowScope = {
  readonly cells: readonly string[]
  readonly problems: RowProblem[]
  readonly warnings: RowProblem[]
  readonly memory: RowMemory
}

/** A million rows name a handful of currencies and terms: what was read once is kept, bounded. */
export type RowMemory = {
  readonly currencies: Map<string, Currency>
  readonly terms: Map<string, TermsReading>
}

const mostRemembered = 1_000

type Details = Readonly<Record<string, string | number>>

export function cellOf(row: RowScope, slot: Slot): string {
  // Reading an array at -1 costs ten times as much as asking first.
  return slot.index < 0 ? '' : (row.cells[slot.index] ?? '')
}

export function reject(row: RowScope, code: RowProblemCode, slot: Slot, details?: Details): null {
  row.problems.push(problemOf(code, slot.field, cellOf(row, slot), details))
  return null
}

export function warn(row: RowScope, code: RowProblemCode, slot: Slot, details?: Details): null {
  row.warnings.push(problemOf(code, slot.field, cellOf(row, slot), details))
  return null
}

const longestText = 500

/** A text of at most 500 characters; null where the cell is blank or bad. */
export function readText(row: RowScope, slot: Slot): string | null {
  const text = plainText(cellOf(row, slot))
  return text === '' ? blank(row, slot) : sound(row, slot, text, longestText)
}

const longestCode = 64

/** An identifier of at most 64 characters, as `readCode` reads it. */
export function readCodeField(row: RowScope, slot: Slot): string | null {
  const code = readCode(cellOf(row, slot))
  if (code === '') return blank(row, slot)
  if (code.length > 6 && hasLostDigits(code)) return reject(row, 'digits-lost', slot)
  return sound(row, slot, code, longestCode)
}

/** A unified social credit code, normalised where it is valid; others are kept with a warning. */
export function readCreditCode(row: RowScope, slot: Slot): string | null {
  const code = readCodeField(row, slot)
  if (code === null) return null
  const check = checkIdentifier('uscc', code)
  if (check.kind === 'valid') return check.value
  warn(row, 'credit-code-invalid', slot)
  return code
}

const firstDay = '1990-01-01'
const lastDay = '2100-12-31'

/** A day from 1990 to 2100 under the column's shape. */
export function readDay(row: RowScope, slot: Slot): Day | null {
  const cell = cellOf(row, slot)
  if (cell === '') return blank(row, slot)
  const day = readDate(slot.shape, cell)
  if (day !== null) {
    return day >= firstDay && day <= lastDay ? day : reject(row, 'date-out-of-range', slot)
  }
  const text = plainText(cell)
  if (text === '' || emptyDate.test(text)) return blank(row, slot)
  if (cellError.test(text)) return reject(row, 'cell-error', slot)
  return reject(row, 'not-a-date', slot, { shape: shapeExamples[slot.shape] })
}

const emptyDate = /^(-+|\/|n\/?a|nan|nat|null|none|无|未结清|0000-00-00.*)$/i
const shapeExamples: Readonly<Record<DateShape, string>> = {
  'year-first': '2024-01-31',
  'day-first': '31/01/2024',
  'month-first': '01/31/2024',
  'short-year-first': '24-01-31',
  serial: '45322',
}

/** Largest amount taken for real, in main units of any currency. */
const largestAmount = 10n ** 13n

/** An amount in the row's currency with its sign; null where the cell is blank or bad. */
export function readMoney(row: RowScope, slot: Slot, currency: Currency): Money | null {
  const cell = cellOf(row, slot)
  if (cell === '') return blank(row, slot)
  const reading = amountIn(cell, currency, slot.power)
  if (reading.kind === 'amount') {
    if (reading.rounded) warn(row, 'amount-rounded', slot)
    const { minor } = reading.money
    const largest = largestAmount * 10n ** BigInt(exponentOf(currency))
    if (minor <= largest && minor >= -largest) return reading.money
    return reject(row, 'amount-too-large', slot, { largest: String(largestAmount) })
  }
  return badAmount(row, slot, reading, currency)
}

function badAmount(
  row: RowScope,
  slot: Slot,
  reading: Exclude<AmountReading, { kind: 'amount' }>,
  currency: Currency,
): null {
  switch (reading.why) {
    case 'empty':
      return blank(row, slot)
    case 'too-large':
      return reject(row, 'amount-too-large', slot, { largest: String(largestAmount) })
    case 'ambiguous-separators':
      return reject(row, 'amount-unclear', slot)
    case 'other-currency':
      return reject(row, 'other-currency', slot, { found: reading.found, currency })
    case 'not-a-number': {
      const text = plainText(cellOf(row, slot))
      if (/^(\/|n\/?a|nan|null|none|无)$/i.test(text)) return blank(row, slot)
      return reject(row, cellError.test(text) ? 'cell-error' : 'not-an-amount', slot)
    }
  }
}

/** The currency a cell itself names beside its figure (`$12.00`, `12 美元`); null where none. */
export function currencyInAmount(row: RowScope, slot: Slot, assumed: Currency): Currency | null {
  const reading = parseAmount(cellOf(row, slot), { currency: assumed })
  const named = reading.kind === 'not-an-amount' && reading.why === 'other-currency'
  return named ? reading.found : null
}

function amountIn(cell: string, currency: Currency, power: number): AmountReading {
  if (power === 0) {
    // Grouped by threes, as most exports are, says the same without its commas and reads faster.
    const grouped = cell.includes(',') && groupedByThrees.test(cell)
    return parseAmount(grouped ? cell.replaceAll(',', '') : cell, { currency })
  }
  if (power === 4) return parseAmount(cell, { currency, unit: 'ten-thousand' })
  if (power === 8) return parseAmount(cell, { currency, unit: 'hundred-million' })
  const scaled = cell.trim().replace(/(\d)([)）]?)$/, `$1e${power}$2`)
  return parseAmount(scaled, { currency })
}

const groupedByThrees = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/

/** The currency a cell names; undefined where the cell is blank, null where it is bad. */
export function readCurrency(row: RowScope, slot: Slot): Currency | null | undefined {
  const cell = cellOf(row, slot)
  if (cell === '') return undefined
  const known = row.memory.currencies.get(cell)
  if (known !== undefined) return known
  const text = plainText(cell)
  if (text === '') return undefined
  const currency = parseCurrency(text)
  if (currency === null) return reject(row, 'unknown-currency', slot)
  if (row.memory.currencies.size < mostRemembered) row.memory.currencies.set(cell, currency)
  return currency
}

export type TermsFound = { readonly terms: PaymentTerms | null; readonly text: string | null }

/** Terms of payment; words nobody knows are kept as text. A bare number is so many days net. */
export function readTerms(row: RowScope, slot: Slot): TermsFound {
  const text = plainText(cellOf(row, slot))
  if (text === '') return { terms: null, text: null }
  let reading = row.memory.terms.get(text)
  if (reading === undefined) {
    reading = parseTerms(/^\d{1,4}(\.0+)?$/.test(text) ? `net ${Number.parseInt(text, 10)}` : text)
    if (row.memory.terms.size < mostRemembered) row.memory.terms.set(text, reading)
  }
  if (reading.kind === 'terms') return { terms: reading.terms, text }
  return { terms: null, text: sound(row, slot, text, longestText) }
}

export function readYesNo(row: RowScope, slot: Slot): boolean | null {
  const cell = cellOf(row, slot)
  if (cell === '') return null
  return parseYesNo(cell) ?? (plainText(cell) === '' ? null : reject(row, 'not-yes-no', slot))
}

/** One of the field's choices by any of its words; null where the cell is blank or bad. */
export function readChoiceField(row: RowScope, slot: Slot): string | null {
  const cell = cellOf(row, slot)
  if (cell === '' || plainText(cell) === '') return null
  const choices = slot.field.choices ?? {}
  const found = readChoice(choices, cell)
  return found ?? reject(row, 'not-a-choice', slot, { choices: Object.keys(choices).join(', ') })
}

const cellError = /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/

function sound(row: RowScope, slot: Slot, text: string, longest: number): string | null {
  if (text.length > longest) return reject(row, 'too-long', slot, { length: text.length, longest })
  if (text.includes('\ufffd')) return reject(row, 'damaged-text', slot)
  if (text.charCodeAt(0) === 35 && cellError.test(text)) return reject(row, 'cell-error', slot)
  return text
}

function blank(row: RowScope, slot: Slot): null {
  if (slot.field.required) reject(row, 'missing', slot)
  return null
}
