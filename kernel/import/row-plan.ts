import type { DateShape } from '#kernel/import/date-shape.ts'
import { type ImportField, type ImportKind, required } from '#kernel/import/field.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import type { ColumnGuess } from '#kernel/import/guess-columns.ts'
import type { UnitText } from '#kernel/import/header-text.ts'
import type { RowScope, Slot } from '#kernel/import/row-scope.ts'
import { cellOf, currencyInAmount, readCurrency } from '#kernel/import/row-scope.ts'
import type { Currency } from '#kernel/money/currency.ts'

/** What the reading of every row of one file has in common. */
export type RowOptions = {
  /** The header row, to recognise it where it is repeated. */
  readonly headers: readonly string[]
  /** The shape of each date column by field; a field not named is read year first. */
  readonly dateShapes: Readonly<Record<string, DateShape>>
  /** The unit line above the table. */
  readonly unit: UnitText
  /** Where neither cell, column, header nor unit line names one: the company's own currency. */
  readonly currency: Currency
}

/** Columns laid out for reading: one slot for each field of the kind. */
export type RowPlan = {
  readonly slot: (field: string) => Slot
  /** True where some column fills the field. */
  readonly has: (field: string) => boolean
  /** The currency of the file outside of cells. */
  readonly currency: Currency
  /** True where a header or a unit line names the currency. */
  readonly named: boolean
}

const noField: ImportField = required({
  id: '',
  type: 'text',
  required: false,
  label: { zh: '', en: '' },
  headers: [],
})

export function planRow(
  kind: ImportKind,
  columns: readonly ColumnGuess[],
  options: RowOptions,
): RowPlan {
  const slots = new Map<string, Slot>()
  for (const field of fieldsOf(kind)) {
    const column = columns.find((c) => c.field === field.id)
    slots.set(field.id, {
      field,
      index: column?.index ?? -1,
      shape: options.dateShapes[field.id] ?? 'year-first',
      power: column?.power ?? options.unit.power ?? 0,
      currency: column?.currency ?? null,
    })
  }
  const absent: Slot = { field: noField, index: -1, shape: 'year-first', power: 0, currency: null }
  return {
    slot: (field) => slots.get(field) ?? absent,
    has: (field) => (slots.get(field)?.index ?? -1) >= 0,
    currency: options.unit.currency ?? options.currency,
    named: options.unit.currency !== null,
  }
}

/**
 * The currency of a row: the header of the amount's own column first (本币金额 in USD beside a
 * column of document currencies), then the currency column, the unit line, a sign in the amount
 * cell, and the company's currency last. Null where the currency cell is bad.
 */
export function currencyOf(
  row: RowScope,
  plan: RowPlan,
  amount: Slot,
  currency: Slot,
): Currency | null {
  if (amount.currency !== null) return amount.currency
  const told = readCurrency(row, currency)
  if (told !== undefined) return told
  if (plan.named) return plan.currency
  if (isBareFigure(cellOf(row, amount))) return plan.currency
  return currencyInAmount(row, amount, plan.currency) ?? plan.currency
}

function isBareFigure(cell: string): boolean {
  const last = cell.charCodeAt(cell.length - 1)
  const first = cell.charCodeAt(0)
  const isDigit = (code: number) => code >= 48 && code <= 57
  return isDigit(last) && (isDigit(first) || first === 45)
}
