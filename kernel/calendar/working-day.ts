import { addDays, type Day, weekdayOf } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'

/** Which days are worked: rest days of the week, holidays, and rest days worked to make up. */
export type WorkingCalendar = {
  /** ISO weekdays without work: 6 and 7 in China. Not all seven. */
  readonly restWeekdays: ReadonlySet<number>
  readonly holidays: ReadonlySet<Day>
  /** Days worked although they fall on a rest day (调休上班); they win over a holiday. */
  readonly makeUpDays: ReadonlySet<Day>
}

/** Saturdays and Sundays off, no holidays: what is left where a year's holidays are unknown. */
export const weekendsOnly: WorkingCalendar = {
  restWeekdays: new Set([6, 7]),
  holidays: new Set(),
  makeUpDays: new Set(),
}

/** True where the calendar works on the day. */
export function isWorkingDay(calendar: WorkingCalendar, date: Day): boolean {
  if (calendar.makeUpDays.has(date)) return true
  return !calendar.holidays.has(date) && !calendar.restWeekdays.has(weekdayOf(date))
}

/** The day itself where it is worked, else the first working day after it. */
export function nextWorkingDay(calendar: WorkingCalendar, date: Day): Day {
  return firstWorkingDay(calendar, date, 1)
}

/** The day itself where it is worked, else the last working day before it. */
export function previousWorkingDay(calendar: WorkingCalendar, date: Day): Day {
  return firstWorkingDay(calendar, date, -1)
}

/**
 * The day that lies so many working days later (earlier for a negative count), the starting day
 * not counted; zero gives the day itself, worked or not, as WORKDAY does in a spreadsheet.
 */
export function addWorkingDays(calendar: WorkingCalendar, date: Day, count: number): Day {
  invariant(Number.isSafeInteger(count), 'working days are counted in whole numbers')
  const step = count < 0 ? -1 : 1
  let reached = date
  for (let left = Math.abs(count); left > 0; left--) {
    reached = firstWorkingDay(calendar, addDays(reached, step), step)
  }
  return reached
}

// No calendar of the world rests a year through; a longer search is a wrong calendar.
const longestRestDays = 366

function firstWorkingDay(calendar: WorkingCalendar, from: Day, step: 1 | -1): Day {
  let date = from
  for (let tried = 0; tried <= longestRestDays; tried++) {
    if (isWorkingDay(calendar, date)) return date
    date = addDays(date, step)
  }
  invariant(false, `a working day lies within a year of ${from}`)
}
