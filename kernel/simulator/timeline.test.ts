import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import { openTimeline } from '#kernel/simulator/timeline.ts'

const timeline = openTimeline(day('2024-01-01'), day('2025-12-31'))
const indexOf = (text: string) => timeline.days.indexOf(day(text))
const nextWorking = (text: string) => timeline.days[timeline.nextWorking[indexOf(text)] ?? -1]

test('days off move to the next working day', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a Wednesday', '2024-03-06', '2024-03-06'],
    ['a Saturday', '2024-03-09', '2024-03-11'],
    ['New Year', '2024-01-01', '2024-01-02'],
    ['Spring Festival', '2024-02-10', '2024-02-19'],
    ['Labour Day', '2025-05-01', '2025-05-05'],
    ['National Day', '2024-10-01', '2024-10-08'],
  ]
  for (const [why, from, to] of cases) assert.equal(nextWorking(from), to, why)
})

test('business is 1 on average, none on days off, little around Spring Festival', () => {
  const within = timeline.busyness.slice(0, timeline.length)
  const average = within.reduce((a, b) => a + b, 0) / timeline.length
  assert.ok(Math.abs(average - 1) < 0.03, String(average))
  assert.equal(timeline.busyness[indexOf('2024-03-09')], 0)
  const lull = timeline.busyness[indexOf('2024-02-20')] ?? 0
  assert.ok(lull > 0 && lull * 2 < (timeline.busyness[indexOf('2024-03-06')] ?? 0))
})

test('the last day counts and what is due later still has a day', () => {
  assert.equal(timeline.length, 731)
  assert.equal(timeline.days[timeline.length - 1], '2025-12-31')
  assert.equal(timeline.days[timeline.monthEnd[indexOf('2026-02-05')] ?? -1], '2026-02-28')
})

test('a simulation that ends before it begins is a bug', () => {
  assert.throws(() => openTimeline(day('2024-01-02'), day('2024-01-01')), /simulation lasts/)
})
