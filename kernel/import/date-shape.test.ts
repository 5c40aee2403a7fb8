import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Day, day, fromEpochDay, partsOf } from '#kernel/calendar/day.ts'
import { type DateShape, readDate } from '#kernel/import/date-shape.ts'

describe('a date cell', () => {
  const cases: readonly [text: string, shape: DateShape, day: string | null][] = [
    ['2024-01-31', 'year-first', '2024-01-31'],
    ['2024/1/31', 'year-first', '2024-01-31'],
    ['2024.1.5', 'year-first', '2024-01-05'],
    ['2024年1月31日', 'year-first', '2024-01-31'],
    ['2024 年 1 月 31 日', 'year-first', '2024-01-31'],
    ['20240131', 'year-first', '2024-01-31'],
    ['20240131.0', 'year-first', '2024-01-31'],
    ['20240131103000', 'year-first', '2024-01-31'],
    ['２０２４－０１－３１', 'year-first', '2024-01-31'],
    ['2020-03-19 00:00:00.000000000', 'year-first', '2020-03-19'],
    ['2024-01-31T23:30:00-08:00', 'year-first', '2024-01-31'],
    ['2024-01-31T23:30:00Z', 'year-first', '2024-01-31'],
    ['2024/1/31 9:05', 'year-first', '2024-01-31'],
    ['="2024-01-31"', 'year-first', '2024-01-31'],
    ["'2024-01-31", 'year-first', '2024-01-31'],
    ['`2024-01-31 10:00:00', 'year-first', '2024-01-31'],
    [' 2024-01-31\t', 'year-first', '2024-01-31'],
    ['Jan 31, 2024', 'year-first', '2024-01-31'],
    ['January 31 2024', 'year-first', '2024-01-31'],
    ['31-Jan-24', 'year-first', '2024-01-31'],
    ['31 Jan 2024', 'year-first', '2024-01-31'],
    ['Wed, 31 Jan 2024', 'year-first', '2024-01-31'],
    ['1st March 2024', 'year-first', '2024-03-01'],
    ['31/1/2024', 'day-first', '2024-01-31'],
    ['1/31/2024', 'month-first', '2024-01-31'],
    ['1/31/24', 'month-first', '2024-01-31'],
    ['12/31/2024 5:06 PM', 'month-first', '2024-12-31'],
    ['24/01/31', 'short-year-first', '2024-01-31'],
    ['1/2/2024', 'day-first', '2024-02-01'],
    ['1/2/2024', 'month-first', '2024-01-02'],
    ['1/2/69', 'month-first', '1969-01-02'],
    ['45322', 'serial', '2024-01-31'],
    ['45322.75', 'serial', '2024-01-31'],
    ['45322', 'year-first', null],
    ['1/2/2024', 'year-first', null],
    ['31/1/2024', 'month-first', null],
    ['2023-02-29', 'year-first', null],
    ['2024-02-30', 'year-first', null],
    ['2024-13-01', 'year-first', null],
    ['2024-1/31', 'year-first', null],
    ['2024-01-31 to 2024-02-28', 'year-first', null],
    ['31 Foo 2024', 'year-first', null],
    ['31 Marble 2024', 'year-first', null],
    ['合计', 'year-first', null],
    ['', 'year-first', null],
  ]
  for (const [text, shape, expected] of cases) {
    it(`"${text}" read ${shape} is ${expected ?? 'no day'}`, () => {
      assert.equal(readDate(shape, text), expected)
    })
  }

  it('is read back whatever way it was written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 7305, max: 47_000 }),
        fc.constantFrom(...writers),
        (epochDay, [shape, write]) => {
          const date = fromEpochDay(epochDay)
          assert.equal(readDate(shape, write(date)), date)
        },
      ),
    )
  })

  it('is never read into a day that it does not spell', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...shapes), (text, shape) => {
        const found = readDate(shape, text)
        if (found !== null) assert.equal(day(found), found)
      }),
    )
  })
})

const shapes: readonly DateShape[] = [
  'year-first',
  'day-first',
  'month-first',
  'short-year-first',
  'serial',
]

const writers: readonly (readonly [DateShape, (date: Day) => string])[] = [
  ['year-first', (date) => date],
  ['year-first', (date) => date.replaceAll('-', '')],
  ['year-first', (date) => `${date} 12:30:00`],
  ['year-first', (date) => written(date, (y, m, d) => `${y}年${m}月${d}日`)],
  ['day-first', (date) => written(date, (y, m, d) => `${d}.${m}.${y}`)],
  ['month-first', (date) => written(date, (y, m, d) => `${m}/${d}/${y}`)],
]

function written(date: Day, write: (y: number, m: number, d: number) => string): string {
  const { year, month, dayOfMonth } = partsOf(date)
  return write(year, month, dayOfMonth)
}
