import assert from 'node:assert/strict'
import { it } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import { outcomeOf } from '#kernel/model/outcome.ts'
import { cny, paidHistory } from '#kernel/receivable/history-for.test.ts'

const on = day('2026-03-31')
const label = { thresholdDays: 30, horizonDays: 90 }

// The horizon ends on 2026-06-29. An invoice due on 2026-04-10 is 31 days overdue on 2026-05-11.
const stories: readonly (readonly [
  string,
  readonly (readonly [string, string, string | null])[],
  string,
])[] = [
  ['paid on the 30th day overdue', [['2026-03-01', '2026-04-10', '2026-05-10']], 'good'],
  ['paid on the 31st', [['2026-03-01', '2026-04-10', '2026-05-11']], 'bad'],
  ['never paid', [['2026-03-01', '2026-04-10', null]], 'bad'],
  ['31 days overdue on the last day', [['2026-03-01', '2026-05-29', null]], 'bad'],
  ['31 days overdue on the day after', [['2026-03-01', '2026-05-30', null]], 'good'],
  [
    'bad on an invoice of later',
    [
      ['2026-03-01', '2026-03-05', '2026-03-05'],
      ['2026-04-01', '2026-04-15', null],
    ],
    'bad',
  ],
  ['overdue already, not beyond', [['2026-01-01', '2026-03-10', '2026-04-01']], 'good'],
  ['beyond on the day itself', [['2026-01-01', '2026-02-28', '2026-04-01']], 'bad-already'],
  ['beyond once, paid long ago', [['2025-06-01', '2025-07-01', '2025-12-01']], 'good'],
  ['last invoice over a year ago', [['2025-03-01', '2025-03-10', '2025-03-10']], 'inactive'],
  ['first invoice after the day', [['2026-04-01', '2026-04-05', null]], 'inactive'],
]

for (const [name, invoices, outcome] of stories) {
  it(`${name}: ${outcome}`, () => {
    const history = paidHistory(invoices.map(([...dates]) => [...dates, 100_00n] as const))
    assert.equal(outcomeOf(history, on, label, { currency: cny, convert: () => null }), outcome)
  })
}
