import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { guessColumns } from '#kernel/import/guess-columns.ts'
import { prepareRowReader } from '#kernel/import/read-row.ts'
import { parseCurrency } from '#kernel/money/currency.ts'

const currency = parseCurrency('CNY')
assert.ok(currency)

/** Reads one row under a header given as text. */
function read(
  header: string,
  row: string,
  power: number | null = null,
  samples: readonly (readonly string[])[] = [],
) {
  const headers = header.split(',')
  const cells = row.split(',')
  const guess = guessColumns('statements', headers, [cells, ...samples])
  if (guess.kind !== 'columns') return assert.fail(guess.kind)
  assert.ok(currency)
  const options = { headers, dateShapes: {}, unit: { power, currency: null }, currency }
  return prepareRowReader('statements', guess.columns, options)(cells)
}

const ends: readonly (readonly [text: string, day: string | null])[] = [
  ['2024-12-31', '2024-12-31'],
  ['2024/6/30', '2024-06-30'],
  ['2024年6月30日', '2024-06-30'],
  ['31/12/2024', '2024-12-31'],
  ['12/31/2024', '2024-12-31'],
  ['2024', '2024-12-31'],
  ['2024年度', '2024-12-31'],
  ['FY2024', '2024-12-31'],
  ['2024-02', '2024-02-29'],
  ['2024年6月', '2024-06-30'],
  ['2024Q3', '2024-09-30'],
  ['2024年第一季度', '2024-03-31'],
  ['2024H1', '2024-06-30'],
  ['2024年下半年', '2024-12-31'],
  ['2024-13', null],
  ['5/6/2024', null],
  ['someday', null],
]

describe('the end of a period', () => {
  for (const [text, day] of ends) {
    it(`${text} is ${day ?? 'none'}`, () => {
      const reading = read('customer code,period,total assets', `C1,${text},1`)
      const found =
        reading.kind === 'ok' && reading.record.kind === 'statement'
          ? reading.record.closedOn
          : null
      assert.equal(found, day)
      if (day === null) {
        assert.ok(reading.kind === 'bad')
        assert.deepEqual(
          reading.problems.map(({ code }) => code),
          ['not-a-date'],
        )
      }
    })
  }
})

describe('a row of a statement', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['holds a column for each line', 'customer code,period,资产总计,净利润', 'C1,2024,10,-2', ''],
    ['has figures in the unit of the file', 'customer code,period,资产总计', 'C1,2024,1', ''],
    ['is bad without any figure', 'customer code,period,资产总计', 'C1,2024,', 'no-lines'],
    ['is bad without a company', 'customer code,period,资产总计', ',2024,1', 'no-party'],
    [
      'is bad where it covers 40 months',
      'customer code,period,months,资产总计',
      'C1,2024,40,1',
      'months-unread',
    ],
  ]
  for (const [name, header, row, problem] of cases) {
    it(name, () => {
      const reading = read(header, row)
      const code = reading.kind === 'bad' ? reading.problems[0]?.code : ''
      assert.equal(code, problem)
    })
  }

  it('keeps its lines in minor units, negative ones too', () => {
    const reading = read('customer code,period,资产总计,净利润', 'C1,2024,10,-2', 4)
    assert.ok(reading.kind === 'ok' && reading.record.kind === 'statement')
    assert.deepEqual(reading.record.lines, { total_assets: 10_000_000n, net_profit: -2_000_000n })
  })

  it('is of no use where it tells a line that nothing asks for', () => {
    const known = [['C1', '2024', '总资产', '1']]
    const reading = read('customer code,period,line,amount', 'C1,2024,长期待摊费用,1', null, known)
    const other = read('customer code,period,line,amount', 'C1,2024,总资产,1')
    assert.ok(other.kind === 'ok' && other.record.kind === 'statement')
    assert.deepEqual(other.record.lines, { total_assets: 100n })
    assert.equal(reading.kind, 'skip')
  })
})
