import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDocument } from '#kernel/document/read-document.ts'
import type { Indicator, IndicatorUnit } from '#kernel/indicator/indicator.ts'
import { prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import { type Characteristic, type Scorecard, scorecardReader } from '#kernel/scoring/scorecard.ts'

const same = (text: string) => ({ zh: text, en: text })
const indicator = (id: string, unit: IndicatorUnit, decimals: number): Indicator => ({
  id,
  unit,
  decimals,
  source: 'ledger',
  label: same(id),
  meaning: same(id),
})
const indicators = [
  indicator('overdue_days_now', 'days', 0),
  indicator('late_share_12m', 'percent', 4),
  indicator('altman_zone', 'text', 0),
  indicator('dishonest_debtor', 'yes-no', 0),
]

type Parts = Partial<Characteristic>
const bins = (...list: NonNullable<Characteristic['bins']>): Parts => ({ bins: list })
const late = (parts: Parts): Parts => ({ indicator: 'late_share_12m', ...parts })

function cardOf(parts: Parts, more: Partial<Scorecard> = {}): Scorecard {
  const characteristic: Characteristic = {
    indicator: 'overdue_days_now',
    dimension: 'd',
    missing: '0',
    ...parts,
  }
  return {
    id: 'card',
    label: same('card'),
    scale: 'standard',
    dimensions: [{ id: 'd', label: same('d') }],
    characteristics: [characteristic],
    ...more,
  }
}

const sound = bins({ upTo: '0', points: '5' }, { points: '0' })
const when = (condition: object) => [{ indicator: 'overdue_days_now', ...condition }]
const reason = same('reason')

const faults: [string, Scorecard, string][] = [
  ['a scale that is not there', cardOf(sound, { scale: 'other' }), 'unknown-reference scale'],
  [
    'an indicator that is not there',
    cardOf({ ...sound, indicator: 'overdue_day_now' }),
    'unknown-reference characteristics[0].indicator',
  ],
  [
    'a dimension that is not there',
    cardOf({ ...sound, dimension: 'e' }),
    'unknown-reference characteristics[0].dimension',
  ],
  [
    'an id given twice',
    cardOf(sound, {
      characteristics: [...cardOf(sound).characteristics, ...cardOf(sound).characteristics],
    }),
    'duplicate-id characteristics[1].id',
  ],
  [
    'nothing scored for an unknown party',
    cardOf({ ...sound, missing: 'neutral' }),
    'incomplete characteristics',
  ],
  [
    'a bound that is no decimal',
    cardOf(bins({ upTo: '1e3', points: '5' }, { points: '0' })),
    'not-a-decimal characteristics[0].bins[0].upTo',
  ],
  [
    'a bound finer than the indicator',
    cardOf(bins({ upTo: '0.5', points: '5' }, { points: '0' })),
    'too-precise characteristics[0].bins[0].upTo',
  ],
  [
    'a percent sign on days',
    cardOf(bins({ upTo: '5%', points: '5' }, { points: '0' })),
    'wrong-unit characteristics[0].bins[0].upTo',
  ],
  [
    'a percentage without its sign',
    cardOf(late(bins({ upTo: '25', points: '5' }, { points: '0' }))),
    'wrong-unit characteristics[0].bins[0].upTo',
  ],
  [
    'bins on a text',
    cardOf({ ...sound, indicator: 'altman_zone' }),
    'wrong-unit characteristics[0]',
  ],
  [
    'a gap between bins',
    cardOf(bins({ upTo: '5', points: '5' }, { above: '6', points: '0' })),
    'gap characteristics[0].bins[0–1]',
  ],
  [
    'an overlap of bins',
    cardOf(bins({ upTo: '5', points: '5' }, { from: '5', points: '0' })),
    'overlap characteristics[0].bins[0–1]',
  ],
  [
    'no bound between bins',
    cardOf(bins({ points: '5' }, { points: '0' })),
    'incomplete characteristics[0].bins[0–1]',
  ],
  [
    'bins out of order',
    cardOf(bins({ upTo: '9', points: '5' }, { upTo: '3', points: '1' }, { points: '0' })),
    'unordered characteristics[0].bins[1]',
  ],
  [
    'a first bin that is not open below',
    cardOf(bins({ from: '0', upTo: '5', points: '5' }, { points: '0' })),
    'gap characteristics[0].bins[0]',
  ],
  [
    'a last bin that is not open above',
    cardOf(bins({ upTo: '5', points: '5' }, { upTo: '9', points: '0' })),
    'gap characteristics[0].bins[1]',
  ],
  [
    'two lower bounds',
    cardOf(bins({ upTo: '5', points: '5' }, { above: '5', from: '6', points: '0' })),
    'inconsistent characteristics[0].bins[1]',
  ],
  [
    'negative points',
    cardOf(bins({ upTo: '0', points: '5' }, { points: '-1' })),
    'out-of-range characteristics[0].bins[1].points',
  ],
  [
    'no points at all',
    cardOf(bins({ upTo: '0', points: '0' }, { points: '0.00' })),
    'out-of-range characteristics[0]',
  ],
  [
    'a curve with one knot',
    cardOf({ curve: [{ at: '0', points: '5' }] }),
    'incomplete characteristics[0].curve',
  ],
  [
    'knots out of order',
    cardOf({
      curve: [
        { at: '9', points: '5' },
        { at: '9', points: '0' },
      ],
    }),
    'unordered characteristics[0].curve[1].at',
  ],
  [
    'bins against the declared direction',
    cardOf({ ...sound, better: 'higher' }),
    'not-monotone characteristics[0]',
  ],
  [
    'a text without otherwise',
    cardOf({ indicator: 'altman_zone', choices: [{ is: 'safe', points: '5' }] }),
    'incomplete characteristics[0].choices',
  ],
  [
    'yes without no',
    cardOf({ indicator: 'dishonest_debtor', choices: [{ is: 'yes', points: '5' }] }),
    'incomplete characteristics[0].choices',
  ],
  [
    'bins and a curve at once',
    cardOf({ ...sound, curve: [{ at: '0', points: '5' }] }),
    'inconsistent characteristics[0]',
  ],
  [
    'a knock-out to a grade that is not there',
    cardOf(sound, { knockOuts: [{ when: when({ above: '90' }), cap: 'E', reason }] }),
    'unknown-reference knockOuts[0].cap',
  ],
  [
    'a rule without condition',
    cardOf(sound, { floors: [{ when: [], grade: 'B', reason }] }),
    'incomplete floors[0].when',
  ],
  [
    'a condition that asks nothing',
    cardOf(sound, { floors: [{ when: when({}), grade: 'B', reason }] }),
    'inconsistent floors[0].when[0]',
  ],
  [
    'a number asked by is',
    cardOf(sound, { floors: [{ when: when({ is: 'yes' }), grade: 'B', reason }] }),
    'wrong-unit floors[0].when[0].is',
  ],
  [
    'a requirement of the worst grade',
    cardOf(sound, { requirements: [{ grade: 'D', needs: when({ upTo: '9' }), reason }] }),
    'inconsistent requirements[0]',
  ],
]
for (const [name, card, expected] of faults) {
  test(`${name} is found with its path and a remedy`, () => {
    const preparation = prepareScorecard(card, standardRatingScale, indicators)
    assert(preparation.kind === 'problems')
    const found = preparation.problems.map((each) => `${each.kind} ${each.path}`)
    assert(found.includes(expected), `${expected} not in ${found.join('; ')}`)
    assert(preparation.problems.every((each) => each.remedy.zh !== '' && each.remedy.en !== ''))
  })
}

test('a misspelt indicator comes with the nearest known one', () => {
  const card = cardOf({ ...sound, indicator: 'overdue_day_now' })
  const preparation = prepareScorecard(card, standardRatingScale, indicators)
  assert(preparation.kind === 'problems')
  assert.equal(preparation.problems[0]?.remedy.en, 'Did you mean "overdue_days_now"?')
})

test('a card is read strictly: unknown, missing and misshapen keys are named', () => {
  const [characteristic] = cardOf(sound).characteristics
  const { id: _, ...rest } = cardOf(sound)
  const plain = {
    ...rest,
    lable: 1,
    characteristics: [{ ...characteristic, binz: [], missing: true }],
  }
  const reading = readDocument(scorecardReader, plain)
  assert(reading.kind === 'problems')
  const found = reading.problems.map((each) => `${each.kind} ${each.path}: ${each.remedy.en}`)
  assert.deepEqual(found.sort(), [
    'missing-key id: Add "id"',
    'unknown-key characteristics[0].binz: Did you mean "bins"?',
    'unknown-key lable: Did you mean "label"?',
    'wrong-type characteristics[0].missing: Write a decimal number',
  ])
})

test('bare numbers of YAML are read as the decimals that were written', () => {
  const plain = {
    ...cardOf(sound),
    characteristics: [
      { indicator: 'x', dimension: 'd', missing: 0.5, bins: [{ upTo: 15, points: 12.25 }] },
    ],
  }
  const reading = readDocument(scorecardReader, plain)
  assert(reading.kind === 'read')
  assert.equal(reading.document.characteristics[0]?.missing, '0.5')
  assert.deepEqual(reading.document.characteristics[0]?.bins, [{ upTo: '15', points: '12.25' }])
})
