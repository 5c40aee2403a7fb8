import { type Day, day } from '#kernel/calendar/day.ts'

/** Making a format costs more than a credit check may: there is one for each time zone. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** The company's day: the one place where the clock is read as a date. */
export function todayIn(timeZone: string): Day {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  formats.set(timeZone, format)
  return day(format.format())
}
