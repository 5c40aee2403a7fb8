import { type Day, daysBetween, fromEpochDay, toEpochDay, weekdayOf } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import { at } from '#kernel/random/element-at.ts'

/**
 * The days of a simulation as indexes 0, 1, 2 … from its first day, with what business needs to
 * know of each. Arrays go on for some 500 days after the last one, for due and promised days.
 */
export type Timeline = {
  readonly from: Day
  readonly to: Day
  /** Facts happen on indexes below this. */
  readonly length: number
  readonly days: readonly Day[]
  /** Weekday of index 0: 0 for Monday to 6 for Sunday. */
  readonly firstWeekday: number
  /** The first working day at or after an index. */
  readonly nextWorking: Int32Array
  /** The index of the last calendar day of the index's month. */
  readonly monthEnd: Int32Array
  /** Calendar month, 0 to 11. */
  readonly month: Uint8Array
  readonly dayOfMonth: Uint8Array
  /** How busy the day is: 0 on days off, 1 on average over the year. */
  readonly busyness: Float64Array
  readonly busiest: number
}

const padding = 500

/** The mean length of a month of the Gregorian calendar. */
export const daysPerMonth = 30.4375

/** Lays out the days from `from` to `to`, both included; at most 30 years. */
export function openTimeline(from: Day, to: Day): Timeline {
  const length = daysBetween(from, to) + 1
  invariant(length > 0 && length < 11_000, 'a simulation lasts between a day and thirty years')
  const size = length + padding
  const first = toEpochDay(from)
  const days: Day[] = []
  const month = new Uint8Array(size)
  const dayOfMonth = new Uint8Array(size)
  for (let i = 0; i < size; i++) {
    const date = fromEpochDay(first + i)
    days.push(date)
    month[i] = Number(date.slice(5, 7)) - 1
    dayOfMonth[i] = Number(date.slice(8, 10))
  }
  const nextWorking = new Int32Array(size)
  const monthEnd = new Int32Array(size)
  for (let i = size - 1; i >= 0; i--) {
    const last = i === size - 1
    nextWorking[i] = last || isWorking(days, first, i) ? i : at(nextWorking, i + 1)
    monthEnd[i] = last || month[i] !== month[i + 1] ? i : at(monthEnd, i + 1)
  }
  const { busyness, busiest } = busynessOf(days, nextWorking, monthEnd)
  const firstWeekday = weekdayOf(from) - 1
  const known = { from, to, length, days, firstWeekday, nextWorking, monthEnd, month, dayOfMonth }
  return { ...known, busyness, busiest }
}

/** The index of the n-th month of the simulation, counted in mean months of 30.4375 days. */
export function monthStart(month: number): number {
  return Math.round(month * daysPerMonth)
}

/** The inverse of `monthStart`: which month of the simulation a day belongs to. */
export function monthOf(index: number): number {
  return Math.max(0, Math.floor(index / daysPerMonth))
}

export function monthsIn(timeline: Timeline): number {
  return monthOf(timeline.length + padding) + 1
}

// New Year's Day of the Chinese calendar, as published by the Purple Mountain Observatory.
const springFestivals: ReadonlySet<string> = new Set(
  (
    '2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 ' +
    '2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 ' +
    '2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08'
  ).split(' '),
)

function isWorking(days: readonly Day[], first: number, index: number): boolean {
  if ((first + index + 3) % 7 >= 5) return false
  const text = at(days, index).slice(5)
  if (text === '01-01' || (text >= '05-01' && text <= '05-03')) return false
  if (text >= '10-01' && text <= '10-07') return false
  const festival = daysFromFestival(days, index)
  return festival < -1 || festival > 6
}

/** Days after the nearest Spring Festival within a month; 99 where there is none. */
function daysFromFestival(days: readonly Day[], index: number): number {
  for (let away = -14; away <= 20; away++) {
    const day = days[index - away]
    if (day !== undefined && springFestivals.has(day)) return away
  }
  return 99
}

function busynessOf(
  days: readonly Day[],
  nextWorking: Int32Array,
  monthEnd: Int32Array,
): { busyness: Float64Array; busiest: number } {
  const busyness = new Float64Array(days.length)
  let total = 0
  for (let i = 0; i < days.length; i++) {
    if (nextWorking[i] !== i) continue
    const festival = daysFromFestival(days, i)
    const lull = festival >= -8 && festival <= 14 ? 0.35 : 1
    const monthEndRush = at(monthEnd, i) - i <= 5 ? 1.3 : 1
    busyness[i] = lull * monthEndRush
    total += lull * monthEndRush
  }
  const scale = total === 0 ? 1 : days.length / total
  let busiest = 0
  for (let i = 0; i < days.length; i++) {
    busyness[i] = at(busyness, i) * scale
    busiest = Math.max(busiest, at(busyness, i))
  }
  return { busyness, busiest }
}
