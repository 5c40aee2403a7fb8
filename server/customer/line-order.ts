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

type Key = { readonly type: 'text' | 'bigint' | 'date'; readonly of: RawBuilder<unknown> }

/** What a list is ordered by; lines without a value come last either way. */
export function orderingOf(order: LineOrder, after: LinePlace | null) {
  const backwards = order.order === 'desc'
  const { of, type } = keyOf(order, backwards)
  const direction = sql.raw(backwards ? 'desc' : 'asc')
  const sign = sql.raw(backwards ? '<' : '>')
  return {
    by: sql`${of} ${direction}, l.party_id ${direction}`,
    after: after
      ? sql`(${of}, l.party_id) ${sign} (${after.value}::${sql.raw(type)}, ${after.partyId}::uuid)`
      : sql`true`,
    place: sql`(${of})::text`,
  }
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
  const text = (column: string): Key => ({
    type: 'text',
    // The last character there is: nothing comes behind it.
    of: sql`coalesce(${sql.ref(`l.${column}`)}, ${sql.lit(backwards ? '' : '\u{10FFFF}')})`,
  })
  const number = (of: RawBuilder<unknown>): Key => ({
    type: 'bigint',
    of: sql`coalesce((${of})::bigint, ${sql.lit(backwards ? low : high)}::bigint)`,
  })
  const day = (column: string): Key => ({
    type: 'date',
    of: sql`coalesce(${sql.ref(`l.${column}`)}, ${sql.lit(backwards ? '-infinity' : 'infinity')}::date)`,
  })
  const position = (values: readonly string[], column: string) =>
    number(sql`array_position(array[${sql.join(values.map((value) => sql.lit(value)))}]::text[],
      ${sql.ref(`l.${column}`)} collate "C")`)
  switch (sort) {
    case 'code':
      return { type: 'text', of: sql`l.code` }
    case 'name':
      return { type: 'text', of: sql`l.sort_name` }
    case 'shortName':
      return text('short_name')
    case 'industry':
    case 'region':
    case 'department':
    case 'salesperson':
      return text(sort)
    case 'grade':
      // The worst grade is the lowest, as with scores.
      return position([...grades].reverse(), 'grade')
    case 'status':
      return position(['open', 'watch', 'blocked', 'frozen'], 'status')
    case 'currency':
      return { type: 'text', of: sql`l.currency::text` }
    case 'score':
      return number(sql`l.score_hundredths`)
    case 'openHolds':
      return number(sql`l.open_holds`)
    case 'ratedOn':
      return day('rated_on')
    case 'limitToOn':
      return day('limit_to_on')
    case 'closedOn':
      return day('closed_on')
    case 'exposure':
      return { type: 'bigint', of: sql`coalesce(l.base_exposure_minor, -1)` }
    case 'overdue':
      return { type: 'bigint', of: sql`coalesce(l.base_overdue_minor, -1)` }
    case 'limit':
    case 'available':
    case 'open':
      return number(sql`${sql.ref(`l.base_${sort}_minor`)}`)
    case 'utilisation':
      return number(sql`l.utilisation_bps`)
    case 'daysOverdue':
      // The longest overdue is the earliest day, so the days run the other way.
      return number(sql`date '9999-12-31' - l.overdue_since_on`)
  }
}
