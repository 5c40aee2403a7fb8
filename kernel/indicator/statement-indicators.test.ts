import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import type { IndicatorValue } from '#kernel/indicator/indicator.ts'
import { checkStatement, type Statement, statementLines } from '#kernel/indicator/statement.ts'
import {
  statementIndicators,
  statementIndicatorsOf,
} from '#kernel/indicator/statement-indicators.ts'
import { cny, usd } from '#kernel/receivable/history-for.test.ts'

const lines = {
  cash: 100n,
  accounts_receivable: 200n,
  inventories: 150n,
  current_assets: 500n,
  non_current_assets: 500n,
  total_assets: 1000n,
  current_liabilities: 300n,
  non_current_liabilities: 100n,
  total_liabilities: 400n,
  equity: 600n,
  surplus_reserve: 50n,
  undistributed_profit: 150n,
  revenue: 2000n,
  cost_of_sales: 1500n,
  interest_expense: 20n,
  profit_before_tax: 100n,
  income_tax: 25n,
  net_profit: 75n,
  operating_cash_flow: 90n,
  investing_cash_flow: -40n,
  financing_cash_flow: -30n,
  net_increase_in_cash: 20n,
}
const sound: Statement = { currency: cny, closedOn: day('2024-12-31'), months: 12, lines }
const earlier: Statement = { ...sound, lines: { ...lines, total_assets: 500n, revenue: 1600n } }
const without = (...gone: (keyof typeof lines)[]): Statement => {
  const left = Object.entries(lines).filter(([id]) => !gone.some((line) => line === id))
  return { ...sound, lines: Object.fromEntries(left) }
}

describe('a sound statement gives', () => {
  const expected: [id: string, value: IndicatorValue][] = [
    ['current_ratio', 16667n],
    ['quick_ratio', 11667n],
    ['debt_to_assets', 4000n],
    ['gross_margin', 2500n],
    ['net_margin', 375n],
    ['return_on_assets', 1000n], // 75 / ((500 + 1000) / 2)
    ['interest_cover', 60000n], // (100 + 20) / 20
    ['operating_cash_to_current_liabilities', 3000n],
    ['revenue_growth', 2500n],
    ['equity', 600n],
    // 6.56 × 0.2 + 3.26 × 0.2 + 6.72 × 0.12 + 1.05 × 1.5 = 4.3454
    ['altman_z2', 43454n],
    ['altman_z2_zone', 'safe'],
    // −4.336 − 4.513 × 0.075 + 5.679 × 0.4 + 0.004 × 5/3 = −2.3962…
    ['zmijewski', -23962n],
    ['zmijewski_zone', 'sound'],
  ]
  const values = statementIndicatorsOf(sound, earlier)
  for (const [id, value] of expected) it(`${id} ${value}`, () => assert.equal(values[id], value))
  it('and nothing else', () => {
    const ids = expected.map(([id]) => id)
    assert.deepEqual(Object.keys(values), ids)
    assert.deepEqual(
      statementIndicators.map(({ id }) => id),
      ids,
    )
  })
})

describe('an indicator of a statement', () => {
  const change = (parts: Partial<typeof lines>): Statement => ({
    ...sound,
    lines: { ...lines, ...parts },
  })
  const half = { ...sound, months: 6 }
  const cases: [name: string, id: string, value: IndicatorValue, Statement, Statement | null][] = [
    ['has no growth without an earlier one', 'revenue_growth', null, sound, null],
    ['has no growth against another length', 'revenue_growth', null, half, earlier],
    [
      'has no growth against another currency',
      'revenue_growth',
      null,
      sound,
      { ...earlier, currency: usd },
    ],
    ['takes closing assets where it is alone', 'return_on_assets', 750n, sound, null],
    ['makes half a year a whole one', 'return_on_assets', 1500n, half, null],
    [
      'makes cash of half a year yearly',
      'operating_cash_to_current_liabilities',
      6000n,
      half,
      null,
    ],
    ['leaves the margin of half a year', 'net_margin', 375n, half, null],
    ['makes earnings of half a year yearly', 'altman_z2', 51518n, half, null],
    [
      'has no cover without interest',
      'interest_cover',
      null,
      change({ interest_expense: 0n }),
      null,
    ],
    ['has no ratio without a line', 'current_ratio', null, without('current_assets'), null],
    [
      'has no ratio without a divisor',
      'current_ratio',
      null,
      change({ current_liabilities: 0n }),
      null,
    ],
    ['does without a surplus reserve', 'altman_z2', 41824n, without('surplus_reserve'), null],
    [
      'has no score without retained earnings',
      'altman_z2',
      null,
      without('undistributed_profit'),
      null,
    ],
    ['has no zone without a score', 'altman_z2_zone', null, without('total_assets'), null],
    ['is in the grey zone at 2.60', 'altman_z2_zone', 'grey', change({ equity: -65n }), null],
    ['is in distress below 1.10', 'altman_z2_zone', 'distress', change({ equity: -660n }), null],
    [
      'is in distress with debt over assets',
      'zmijewski_zone',
      'distress',
      change({ total_liabilities: 900n }),
      null,
    ],
    ['shows negative equity', 'equity', -5n, change({ equity: -5n }), null],
  ]
  for (const [name, id, value, statement, before] of cases) {
    it(`${id} ${name}`, () => assert.equal(statementIndicatorsOf(statement, before)[id], value))
  }

  it('uses finance costs where interest is not told', () => {
    const old = without('interest_expense')
    const told = { ...old, lines: { ...old.lines, finance_costs: 50n } }
    assert.equal(statementIndicatorsOf(old, null).interest_cover, null)
    assert.equal(statementIndicatorsOf(told, null).interest_cover, 30000n)
  })
})

describe('the cross-checks of a statement', () => {
  it('all agree on a sound one', () => {
    assert.deepEqual([...new Set(checkStatement(sound).map(({ kind }) => kind))], ['agrees'])
  })

  const off = (parts: object, tolerance = 0n) =>
    checkStatement({ ...sound, lines: { ...lines, ...parts } }, tolerance)
      .filter(({ kind }) => kind === 'differs')
      .map((found) => (found.kind === 'differs' ? `${found.check} ${found.differenceMinor}` : ''))
  const cases: [name: string, parts: object, differs: string[]][] = [
    ['equity', { equity: 590n }, ['assets-are-liabilities-and-equity 10']],
    ['non-current assets', { non_current_assets: 501n }, ['assets-are-current-and-non-current -1']],
    [
      'non-current liabilities',
      { non_current_liabilities: 90n },
      ['liabilities-are-current-and-non-current 10'],
    ],
    ['tax', { income_tax: 20n }, ['net-profit-is-after-tax -5']],
    ['cash', { net_increase_in_cash: 21n }, ['cash-increase-is-sum-of-flows 1']],
    ['a part of current assets', { inventories: 201n }, ['current-assets-hold-their-parts -1']],
  ]
  for (const [name, parts, differs] of cases) {
    it(`find wrong ${name} and the difference`, () => assert.deepEqual(off(parts), differs))
  }

  it('name both sides', () => {
    const [found] = checkStatement({ ...sound, lines: { ...lines, equity: 590n } })
    assert.deepEqual(found, {
      kind: 'differs',
      check: 'assets-are-liabilities-and-equity',
      left: { lines: ['total_assets'], minor: 1000n },
      right: { lines: ['total_liabilities', 'equity'], minor: 990n },
      differenceMinor: 10n,
    })
  })

  it('forgive what the tolerance covers', () => {
    assert.deepEqual(off({ equity: 590n }, 10n), [])
    assert.equal(off({ equity: 589n }, 10n).length, 1)
  })

  it('name the lines they lack', () => {
    const [found] = checkStatement(without('equity', 'total_assets'))
    const check = 'assets-are-liabilities-and-equity'
    assert.deepEqual(found, { kind: 'lines-missing', check, missing: ['total_assets', 'equity'] })
  })
})

it('names every line once', () => {
  assert.equal(new Set(statementLines.map(({ id }) => id)).size, statementLines.length)
})
