import type { Toward } from '#kernel/formula/figure-math.ts'
import { decimals } from '#kernel/formula/formula-type.ts'

// `offset 0` keeps a part from being written into the place of its name, where it would be worked
// out once for each use of the name.
const once = (part: string, use: (name: string) => string) =>
  `(select ${use('v')} from (select ${part} as v offset 0) as s)`

const bound = `1${'0'.repeat(25)}`
const unit = `1${'0'.repeat(decimals)}`

/** The same as `bounded`. */
export function boundedSql(part: string): string {
  return once(part, (v) => `case when abs(${v}) < ${bound} then ${v} end`)
}

export function productSql(a: string, b: string): string {
  return boundedSql(`round(${a} * ${b}, ${decimals})`)
}

/** By whole numbers: PostgreSQL's own quotient has as many places as it thinks fit. */
export function quotientSql(a: string, b: string): string {
  const whole = `sign(n) * sign(d) * div(2 * abs(n) * ${unit} + abs(d), 2 * abs(d)) * 0.${'0'.repeat(decimals - 1)}1`
  const both = `(select case when d <> 0 then ${whole} end from (select ${a}::numeric as n, ${b}::numeric as d offset 0) as q)`
  return boundedSql(both)
}

/** `places` is a whole number that is written out. */
export function toPlacesSql(part: string, places: string, toward: Toward): string {
  if (toward === 'nearest') return `round(${part}, ${places}::integer)`
  if (toward === 'zero') return `trunc(${part}, ${places}::integer)`
  const step = `power(10::numeric, -${places})`
  const cut = `trunc(v, ${places}::integer)`
  return once(part, (v) => `${cut} + case when ${cut} = ${v} then 0 else sign(${v}) * ${step} end`)
}
