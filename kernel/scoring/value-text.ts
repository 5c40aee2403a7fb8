import type { Label } from '#kernel/document/label.ts'
import type { Indicator, IndicatorUnit, IndicatorValue } from '#kernel/indicator/indicator.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'

/** A value of an indicator as people read it: `75 天`, `31.25%`, `1,234.50`, `是`, `无数据`. */
export function valueText(indicator: Indicator, value: IndicatorValue): Label {
  if (value === null) return { zh: '无数据', en: 'not known' }
  if (typeof value === 'string') return { zh: value, en: value }
  if (indicator.unit === 'yes-no') {
    return value === 0n ? { zh: '否', en: 'no' } : { zh: '是', en: 'yes' }
  }
  if (indicator.unit === 'percent') {
    const percent = `${shortestDecimal(value, indicator.decimals - 2)}%`
    return { zh: percent, en: percent }
  }
  const decimal = scaledToDecimal(value, indicator.decimals)
  if (indicator.unit === 'money') return { zh: grouped(decimal), en: grouped(decimal) }
  const { zh, en } = suffixes[indicator.unit] ?? { zh: '', en: '' }
  return { zh: `${shortest(decimal)}${zh}`, en: `${shortest(decimal)}${en}` }
}

/** Hundredths of a point or score as a person writes them: 1250 is 12.5. */
export function pointsText(hundredths: number): string {
  return shortestDecimal(BigInt(hundredths), 2)
}

const suffixes: Partial<Readonly<Record<IndicatorUnit, Label>>> = {
  days: { zh: ' 天', en: ' days' },
  months: { zh: ' 个月', en: ' months' },
}

/** A scaled integer without zeros at its end: 1250 with two decimals is `12.5`. */
export function shortestDecimal(scaled: bigint, decimals: number): string {
  return shortest(scaledToDecimal(scaled, decimals))
}

function shortest(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.')
  const readable = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? readable : `${readable}.${fraction}`
}
