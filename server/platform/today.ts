import { type Day, day } from '#kernel/calendar/day.ts'

/** The company's day: the one place where the clock is read as a date. */
export function todayIn(timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format()
  return day(parts)
}
