import { type RawBuilder, sql } from 'kysely'
import type { AgeingTerms } from '#kernel/receivable/ageing.ts'
import { list } from '#server/platform/database.ts'

export const creditColumn = -1
export const notDueColumn = 0

/**
 * The column of the ageing table that a row of `part` falls into: -1 for unapplied credits, 0 for
 * not due, otherwise the position of its bucket. The SQL twin of the kernel's `ageingOf`.
 */
export function ageingColumn({ asOf, by, buckets }: AgeingTerms): RawBuilder<number> {
  const from = by === 'due' ? sql`due_on` : sql`day`
  const starts = list(buckets.buckets.map((bucket) => bucket.from))
  const age =
    buckets.unit === 'days' ? sql`${asOf}::date - ${from}` : startedYears(from, asOf, by === 'due')
  return sql<number>`case when credit then ${sql.lit(creditColumn)}
    else width_bucket(${age}, ${starts}::integer[]) end`
}

// The first year lasts until and with the anniversary; what is due today is in no year yet.
function startedYears(
  from: RawBuilder<unknown>,
  asOf: string,
  isFromDueDay: boolean,
): RawBuilder<unknown> {
  const year = (of: RawBuilder<unknown>) => sql`extract(year from ${of})::integer`
  const inYear = (of: RawBuilder<unknown>) =>
    sql`extract(month from ${of}) * 100 + extract(day from ${of})`
  const to = sql`${asOf}::date`
  const started = sql`greatest(1, ${year(to)} - ${year(from)}
    + (${inYear(to)} > ${inYear(from)})::integer)`
  return isFromDueDay ? sql`case when ${to} > ${from} then ${started} else 0 end` : started
}
