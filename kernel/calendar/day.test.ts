import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  addMonths,
  type Day,
  day,
  dayOf,
  daysBetween,
  daysInMonth,
  earlierOf,
  endOfMonth,
  fromEpochDay,
  laterOf,
  monthsBetween,
  parseDay,
  partsOf,
  startOfMonth,
  toEpochDay,
  weekdayOf,
} from '#kernel/calendar/day.ts'

const texts: readonly (readonly [text: string, isDay: boolean])[] = [
  ['2024-02-29', true],
  ['2000-02-29', true],
  ['0001-01-01', true],
  ['9999-12-31', true],
  ['2023-02-29', false],
  ['1900-02-29', false],
  ['2024-04-31', false],
  ['2024-00-10', false],
  ['2024-13-10', false],
  ['2024-01-00', false],
  ['0000-01-01', false],
  ['2024-1-1', false],
  ['2024/01/01', false],
  ['2024-01-01T00:00', false],
  ['', false],
]

for (const [text, isDay] of texts) {
  test(`"${text}" ${isDay ? 'is' : 'is not'} a day`, () => {
    assert.equal(parseDay(text), isDay ? text : null)
  })
}

test('text that should have been a day and is none is a broken invariant', () => {
  assert.throws(() => day('2023-02-29'), /is a day/)
})

const first = toEpochDay(day('0001-01-01'))
const last = toEpochDay(day('9999-12-31'))
const anyEpochDay = fc.integer({ min: first, max: last })
const anyDay: fc.Arbitrary<Day> = anyEpochDay.map(fromEpochDay)

/** The platform's own calendar, which the kernel may not use. */
const oracle = (epochDay: number) => new Date(epochDay * 86_400_000)

test('days and epoch days agree with the platform over ten thousand years', () => {
  assert.equal(toEpochDay(day('1970-01-01')), 0)
  fc.assert(
    fc.property(anyEpochDay, (epochDay) => {
      const date = fromEpochDay(epochDay)
      assert.equal(toEpochDay(date), epochDay)
      assert.equal(date, oracle(epochDay).toISOString().slice(0, 10))
      assert.equal(weekdayOf(date) % 7, oracle(epochDay).getUTCDay())
    }),
    { numRuns: 2000 },
  )
})

test('parts make the day again', () => {
  fc.assert(
    fc.property(anyDay, (date) => {
      const { year, month, dayOfMonth } = partsOf(date)
      assert.equal(dayOf(year, month, dayOfMonth), date)
      assert.equal(dayOf(year, month, daysInMonth(year, month)), endOfMonth(date))
      assert.equal(dayOf(year, month, 1), startOfMonth(date))
      assert.equal(dayOf(year, month, daysInMonth(year, month) + 1), null)
    }),
  )
})

test('a day order is a text order, and days between add up', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (a, b) => {
      assert.equal(a < b, toEpochDay(a) < toEpochDay(b))
      assert.equal(addDays(a, daysBetween(a, b)), b)
      assert.deepEqual([earlierOf(a, b), laterOf(a, b)], [a, b].sort())
    }),
  )
})

const months: readonly (readonly [from: string, months: number, to: string])[] = [
  ['2024-01-31', 1, '2024-02-29'],
  ['2023-01-31', 1, '2023-02-28'],
  ['2024-01-31', 2, '2024-03-31'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2024-03-31', -1, '2024-02-29'],
  ['2024-01-15', -1, '2023-12-15'],
  ['2024-01-15', -13, '2022-12-15'],
  ['2024-12-15', 1, '2025-01-15'],
]

for (const [from, count, to] of months) {
  test(`${count} months from ${from} is ${to}`, () => {
    assert.equal(addMonths(day(from), count), to)
  })
}

test('full months between two days are the most that fit', () => {
  const dayOfEra = fc.integer({ min: -40_000, max: 40_000 }).map(fromEpochDay)
  fc.assert(
    fc.property(dayOfEra, dayOfEra, (from, to) => {
      const between = monthsBetween(from, to)
      if (to <= from) return assert.equal(between, 0)
      assert.ok(addMonths(from, between) <= to)
      assert.ok(addMonths(from, between + 1) > to)
    }),
  )
})

test('the 31st to the end of February is a full month, one day earlier is none', () => {
  assert.equal(monthsBetween(day('2024-01-31'), day('2024-02-29')), 1)
  assert.equal(monthsBetween(day('2024-01-31'), day('2024-02-28')), 0)
})
