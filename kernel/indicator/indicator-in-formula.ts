import type { FormulaName } from '#kernel/formula/check-formula.ts'
import { roundedQuotient } from '#kernel/formula/figure-math.ts'
import {
  decimals,
  type FormulaType,
  type FormulaValue,
  largest,
} from '#kernel/formula/formula-type.ts'
import type { Indicator, IndicatorUnit, IndicatorValue } from '#kernel/indicator/indicator.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'

/** What an indicator is in a formula. Months, ratios and counts are plain numbers there. */
export function formulaTypeOf(unit: IndicatorUnit, currency: Currency): FormulaType {
  switch (unit) {
    case 'money':
      return { kind: 'money', currency }
    case 'days':
    case 'percent':
    case 'yes-no':
    case 'text':
      return { kind: unit }
    case 'months':
    case 'ratio':
    case 'count':
      return { kind: 'number' }
  }
}

export function formulaNameOf({ id, label, unit }: Indicator, currency: Currency): FormulaName {
  return { id, label, type: formulaTypeOf(unit, currency) }
}

/** An indicator's value as formulas reckon with it; amounts are in `currency` already. */
export function formulaValueOf(
  indicator: Indicator,
  value: IndicatorValue,
  currency: Currency,
): FormulaValue {
  if (typeof value !== 'bigint') return value
  if (indicator.unit === 'yes-no') return value !== 0n
  const scaled = value * 10n ** BigInt(decimals - placesOf(indicator, currency))
  return scaled < largest && scaled > -largest ? scaled : null
}

/** The inverse, rounded half away from zero to the places of the indicator. */
export function indicatorValueOf(
  indicator: Indicator,
  value: FormulaValue,
  currency: Currency,
): IndicatorValue {
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value !== 'bigint') return value
  return roundedQuotient(value, 10n ** BigInt(decimals - placesOf(indicator, currency)))
}

function placesOf({ decimals: own, unit }: Indicator, currency: Currency): number {
  return unit === 'money' ? exponentOf(currency) : own
}
