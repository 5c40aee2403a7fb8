import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day, fromEpochDay, weekdayOf } from '#kernel/calendar/day.ts'
import { chinaCalendar, coverage } from '#kernel/calendar/holidays-cn.ts'
import {
  addWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  weekendsOnly,
} from '#kernel/calendar/working-day.ts'

const inChina: readonly (readonly [date: string, worked: boolean, why: string])[] = [
  ['2022-12-31', false, 'the Saturday before New Year 2023'],
  ['2023-01-02', false, 'New Year'],
  ['2023-01-28', true, 'a Saturday worked after the Spring Festival'],
  ['2023-10-08', true, 'a Sunday worked after the National Day'],
  ['2024-02-09', true, "New Year's Eve of 2024, a working day by the notice"],
  ['2024-02-18', true, 'a Sunday worked after the Spring Festival'],
  ['2024-09-16', false, 'the Monday of the Mid-Autumn Festival'],
  ['2025-01-28', false, "New Year's Eve of 2025, a holiday since the reform"],
  ['2025-04-27', true, 'a Sunday worked before Labour Day'],
  ['2025-10-08', false, 'the eighth day of the joint holidays'],
  ['2025-10-09', true, 'the Thursday after them'],
  ['2026-01-04', true, 'a Sunday worked after New Year'],
  ['2026-02-23', false, 'the ninth day of the Spring Festival'],
  ['2026-02-28', true, 'a Saturday worked for it'],
  ['2026-11-28', false, 'a plain Saturday'],
  ['2027-10-01', true, 'a Friday of a year without a notice'],
  ['2027-10-02', false, 'a Saturday of a year without a notice'],
]

for (const [date, worked, why] of inChina) {
  test(`${date} is ${worked ? 'worked' : 'free'} in China: ${why}`, () => {
    assert.equal(isWorkingDay(chinaCalendar, day(date)), worked)
  })
}

test('every make-up workday of the notices falls on a weekend and is no holiday', () => {
  for (const date of chinaCalendar.makeUpDays) {
    assert.ok(weekdayOf(date) >= 6, date)
    assert.ok(!chinaCalendar.holidays.has(date), date)
  }
})

test('the statutory days are free in every year of the coverage', () => {
  assert.deepEqual(coverage, [2023, 2024, 2025, 2026])
  for (const year of coverage) {
    for (const monthDay of ['01-01', '05-01', '10-01', '10-02', '10-03']) {
      assert.ok(chinaCalendar.holidays.has(day(`${year}-${monthDay}`)), `${year}-${monthDay}`)
    }
  }
})

// Working days of each year: 365 or 366 less the weekends, less the holidays of the law that year
// that fall on weekdays or are made up for.
const workingDays: readonly (readonly [year: number, days: number])[] = [
  [2023, 249],
  [2024, 251],
  [2025, 248],
  [2026, 248],
]

for (const [year, expected] of workingDays) {
  test(`${year} has ${expected} working days`, () => {
    let worked = 0
    for (let date = day(`${year}-01-01`); date <= `${year}-12-31`; date = addDays(date, 1)) {
      if (isWorkingDay(chinaCalendar, date)) worked += 1
    }
    assert.equal(worked, expected)
  })
}

const anyDay = fc.integer({ min: 19_300, max: 20_800 }).map(fromEpochDay)
const anyCalendar = fc.constantFrom(chinaCalendar, weekendsOnly)

test('the next and the previous working day are worked with none between', () => {
  fc.assert(
    fc.property(anyCalendar, anyDay, (calendar, date) => {
      const next = nextWorkingDay(calendar, date)
      const previous = previousWorkingDay(calendar, date)
      assert.ok(previous <= date && date <= next)
      assert.ok(isWorkingDay(calendar, next) && isWorkingDay(calendar, previous))
      for (let between = addDays(previous, 1); between < next; between = addDays(between, 1)) {
        assert.ok(!isWorkingDay(calendar, between) || between === date)
      }
    }),
  )
})

function countWorked(from: Day, to: Day): number {
  let worked = 0
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
    if (isWorkingDay(chinaCalendar, date)) worked += 1
  }
  return worked
}

test('adding working days passes exactly so many, forwards and back', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (date, count) => {
      const reached = addWorkingDays(chinaCalendar, date, count)
      assert.ok(isWorkingDay(chinaCalendar, reached))
      assert.equal(countWorked(date, reached), count)
      const start = nextWorkingDay(chinaCalendar, date)
      const there = addWorkingDays(chinaCalendar, start, count)
      assert.equal(addWorkingDays(chinaCalendar, there, -count), start)
    }),
  )
})

test('zero working days stay where they are', () => {
  assert.equal(addWorkingDays(weekendsOnly, day('2026-11-28'), 0), '2026-11-28')
})

test('a calendar that never works is a broken invariant', () => {
  const never = { ...weekendsOnly, restWeekdays: new Set([1, 2, 3, 4, 5, 6, 7]) }
  assert.throws(() => nextWorkingDay(never, day('2026-11-28')), /working day lies within a year/)
})
