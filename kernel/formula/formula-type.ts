import type { Label } from '#kernel/document/label.ts'
import type { Currency } from '#kernel/money/currency.ts'

/** What a part of a formula is. A plain number fits any unit but percent and money of a currency. */
export type FormulaType =
  | { readonly kind: 'number' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'days' }
  | { readonly kind: 'money'; readonly currency: Currency }
  | { readonly kind: 'day' }
  | { readonly kind: 'text' }
  /** One of a list of texts, so that a misspelt one is found. */
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'yes-no' }

/**
 * A value: figures of every unit as whole numbers of `10^-decimals` (a percent as its fraction, so
 * 12.5 % is 0.125), a day, a text, yes or no; null where it is missing.
 */
export type FormulaValue = bigint | string | boolean | null

export type FormulaValues = Readonly<Record<string, FormulaValue>>

/** Where in the formula, from the first character up to before the last; counted as JavaScript does. */
export type Span = readonly [start: number, end: number]

export type FormulaProblem = {
  readonly at: Span
  readonly message: Label
  /** What may have been meant, to take in place of the span. */
  readonly instead?: string
}

/** Figures have ten places after the point; what needs more is rounded half away from zero. */
export const decimals = 10
export const one = 10n ** BigInt(decimals)
/** A figure of more than this is missing, so that no formula grows without end. */
export const largest = 10n ** 25n * one

export const isFigure = ({ kind }: FormulaType): boolean =>
  kind === 'number' || kind === 'percent' || kind === 'days' || kind === 'money'

export const isText = ({ kind }: FormulaType): boolean => kind === 'text' || kind === 'choice'

export function sameType(a: FormulaType, b: FormulaType): boolean {
  if (isText(a) && isText(b)) return true
  if (a.kind === 'money' && b.kind === 'money') return a.currency === b.currency
  return a.kind === b.kind
}

/** How a type is called in messages. */
export function typeName(type: FormulaType): Label {
  if (type.kind === 'money') {
    return { zh: `金额 (${type.currency})`, en: `an amount in ${type.currency}` }
  }
  return typeNames[type.kind]
}

const typeNames: Readonly<Record<Exclude<FormulaType['kind'], 'money'>, Label>> = {
  number: { zh: '数字', en: 'a number' },
  percent: { zh: '百分比', en: 'a percentage' },
  days: { zh: '天数', en: 'a number of days' },
  day: { zh: '日期', en: 'a day' },
  text: { zh: '文字', en: 'a text' },
  choice: { zh: '选项', en: 'a choice' },
  'yes-no': { zh: '是否', en: 'yes or no' },
}
