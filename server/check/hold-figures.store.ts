import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Reader } from '#server/platform/database.ts'

export type HoldFigures = {
  /** At the end of the day. */
  readonly waiting: bigint
  readonly opened30d: bigint
  readonly ended30d: bigint
  readonly medianTenths: bigint | null
  readonly p90Tenths: bigint | null
}

/**
 * How many documents waited at the end of a day, and for how many tenths of an hour those had waited
 * that were released or turned down within 30 days. What was given up or changed says nothing of how
 * fast we are.
 */
export async function holdFigures(db: Reader, on: Day, timeZone: string): Promise<HoldFigures> {
  const end = sql`((${on}::date + 1)::timestamp at time zone ${timeZone})`
  const begin = sql`((${on}::date - 29)::timestamp at time zone ${timeZone})`
  const tenths = sql`extract(epoch from closed_at - opened_at) / 360`
  const row = await db.row(sql<HoldFigures>`
    select
      (select count(*) from "check".hold where opened_at < ${end} and state in ('open', 'asked'))
        + (select count(*) from "check".hold where opened_at < ${end} and closed_at >= ${end})
        as waiting,
      (select count(*) from "check".hold where opened_at >= ${begin} and opened_at < ${end})
        as "opened30d",
      ended.count as "ended30d", ended.median as "medianTenths", ended.p90 as "p90Tenths"
    from (
      select count(*) as count,
        round(percentile_cont(0.5) within group (order by ${tenths}))::bigint as median,
        round(percentile_cont(0.9) within group (order by ${tenths}))::bigint as p90
      from "check".hold
      where closed_at >= ${begin} and closed_at < ${end} and state in ('released', 'rejected')
    ) ended`)
  return row ?? { waiting: 0n, opened30d: 0n, ended30d: 0n, medianTenths: null, p90Tenths: null }
}
