import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Formula } from '#kernel/formula/check-formula.ts'
import { formulaSql } from '#kernel/formula/formula-sql.ts'
import { decimals, type FormulaType } from '#kernel/formula/formula-type.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type {
  DefinedIndicator,
  DefinedIndicators,
} from '#kernel/indicator/prepare-indicator-formulas.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { type Database, list } from '#server/platform/database.ts'

/** How often each value is there; null is missing. */
export type SpreadRow = {
  readonly at: string | null
  readonly value: string | null
  readonly count: number
}

type Asked = {
  readonly partyIds: readonly string[]
  readonly asOf: Day
  readonly formula: Formula
  /** What the formula reads, itself or through others. */
  readonly read: readonly Indicator[]
  readonly through: readonly DefinedIndicator[]
  readonly scope: DefinedIndicators
}

const patienceMs = '2000'
const alike = 6

/**
 * How the values of a formula spread over customers, worked out where their stored indicators are.
 * Figures come as whole numbers of `10^-decimals`, at their quarters; texts with how many have each.
 */
export function formulaSpread(db: Database, asked: Asked): Promise<SpreadRow[]> {
  const values = sql`select ${sql.raw(formulaSql(asked.formula, quoted))} as v from ${rowsOf(asked)}`
  const { kind } = asked.formula.type
  const isCounted = kind === 'text' || kind === 'choice' || kind === 'yes-no'
  return db.snapshot(async (reader) => {
    await reader.rows(sql`select set_config('statement_timeout', ${patienceMs}, true)`)
    return isCounted
      ? reader.rows(sql<SpreadRow>`
          select null as at, v::text as value, count(*)::integer as count from (${values}) r
          group by v order by v is not null, count(*) desc, v limit ${alike}`)
      : reader.rows(sql<SpreadRow>`
          with r as materialized (${values})
          select null as at, null as value, count(*)::integer as count from r where v is null
          union all
          select at, value, count from (
            select q as at, ${wholeText(asked.formula.type)} as value, n::integer as count, q
            from (select percentile_disc(array[0, 0.25, 0.5, 0.75, 1]) within group (order by v) as vs,
                count(*) as n from r where v is not null) s
            cross join lateral unnest(vs, array['0', '25', '50', '75', '100']) as u (v, q)
            where n > 0 order by q::integer) s`)
  })
}

function wholeText({ kind }: FormulaType) {
  return kind === 'day' ? sql`u.v::text` : sql`trunc(u.v * ${sql.lit(10 ** decimals)})::text`
}

/** The latest stored indicators of each customer as formulas see them. */
function rowsOf({ asOf, partyIds, read, scope, through }: Asked) {
  const { currency } = scope
  const stored = sql.join([sql`currency`, ...read.map(({ id }) => sql.id(id))])
  const seen = sql.join([
    sql`1 as there`,
    ...read.map((each) => sql`${sql.raw(asFormulaSees(each, currency))} as ${sql.id(each.id)}`),
  ])
  const steps = through.map(
    ({ formula, indicator }, place) =>
      // Without offset the database writes each formula into all that read it.
      sql`cross join lateral (select ${sql.raw(rounded(formulaSql(formula, quoted), indicator, currency))}
        as ${sql.id(indicator.id)} offset 0) ${sql.id(`step_${place}`)}`,
  )
  const isForeign = read.some(({ unit }) => unit === 'money')
  return sql`(
    select ${seen} from unnest(${list(partyIds)}::uuid[]) as wanted (party)
    cross join lateral (
      select ${stored} from indicator.snapshot where party_id = wanted.party and as_of_on <= ${asOf}
      order by as_of_on desc, recorded_at desc, id desc limit 1) s
    where ${isForeign ? sql`currency = ${currency}` : sql`true`} offset 0) b
    ${sql.join(steps, sql` `)}`
}

function asFormulaSees({ decimals: own, id, unit }: Indicator, currency: Currency): string {
  if (unit === 'text') return quoted(id)
  if (unit === 'yes-no') return `(${quoted(id)} <> 0)`
  const places = unit === 'money' ? exponentOf(currency) : own
  return `${quoted(id)}::numeric * ${places === 0 ? '1' : `0.${'1'.padStart(places, '0')}`}`
}

function rounded(
  expression: string,
  { decimals: own, unit }: Indicator,
  currency: Currency,
): string {
  if (unit === 'text' || unit === 'yes-no') return expression
  return `round((${expression})::numeric, ${unit === 'money' ? exponentOf(currency) : own})`
}

const quoted = (id: string) => `"${id}"`
