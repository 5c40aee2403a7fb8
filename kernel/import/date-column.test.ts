import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fromEpochDay, partsOf } from '#kernel/calendar/day.ts'
import { type DateColumn, watchDateColumn } from '#kernel/import/date-column.ts'
import { settleDateOrder } from '#kernel/import/settle-date-order.ts'

function columnOf(...cells: readonly string[]): DateColumn {
  const reader = watchDateColumn()
  cells.forEach((cell, index) => {
    reader.feed(cell, index + 2)
  })
  return reader.column()
}

function told(column: DateColumn): string {
  return column.kind === 'shape' ? column.shape : column.kind
}

describe('a column of dates', () => {
  const cases: readonly [sentence: string, cells: readonly string[], outcome: string][] = [
    ['is empty without a filled cell', ['', ' '], 'empty'],
    [
      'may mix whatever is read one way only',
      ['2024-01-31', '2024年2月1日', '3 Mar 2024'],
      'year-first',
    ],
    ['is month first where one cell allows nothing else', ['1/2/2013', '1/26/2013'], 'month-first'],
    ['is day first where one cell allows nothing else', ['1/2/2013', '26/1/2013'], 'day-first'],
    ['is asked about where every cell reads both ways', ['1/2/2013', '3/4/2013'], 'ambiguous'],
    ['is not asked about where both ways are the same day', ['1/1/2013', '2/2/2013'], 'day-first'],
    ['is mixed where cells contradict each other', ['13/1/2013', '1/13/2013'], 'mixed'],
    ['is mixed where a spreadsheet swapped what it could', ['2024-01-02', '13/01/2024'], 'mixed'],
    ['is asked about with years of two digits', ['01/02/03'], 'ambiguous'],
    ['is a column of serials where all are plausible', ['45322', '45323'], 'serial'],
    ['holds no dates where most cells are none', ['abc', 'def', '2024-01-01'], 'not-dates'],
    ['stands in spite of a wrong cell', ['2024-01-01', '2024-01-02', 'soon'], 'year-first'],
  ]
  for (const [sentence, cells, outcome] of cases) {
    it(sentence, () => assert.equal(told(columnOf(...cells)), outcome))
  }

  it('tells the rows that its shape does not read', () => {
    const column = columnOf('1/26/2013', '2/3/2013', '2/31/2013', 'soon')
    assert.equal(column.kind, 'shape')
    if (column.kind !== 'shape') return
    assert.equal(column.unread, 2)
    assert.deepEqual(
      column.firstUnread.map((example) => example.row),
      [4, 5],
    )
  })

  it('stands against one contradiction in a hundred and more', () => {
    const cells = Array.from({ length: 300 }, (_, at) => `1/${13 + (at % 19)}/2024`)
    assert.equal(told(columnOf(...cells, '13/1/2024')), 'month-first')
  })

  it('shows both readings when it asks', () => {
    const column = columnOf('5/5/2013', '1/2/2013')
    assert.equal(column.kind, 'ambiguous')
    if (column.kind !== 'ambiguous') return
    assert.equal(column.example.text, '1/2/2013')
    assert.deepEqual(column.readings, [
      { shape: 'day-first', day: '2013-02-01' },
      { shape: 'month-first', day: '2013-01-02' },
    ])
  })

  it('never takes an order that misreads days written in the other', () => {
    const days = fc.array(fc.integer({ min: 15_000, max: 20_000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(days, fc.boolean(), (epochDays, monthFirst) => {
        const dates = epochDays.map(fromEpochDay)
        const column = columnOf(
          ...dates.map((date) => {
            const { year, month, dayOfMonth } = partsOf(date)
            return monthFirst ? `${month}/${dayOfMonth}/${year}` : `${dayOfMonth}/${month}/${year}`
          }),
        )
        const wrong = monthFirst ? 'day-first' : 'month-first'
        const swaps = dates.every((date) => partsOf(date).month === partsOf(date).dayOfMonth)
        assert.ok(swaps || told(column) !== wrong)
      }),
    )
  })
})

describe('the date columns of one file', () => {
  const open = columnOf('1/2/2013', '3/4/2013')
  const monthFirst = columnOf('1/26/2013')
  const dayFirst = columnOf('26/1/2013')

  it('an open column takes the order of another written alike', () => {
    const settled = settleDateOrder([
      { field: 'invoiceOn', column: open },
      { field: 'dueOn', column: monthFirst },
    ])
    assert.deepEqual(settled[0], {
      kind: 'taken-from',
      field: 'invoiceOn',
      shape: 'month-first',
      evidence: 'dueOn',
    })
  })

  it('an open column is asked about where the others disagree', () => {
    const settled = settleDateOrder([
      { field: 'invoiceOn', column: open },
      { field: 'dueOn', column: monthFirst },
      { field: 'settledOn', column: dayFirst },
    ])
    assert.equal(settled[0]?.kind, 'ask')
  })

  it('an open column is asked about where the other is written differently', () => {
    const dotted = columnOf('26.1.2013')
    const settled = settleDateOrder([
      { field: 'invoiceOn', column: open },
      { field: 'dueOn', column: dotted },
    ])
    assert.equal(settled[0]?.kind, 'ask')
  })
})
