import { type FormulaType, type FormulaValue, largest, one } from '#kernel/formula/formula-type.ts'

/** Missing where a figure is out of bounds. */
export function bounded(value: bigint): bigint | null {
  return value < largest && value > -largest ? value : null
}

/** The quotient rounded to a whole number, half away from zero; the divisor is not zero. */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n
  const n = dividend < 0n ? -dividend : dividend
  const d = divisor < 0n ? -divisor : divisor
  const quotient = (2n * n + d) / (2n * d)
  return isNegative ? -quotient : quotient
}

export const product = (a: bigint, b: bigint) => bounded(roundedQuotient(a * b, one))

/** Missing where one divides by zero. */
export const quotient = (a: bigint, b: bigint) =>
  b === 0n ? null : bounded(roundedQuotient(a * one, b))

/** A value at the places that people look at: 4, of amounts and days 2. */
export function glanced(value: FormulaValue, { kind }: FormulaType): FormulaValue {
  if (typeof value !== 'bigint') return value
  return toPlaces(value, kind === 'money' || kind === 'days' ? 2 : 4, 'nearest')
}

export type Toward = 'nearest' | 'away' | 'zero'

/** A figure to a number of places: the nearest, half away from zero; away from zero; towards it. */
export function toPlaces(value: bigint, places: number, toward: Toward): bigint {
  const step = one / 10n ** BigInt(places)
  const size = value < 0n ? -value : value
  const extra = toward === 'nearest' ? step / 2n : toward === 'away' ? step - 1n : 0n
  const rounded = ((size + extra) / step) * step
  return value < 0n ? -rounded : rounded
}
