import { invariant } from '#kernel/invariant.ts'

/** A calendar day without time or zone, written `YYYY-MM-DD`. Days compare with `<` and `>`. */
export type Day = string & { readonly __brand: 'Day' }

/** A moment in UTC, written as ISO 8601 with `Z`. */
export type Instant = string & { readonly __brand: 'Instant' }

/** Reads `YYYY-MM-DD`; null where it is not a day of the Gregorian calendar (years 1 to 9999). */
export function parseDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return null
  return dayOf(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** As `parseDay`, for text that is known to be a day; throws otherwise. */
export function day(text: string): Day {
  const parsed = parseDay(text)
  invariant(parsed, `"${text}" is a day`)
  return parsed
}

/** The day of a year, month (1 to 12) and day of month; null where there is none. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return null
  if (dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return null
  return format(year, month, dayOfMonth)
}

export type DayParts = { year: number; month: number; dayOfMonth: number }

export function partsOf(date: Day): DayParts {
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    dayOfMonth: Number(date.slice(8, 10)),
  }
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days since 1970-01-01; negative before. After Howard Hinnant's `days_from_civil`. */
export function toEpochDay(date: Day): number {
  const { year, month, dayOfMonth } = partsOf(date)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * 146097 + dayOfEra + dayOfYear - 719468
}

/** The inverse of `toEpochDay`. */
export function fromEpochDay(epochDay: number): Day {
  const z = epochDay + 719468
  const era = Math.floor(z / 146097)
  const doe = z - era * 146097
  const yearOfEra = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  )
  const dayOfYear =
    doe - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return format(year, month, dayOfYear - Math.floor((153 * mp + 2) / 5) + 1)
}

/** Whole days from one day to another: positive when `to` is later. */
export function daysBetween(from: Day, to: Day): number {
  return toEpochDay(to) - toEpochDay(from)
}

export function addDays(date: Day, days: number): Day {
  return fromEpochDay(toEpochDay(date) + days)
}

/** The same day of a later (or earlier) month; the month's last day where it has no such day. */
export function addMonths(date: Day, months: number): Day {
  const { year, month, dayOfMonth } = partsOf(date)
  const index = year * 12 + month - 1 + months
  const newYear = Math.floor(index / 12)
  const newMonth = (index % 12) + 1
  return format(newYear, newMonth, Math.min(dayOfMonth, daysInMonth(newYear, newMonth)))
}

export function startOfMonth(date: Day): Day {
  return `${date.slice(0, 7)}-01` as Day
}

export function endOfMonth(date: Day): Day {
  const { year, month } = partsOf(date)
  return format(year, month, daysInMonth(year, month))
}

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekdayOf(date: Day): number {
  return ((((toEpochDay(date) + 3) % 7) + 7) % 7) + 1
}

/** Full calendar months from one day to another, 0 where `to` is not later. */
export function monthsBetween(from: Day, to: Day): number {
  if (to <= from) return 0
  const a = partsOf(from)
  const b = partsOf(to)
  const months = (b.year - a.year) * 12 + b.month - a.month
  return addMonths(from, months) > to ? months - 1 : months
}

export function earlierOf(a: Day, b: Day): Day {
  return a < b ? a : b
}

export function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function format(year: number, month: number, dayOfMonth: number): Day {
  const y = String(year).padStart(4, '0')
  return `${y}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}` as Day
}
