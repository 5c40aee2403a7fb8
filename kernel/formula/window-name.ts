/** A time before the day as of which one asks: `after < day <= asOf`. */
export type Span = { readonly count: number; readonly unit: 'months' | 'days' }

/** Sums over records within a window, and the day itself, are quantities of their own in a formula. */
export const todayId = 'today'

const most = { months: 60, days: 1_830 } as const
const units = {
  月: 'months',
  个月: 'months',
  M: 'months',
  天: 'days',
  日: 'days',
  D: 'days',
} as const

/** `近12月`, `近90天`, `LAST12M`, `LAST90D`; null where a function is called otherwise. */
export function spanNamed(name: string): Span | null {
  const [, count = '', unit = ''] =
    /^近(\d{1,4})(个?月|天|日)$/.exec(name) ??
    /^LAST(\d{1,4})([MD])$/.exec(name.toUpperCase()) ??
    []
  return unit in units ? { count: Number(count), unit: units[unit as keyof typeof units] } : null
}

export function isSpan({ count, unit }: Span): boolean {
  return count >= 1 && count <= most[unit]
}

/** The id of the sum of a measure over a span: `sales_last_12m`. */
export function windowId(measure: string, { count, unit }: Span): string {
  return `${measure}_last_${count}${unit === 'months' ? 'm' : 'd'}`
}

/** The inverse. */
export function readWindowId(id: string): { readonly measure: string; readonly span: Span } | null {
  const [, measure = '', count = '', unit = ''] = /^(\w+)_last_(\d{1,4})([md])$/.exec(id) ?? []
  const span: Span = { count: Number(count), unit: unit === 'm' ? 'months' : 'days' }
  return measure !== '' && isSpan(span) ? { measure, span } : null
}

/** As it is written: `近12月(销售额)`, `LAST12M(sales)`. */
export function windowText(measure: string, { count, unit }: Span, language: 'zh' | 'en'): string {
  const arg = measure.includes(' ') ? `[${measure}]` : measure
  if (language === 'zh') return `近${count}${unit === 'months' ? '月' : '天'}(${arg})`
  return `LAST${count}${unit === 'months' ? 'M' : 'D'}(${arg})`
}

/** Whether a text is a call that gives such a quantity. */
export function isWindowText(text: string): boolean {
  return (
    /^(近\d+[月天]|LAST\d+[MD])\([\p{L}\p{N}_ [\]]+\)$/u.test(text) || todayTexts.includes(text)
  )
}

/** How the day as of which one asks is written, in either language. */
export const todayTexts: readonly string[] = ['今天()', 'TODAY()']
