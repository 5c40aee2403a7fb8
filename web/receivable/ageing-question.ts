import type { AgeingQuery } from '#contract/ageing.ts'
import type { Query } from '../ui/api.ts'

type Asked = Readonly<Record<string, string>>

const owners = ['party', 'salesperson', 'department', 'industry'] as const

/** What the address of the ageing page asks of the server. */
export function ageingQuery(values: Asked, base: string): Query & AgeingQuery {
  const by = values.by === 'invoice' ? 'invoice' : 'due'
  const own = owners.flatMap((name) => (values[name] ? [[name, values[name]]] : []))
  return {
    ...Object.fromEntries(own),
    by,
    ...(values.asOf && { asOf: values.asOf }),
    ...(values.buckets && { buckets: bucketsText(values.buckets, by) }),
    ...moneyAsked(values.currency, base),
    sort: values.sort ?? '-balance',
  }
}

/** Converted into the base currency unless one currency, or each by itself, is asked for. */
function moneyAsked(currency: string | undefined, base: string): Query {
  if (currency === undefined) return { convertTo: base }
  return currency === 'each' ? {} : { currency }
}

/** Last days such as `30,60` as the server wants them: `1-30,31-60,61-`, from the invoice day `0-30`. */
export function bucketsText(ends: string, by: 'due' | 'invoice'): string {
  if (ends === 'years') return ends
  const days = ends.split(',').map(Number)
  const starts = [by === 'due' ? 1 : 0, ...days.map((day) => day + 1)]
  return starts.map((from, index) => `${from}-${days[index] ?? ''}`).join(',')
}

/** Last days as a person writes them; undefined where they are none. */
export function readEnds(typed: string): string | undefined {
  const days = typed
    .normalize('NFKC')
    .split(/[\s,、;]+/)
    .filter(Boolean)
  const isRising = days.every(
    (day, index) => /^[1-9]\d{0,4}$/.test(day) && Number(day) > Number(days[index - 1] ?? 0),
  )
  return isRising && days.length > 0 && days.length < 20 ? days.join(',') : undefined
}
