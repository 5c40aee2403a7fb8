import { parseScaled } from '#kernel/document/decimal.ts'
import type { Indicator, IndicatorValue } from '#kernel/indicator/indicator.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'

/** Decimals of an indicator's whole numbers: the account currency's own for money. */
function decimalsOf(indicator: Indicator, currency: Currency): number {
  return indicator.unit === 'money' ? exponentOf(currency) : indicator.decimals
}

/** A value as it is stored and sent: a plain decimal, a text, or null. */
export function indicatorText(
  indicator: Indicator,
  value: IndicatorValue,
  currency: Currency,
): string | null {
  if (typeof value !== 'bigint') return value
  return scaledToDecimal(value, decimalsOf(indicator, currency))
}

export type IndicatorReading =
  | { readonly kind: 'value'; readonly value: IndicatorValue }
  | {
      readonly kind: 'not-a-value'
      readonly reason: 'not-a-decimal' | 'too-precise' | 'not-yes-no'
    }

/** The inverse of `indicatorText`; yes and no are also read as words. */
export function readIndicatorText(
  indicator: Indicator,
  text: string | null,
  currency: Currency,
): IndicatorReading {
  if (text === null) return { kind: 'value', value: null }
  if (indicator.unit === 'text') return { kind: 'value', value: text }
  if (indicator.unit === 'yes-no') return readYesNo(text)
  const reading = parseScaled(text, decimalsOf(indicator, currency))
  if (reading.kind !== 'scaled') return { kind: 'not-a-value', reason: reading.kind }
  return { kind: 'value', value: reading.value }
}

function readYesNo(text: string): IndicatorReading {
  const word = text.trim().toLowerCase()
  if (['1', 'yes', 'true', 'y', '是'].includes(word)) return { kind: 'value', value: 1n }
  if (['0', 'no', 'false', 'n', '否'].includes(word)) return { kind: 'value', value: 0n }
  return { kind: 'not-a-value', reason: 'not-yes-no' }
}
