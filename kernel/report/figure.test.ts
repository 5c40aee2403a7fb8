import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCurrency } from '#kernel/money/currency.ts'
import { figureKinds, figureText } from '#kernel/report/figure.ts'
import { type FigureFacts, measureDso } from '#kernel/report/figure-facts.ts'

const CNY = parseCurrency('CNY') ?? assert.fail()

const facts: FigureFacts = {
  currency: CNY,
  receivableMinor: 900_00n,
  notDueMinor: 750_00n,
  overdueMinor: 250_00n,
  sales12mMinor: 4000_00n,
  writtenOff12mMinor: 50_00n,
  dsoHundredths: 4567n,
  dsoBy: 'count-back',
  limitMinor: 2000_00n,
  exposureMinor: 1500_00n,
  holdsWaiting: 3n,
  holdsOpened30d: 9n,
  holdsEnded30d: 7n,
  holdHoursMedianTenths: 45n,
  holdHoursP90Tenths: 301n,
}

const none: FigureFacts = {
  ...facts,
  ...{ notDueMinor: 0n, overdueMinor: 0n, limitMinor: 0n, sales12mMinor: 0n },
  ...{ dsoHundredths: null, dsoBy: null, exposureMinor: null },
  ...{ holdHoursMedianTenths: null, holdHoursP90Tenths: null },
}

function told(of: FigureFacts): Record<string, string | null> {
  return Object.fromEntries(
    figureKinds.map(({ id, unit, value }) => {
      const figure = value(of)
      return [id, figure === null ? null : figureText(figure, unit, of)]
    }),
  )
}

test('each figure is what its formula says', () => {
  assert.deepEqual(told(facts), {
    'bad-debt': '50.00',
    'overdue-share': '0.2500',
    dso: '45.67',
    utilisation: '0.4500',
    'orders-held': '3',
    'hold-hours-median': '4.5',
    'hold-hours-p90': '30.1',
  })
})

test('a share of nothing is no figure, and nothing is said of what was never there', () => {
  const { 'bad-debt': badDebt, 'orders-held': held, ...rest } = told(none)
  assert.deepEqual([badDebt, held], ['50.00', '3'])
  assert.deepEqual(new Set(Object.values(rest)), new Set([null]))
})

test('inputs are told with the figure', () => {
  const utilisation = figureKinds.find(({ id }) => id === 'utilisation')
  assert.deepEqual(
    utilisation?.inputs.map(({ label, unit, value }) => [
      label.en,
      figureText(value(facts) ?? 0n, unit, facts),
    ]),
    [
      ['Receivables, unapplied credits taken off', '900.00'],
      ['Limits in force', '2000.00'],
      ['Exposure, orders and deliveries included', '1500.00'],
      ['Exposure ÷ limits', '0.7500'],
    ],
  )
})

const month = (salesMinor: bigint) => ({ salesMinor, days: 30 })
const dsoCases = [
  ['counted back over months', 150n, [month(100n), month(100n)], 1200n, 4500n, 'count-back'],
  ['over a year where the months do not reach', 500n, [month(100n)], 1000n, 18250n, 'year'],
  ['nothing owed', 0n, [month(0n)], 0n, 0n, 'count-back'],
  ['no sales', 500n, [month(0n)], 0n, null, null],
] as const
for (const [name, receivable, months, sales, dsoHundredths, dsoBy] of dsoCases) {
  test(`DSO: ${name}`, () => {
    assert.deepEqual(measureDso(receivable, months, sales), { dsoHundredths, dsoBy })
  })
}
