import type { Day } from '#kernel/calendar/day.ts'
import type { Label } from '#kernel/document/label.ts'
import { explainFormula } from '#kernel/formula/explain-formula.ts'
import { formatFormula } from '#kernel/formula/format-formula.ts'
import type { FormulaValue, FormulaValues } from '#kernel/formula/formula-type.ts'
import { todayId } from '#kernel/formula/window-name.ts'
import type { Indicator, IndicatorValue, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { formulaValueOf, indicatorValueOf } from '#kernel/indicator/indicator-in-formula.ts'
import { indicatorText, readIndicatorText } from '#kernel/indicator/indicator-text.ts'
import type { DefinedIndicators } from '#kernel/indicator/prepare-indicator-formulas.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Money, money } from '#kernel/money/money.ts'

/** The day, in which currency a party's amounts are, and its rates; null where there is none. */
export type PartyMoney = {
  readonly asOf: Day
  readonly currency: Currency
  readonly convert: (amount: Money, to: Currency) => bigint | null
}

/**
 * The values of all defined indicators of a party, worked out from its others. Amounts are turned
 * into the currency of the formulas and back; without a rate they are missing.
 */
export function definedValues(
  defined: DefinedIndicators,
  values: IndicatorValues,
  of: PartyMoney,
): IndicatorValues {
  const known = workedOut(defined, values, of)
  return Object.fromEntries(
    defined.inOrder.map(({ indicator }) => [
      indicator.id,
      fromFormula(indicator, known[indicator.id] ?? null, { defined, of }),
    ]),
  )
}

/** What formulas see of a party: the indicators that they read, and what they gave. */
export function workedOut(
  defined: DefinedIndicators,
  values: IndicatorValues,
  of: PartyMoney,
): FormulaValues {
  const known: Record<string, FormulaValue> = { [todayId]: of.asOf }
  const windows = defined.windows.map(({ indicator }) => indicator)
  for (const indicator of [...defined.read, ...windows]) {
    known[indicator.id] = intoFormula(indicator, values[indicator.id] ?? null, { defined, of })
  }
  const { currency } = defined
  for (const { evaluate, indicator } of defined.inOrder) {
    // Rounded as it is kept, so that others read what people see.
    const value = indicatorValueOf(indicator, evaluate(known), currency)
    known[indicator.id] = formulaValueOf(indicator, value, currency)
  }
  return known
}

type Conversion = { readonly defined: DefinedIndicators; readonly of: PartyMoney }

function intoFormula(
  indicator: Indicator,
  value: IndicatorValue,
  { defined: { currency }, of }: Conversion,
): FormulaValue {
  const isForeign = indicator.unit === 'money' && of.currency !== currency
  const own =
    isForeign && typeof value === 'bigint' ? of.convert(money(value, of.currency), currency) : value
  return formulaValueOf(indicator, own, currency)
}

function fromFormula(
  indicator: Indicator,
  value: FormulaValue,
  { defined: { currency }, of }: Conversion,
): IndicatorValue {
  const own = indicatorValueOf(indicator, value, currency)
  const isForeign = indicator.unit === 'money' && of.currency !== currency
  return isForeign && typeof own === 'bigint' ? of.convert(money(own, currency), of.currency) : own
}

/** Why a defined indicator has its value: "因为 逾期天数 75 天 > 60, 所以: 冻结". */
export function explainDefined(
  defined: DefinedIndicators,
  id: string,
  values: IndicatorValues,
  of: PartyMoney,
): { readonly formula: Label; readonly because: Label } | null {
  const found = defined.inOrder.find(({ indicator }) => indicator.id === id)
  if (!found) return null
  const told = (language: 'zh' | 'en') => formatFormula(found.formula, language, defined.names)
  const known = workedOut(defined, values, of)
  return {
    formula: { zh: told('zh'), en: told('en') },
    because: explainFormula(found.formula, known, defined.names, known[id] ?? null),
  }
}

/** The values as they are kept beside the built-in ones, and the sums that they read: texts by id. */
export function definedTexts(
  defined: DefinedIndicators,
  values: IndicatorValues,
  currency: Currency,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    keptOf(defined).map((indicator) => [
      indicator.id,
      indicatorText(indicator, values[indicator.id] ?? null, currency),
    ]),
  )
}

/** The inverse; what was not kept then, or was of another kind, is missing. */
export function readDefinedTexts(
  defined: DefinedIndicators,
  texts: Readonly<Record<string, string | null>>,
  currency: Currency,
): IndicatorValues {
  return Object.fromEntries(
    keptOf(defined).map((indicator) => {
      const reading = readIndicatorText(indicator, texts[indicator.id] ?? null, currency)
      return [indicator.id, reading.kind === 'value' ? reading.value : null]
    }),
  )
}

function keptOf({ inOrder, windows }: DefinedIndicators): Indicator[] {
  return [...inOrder, ...windows].map(({ indicator }) => indicator)
}
