import { type RawBuilder, sql } from 'kysely'
import type { CustomerSort } from '#contract/customer.ts'

export type LineOrder = {
  readonly sort: CustomerSort
  readonly order: 'asc' | 'desc'
  /** Grades from best to worst. */
  readonly grades: readonly string[]
}

/** Value and id of the last row of the page before. */
export type LinePlace = { readonly value: string; readonly partyId: string }

type Type = 'text' | 'bigint' | 'date'

/** Lines in the order in which they are listed, in parts that are each found by an index. */
type Key = {
  readonly type: Type
  /** What tells of every line where it stands. */
  readonly of: RawBuilder<unknown>
  readonly parts: readonly Part[]
}

type Part = {
  readonly where: RawBuilder<unknown>
  /** What it is ordered by before the id; null where all of its lines have the same value. */
  readonly by: RawBuilder<unknown> | null
  /** The value of the place of its lines, where they all have the same. */
  readonly value?: string
}

/** What a list is ordered by; lines without a value come last either way. */
export function orderingOf(order: LineOrder, after: LinePlace | null) {
  const backwards = order.order === 'desc'
  const { of, parts, type } = keyOf(order, backwards)
  const direction = sql.raw(backwards ? 'desc' : 'asc')
  const sign = sql.raw(backwards ? '<' : '>')
  const left = after ? partsAfter(parts, after, { sign, type }) : parts
  return {
    by: sql`${of} ${direction}, l.party_id ${direction}`,
    place: sql`(${of})::text`,
    parts: left.map(({ where, by }) => ({
      where,
      by: sql`${by ? sql`${by} ${direction}, ` : sql``}l.party_id ${direction}`,
    })),
  }
}

/** What is left of the parts behind a place. */
function partsAfter(
  parts: readonly Part[],
  after: LinePlace,
  { sign, type }: { readonly sign: RawBuilder<unknown>; readonly type: Type },
): Part[] {
  const at = parts.findIndex(({ value }) => value === after.value)
  const own = at >= 0 ? at : parts.findIndex(({ by }) => by !== null)
  const part = parts[own]
  if (!part) return []
  const place = sql`${after.value}::${sql.raw(type)}`
  const behind = part.by
    ? sql`(${part.by}, l.party_id) ${sign} (${place}, ${after.partyId}::uuid)`
    : sql`l.party_id ${sign} ${after.partyId}::uuid`
  return [{ ...part, where: sql`${part.where} and ${behind}` }, ...parts.slice(own + 1)]
}

/** What the value of a place must look like. */
export function placePattern(order: LineOrder): RegExp {
  const patterns = {
    text: /^[^\0]*$/,
    bigint: /^-?\d{1,19}$/,
    date: /^(\d{4}-\d{2}-\d{2}|-?infinity)$/,
  }
  return patterns[keyOf(order, order.order === 'desc').type]
}

const low = '-9223372036854775808'
const high = '9223372036854775807'

function keyOf({ sort, grades }: LineOrder, backwards: boolean): Key {
  const always = (type: Type, by: RawBuilder<unknown>): Key => ({
    ...{ type, of: by, parts: [{ where: sql`true`, by }] },
  })
  /** Every line has its place; one without a value has the last there is. */
  const perhaps = (type: Type, by: RawBuilder<unknown>, last: string, is = by): Key => ({
    type,
    of: sql`coalesce((${by})::${sql.raw(type)}, ${sql.lit(last)}::${sql.raw(type)})`,
    parts: [
      { where: sql`${is} is not null`, by },
      { where: sql`${is} is null`, by: null, value: last },
    ],
  })
  // The last character there is: nothing comes behind it.
  const text = (column: string) =>
    perhaps('text', sql.ref(`l.${column}`), backwards ? '' : '\u{10FFFF}')
  const number = (by: RawBuilder<unknown>, is = by) =>
    perhaps('bigint', by, backwards ? low : high, is)
  const day = (column: string) =>
    perhaps('date', sql.ref(`l.${column}`), backwards ? '-infinity' : 'infinity')
  switch (sort) {
    case 'code':
      return always('text', sql`l.code`)
    case 'name':
      return always('text', sql`l.sort_name`)
    case 'shortName':
      return text('short_name')
    case 'industry':
    case 'region':
    case 'department':
    case 'salesperson':
      return text(sort)
    case 'grade':
      // The worst grade is the lowest, as with scores.
      return positions([...grades].reverse(), sql`l.grade`, backwards)
    case 'status':
      return positions(['open', 'watch', 'blocked', 'frozen'], sql`l.status`, backwards)
    case 'currency':
      return always('text', sql`l.currency::text`)
    case 'score':
      return number(sql`l.score_hundredths`)
    case 'openHolds':
      return openHolds(backwards)
    case 'ratedOn':
      return day('rated_on')
    case 'limitToOn':
      return day('limit_to_on')
    case 'closedOn':
      return day('closed_on')
    case 'exposure':
      return always('bigint', sql`coalesce(l.base_exposure_minor, -1)`)
    case 'overdue':
      return always('bigint', sql`coalesce(l.base_overdue_minor, -1)`)
    case 'limit':
    case 'available':
    case 'open':
      return number(sql.ref(`l.base_${sort}_minor`))
    case 'utilisation':
      return number(sql`l.utilisation_bps`)
    case 'daysOverdue':
      // The longest overdue is the earliest day, so the days run the other way.
      return number(sql`(date '9999-12-31' - l.overdue_since_on)`, sql`l.overdue_since_on`)
  }
}

/** Values that have an order of their own, from low to high; any other value comes last. */
function positions(
  values: readonly string[],
  column: RawBuilder<unknown>,
  backwards: boolean,
): Key {
  const last = backwards ? low : high
  const array = sql`array[${sql.join(values.map((value) => sql.lit(value)))}]::text[]`
  const each = values.map((value, index) => ({
    where: sql`${column} = ${sql.lit(value)}`,
    ...{ by: null, value: String(index + 1) },
  }))
  if (backwards) each.reverse()
  return {
    type: 'bigint',
    of: sql`coalesce(array_position(${array}, ${column} collate "C")::bigint,
      ${sql.lit(last)}::bigint)`,
    parts: [
      ...each,
      { where: sql`(${column} = any(${array})) is not true`, by: null, value: last },
    ],
  }
}

/** Nearly all lines have none, and those need no index. */
function openHolds(backwards: boolean): Key {
  const some = { where: sql`l.open_holds > 0`, by: sql`l.open_holds` }
  const none = { where: sql`l.open_holds = 0`, by: null, value: '0' }
  const parts = backwards ? [some, none] : [none, some]
  return { type: 'bigint', of: sql`l.open_holds::bigint`, parts }
}
