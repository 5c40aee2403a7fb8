import { type Day, day } from '#kernel/calendar/day.ts'

/** Writing a date costs as much as a credit check may: it is done once a second and time zone. */
const days = new Map<string, { second: number; day: Day }>()

/** The company's day: the one place where the clock is read as a date. */
export function todayIn(timeZone: string): Day {
  const second = Math.floor(Date.now() / 1000)
  const known = days.get(timeZone)
  if (known?.second === second) return known.day
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const today = day(format.format(second * 1000))
  days.set(timeZone, { second, day: today })
  return today
}

/** The day on which a moment, as the database tells it, falls in a time zone. */
export function dayIn(timeZone: string, moment: string): Day {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  return format.format(new Date(moment)) as Day
}
