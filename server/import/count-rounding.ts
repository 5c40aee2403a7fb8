import type { ColumnGuess } from '#kernel/import/guess-columns.ts'
import type { UnitText } from '#kernel/import/header-text.ts'
import type { ImportRecord } from '#kernel/import/records.ts'
import type { RowProblem } from '#kernel/import/row-problems.ts'
import { exponentOf } from '#kernel/money/currency.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'

/** How much of the main amounts was lost to rounding, by currency. */
export type Rounding = readonly {
  readonly currency: string
  readonly count: number
  /** What the file says less what is booked, in main units, exact. */
  readonly difference: string
}[]

type RoundingCount = {
  readonly feed: (
    record: ImportRecord,
    cells: readonly string[],
    warnings: readonly RowProblem[],
  ) => void
  readonly result: () => Rounding
}

const decimals = 24

/**
 * Adds up the differences between amounts with too many decimals and what they were rounded to.
 * Cells other than plain decimals (units within the cell, commas) are counted without a difference.
 */
export function countRounding(columns: readonly ColumnGuess[], unit: UnitText): RoundingCount {
  const column = columns.find(({ field }) => field === 'amount')
  const power = column?.power ?? unit.power ?? 0
  const totals = new Map<string, { count: number; difference: bigint }>()
  return {
    feed(record, cells, warnings) {
      if (!column || !('amount' in record)) return
      if (!warnings.some(({ code, field }) => code === 'amount-rounded' && field === 'amount'))
        return
      const { currency, minor } = record.amount
      const told = scaled(cells[column.index] ?? '', power)
      const booked = minor * 10n ** BigInt(decimals - exponentOf(record.amount.currency))
      const total = totals.get(currency) ?? { count: 0, difference: 0n }
      total.count++
      if (told !== null) total.difference += (told < 0n ? -told : told) - booked
      totals.set(currency, total)
    },
    result: () =>
      [...totals].map(([currency, { count, difference }]) => ({
        currency,
        count,
        difference: scaledToDecimal(difference, decimals).replace(/\.?0+$/, ''),
      })),
  }
}

/** A plain decimal as an integer of 10^-24, or null. */
function scaled(cell: string, power: number): bigint | null {
  const parts = /^\s*(-?)(\d+)(?:\.(\d+))?\s*$/.exec(cell)
  if (!parts) return null
  const [, sign = '', whole = '', fraction = ''] = parts
  const places = decimals + power - fraction.length
  if (places < 0) return null
  const value = BigInt(whole + fraction) * 10n ** BigInt(places)
  return sign === '-' ? -value : value
}
