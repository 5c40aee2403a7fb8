import type { Label } from '#kernel/document/label.ts'
import type { Formula, FormulaName } from '#kernel/formula/check-formula.ts'
import { decimals, type FormulaType, type FormulaValue } from '#kernel/formula/formula-type.ts'
import { isWindowText, readWindowId, todayId, windowText } from '#kernel/formula/window-name.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'

const precedence: Readonly<Record<string, number>> = {
  或: 1,
  且: 2,
  '=': 3,
  '<>': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
}
const tightest = 7

/**
 * A formula in the words of a language, or with ids for names: so it is kept, and follows when a
 * label changes.
 */
export function formatFormula(
  formula: Formula,
  language: 'zh' | 'en' | 'id',
  names: readonly FormulaName[],
): string {
  const nameOf = (id: string) => {
    const label = labelOf(id, language, names)
    const isPlain = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(label) || isWindowText(label)
    return isPlain ? label : `[${label}]`
  }
  const write = (part: Formula, outside: number): string => {
    if (part.kind === 'written') return writtenText(part.value, part.type)
    if (part.kind === 'name') return nameOf(part.id)
    const [sign = ''] = part.of.zh
    const own = precedence[sign]
    const [left, right] = part.args
    if (sign === '负' && left) return `-${write(left, tightest)}`
    if (own !== undefined && part.args.length === 2 && left && right) {
      const word = language === 'zh' ? sign : (englishSigns[sign] ?? sign)
      const text = `${write(left, own)} ${word} ${write(right, own + 1)}`
      return own < outside ? `(${text})` : text
    }
    const name = language === 'zh' ? sign : (part.of.en[0] ?? sign)
    return `${name}(${part.args.map((arg) => write(arg, 0)).join(', ')})`
  }
  return write(formula, 0)
}

function labelOf(id: string, language: 'zh' | 'en' | 'id', names: readonly FormulaName[]): string {
  const known = language === 'id' ? undefined : names.find((name) => name.id === id)
  if (known && language !== 'id') return known.label[language]
  const window = readWindowId(id)
  if (window) return windowText(window.measure, window.span, 'en')
  return id === todayId ? 'TODAY()' : id
}

const englishSigns: Readonly<Record<string, string>> = { 且: 'AND', 或: 'OR' }

function writtenText(value: NonNullable<FormulaValue>, type: FormulaType): string {
  if (typeof value === 'bigint') {
    const places = type.kind === 'percent' ? decimals - 2 : decimals
    const digits = scaledToDecimal(value, places).replace(/\.?0+$/, '')
    if (type.kind === 'percent') return `${digits}%`
    if (type.kind === 'days') return `${digits}天`
    return type.kind === 'money' ? `${digits} ${type.currency}` : digits
  }
  if (typeof value === 'boolean') return value ? 'YES' : 'NO'
  return type.kind === 'day' ? `DATE("${value}")` : `"${value}"`
}

/** A value as people read it. */
export function formulaValueText(value: FormulaValue, type: FormulaType): Label {
  if (value === null) return { zh: '缺失', en: 'not known' }
  if (typeof value === 'boolean') {
    return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  }
  if (typeof value === 'string') return { zh: value, en: value }
  const places = type.kind === 'percent' ? decimals - 2 : decimals
  const full = scaledToDecimal(value, places).replace(/(\.\d\d\d*?)0+$/, '$1')
  const digits = full.replace(/\.00$/, '').replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
  switch (type.kind) {
    case 'percent':
      return { zh: `${digits}%`, en: `${digits}%` }
    case 'days':
      return { zh: `${digits} 天`, en: `${digits} days` }
    case 'money':
      return { zh: `${type.currency} ${digits}`, en: `${type.currency} ${digits}` }
    default:
      return { zh: digits, en: digits }
  }
}
