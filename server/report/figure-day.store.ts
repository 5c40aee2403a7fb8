import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { FigureFacts } from '#kernel/report/figure-facts.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type FigureDay = FigureFacts & {
  readonly on: Day
  readonly unvaluedCurrencies: readonly string[]
}

export type RecordedDay = FigureDay & {
  /** The day on which the book said so. */
  readonly toldOn: Day
  readonly recordedAt: string
}

export function figureDays(db: Reader, days: readonly Day[]): Promise<RecordedDay[]> {
  return db.rows(sql<RecordedDay>`
    select day_on as "on", told_on as "toldOn", currency, receivable_minor as "receivableMinor",
      not_due_minor as "notDueMinor", overdue_minor as "overdueMinor",
      sales_12m_minor as "sales12mMinor", written_off_12m_minor as "writtenOff12mMinor",
      dso_hundredths as "dsoHundredths", dso_by as "dsoBy", limit_minor as "limitMinor",
      exposure_minor as "exposureMinor", holds_waiting as "holdsWaiting",
      holds_opened_30d as "holdsOpened30d", holds_ended_30d as "holdsEnded30d",
      hold_hours_median_tenths as "holdHoursMedianTenths",
      hold_hours_p90_tenths as "holdHoursP90Tenths",
      unvalued_currencies as "unvaluedCurrencies", recorded_at as "recordedAt"
    from report.figure_day where day_on = any(${list(days)}::date[]) order by day_on`)
}

/** The latest day up to one that figures were recorded for. */
export async function latestFigureDay(db: Reader, upTo: Day): Promise<Day | null> {
  const row = await db.row(sql<{ on: Day | null }>`
    select max(day_on) as "on" from report.figure_day where day_on <= ${upTo}`)
  return row?.on ?? null
}

/** Puts the row of a day in place of what was told of it before. */
export async function putFigureDay(tx: Transaction, row: FigureDay, toldOn: Day): Promise<void> {
  await tx.run(sql`delete from report.figure_day where day_on = ${row.on}`)
  await tx.run(sql`
    insert into report.figure_day (day_on, told_on, currency, receivable_minor,
      not_due_minor, overdue_minor, sales_12m_minor, written_off_12m_minor, dso_hundredths, dso_by,
      limit_minor, exposure_minor, holds_waiting, holds_opened_30d, holds_ended_30d,
      hold_hours_median_tenths, hold_hours_p90_tenths, unvalued_currencies)
    values (${row.on}, ${toldOn}, ${row.currency}, ${row.receivableMinor},
      ${row.notDueMinor}, ${row.overdueMinor}, ${row.sales12mMinor}, ${row.writtenOff12mMinor},
      ${row.dsoHundredths}, ${row.dsoBy}, ${row.limitMinor}, ${row.exposureMinor},
      ${row.holdsWaiting}, ${row.holdsOpened30d}, ${row.holdsEnded30d},
      ${row.holdHoursMedianTenths}, ${row.holdHoursP90Tenths},
      ${list(row.unvaluedCurrencies)}::text[])
    on conflict (day_on) do nothing`)
}
