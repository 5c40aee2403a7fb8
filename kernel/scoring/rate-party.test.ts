import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day } from '#kernel/calendar/day.ts'
import { canonicalText } from '#kernel/decision/canonical.ts'
import type { Indicator, IndicatorUnit, IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { explainRating } from '#kernel/scoring/explain.ts'
import { type PreparedScorecard, prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import { type Override, type Rating, rateParty } from '#kernel/scoring/rate-party.ts'
import { ratingInputsText, ratingText } from '#kernel/scoring/rating-canonical.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import type { Scorecard } from '#kernel/scoring/scorecard.ts'

const asOf = day('2026-06-30')
const words = (zh: string, en: string) => ({ zh, en })
const indicator = (id: string, unit: IndicatorUnit, decimals: number, zh = id): Indicator => ({
  id,
  unit,
  decimals,
  source: 'ledger',
  label: words(zh, id),
  meaning: words(zh, id),
})
const indicators = [
  indicator('overdue', 'days', 0, '逾期天数'),
  indicator('late', 'percent', 4, '逾期占比'),
  indicator('current', 'ratio', 4, '流动比率'),
  indicator('zone', 'text', 0, '财务预警'),
  indicator('months', 'months', 0, '合作月数'),
  indicator('dishonest', 'yes-no', 0, '失信被执行人'),
]
const card: Scorecard = {
  id: 'test',
  label: words('测试', 'Test'),
  scale: 'standard',
  dimensions: [{ id: 'd', label: words('维度', 'Dimension') }],
  characteristics: [
    {
      indicator: 'overdue',
      dimension: 'd',
      better: 'lower',
      missing: '6',
      bins: [{ upTo: '0', points: '12' }, { upTo: '60', points: '5' }, { points: '0' }],
    },
    {
      indicator: 'late',
      dimension: 'd',
      better: 'lower',
      missing: '20',
      curve: [
        { at: '0%', points: '58' },
        { at: '50%', points: '0' },
      ],
    },
    {
      indicator: 'current',
      dimension: 'd',
      better: 'higher',
      missing: 'neutral',
      bins: [{ below: '1', points: '0' }, { below: '1.5', points: '10' }, { points: '20' }],
    },
    {
      indicator: 'zone',
      dimension: 'd',
      missing: 'neutral',
      choices: [
        { is: 'safe', points: '10' },
        { is: 'otherwise', points: '2' },
      ],
    },
  ],
  requirements: [
    { grade: 'AAA', needs: [{ indicator: 'months', from: '36' }], reason: words('满三年', '3 y') },
  ],
  floors: [
    { when: [{ indicator: 'zone', is: 'state' }], grade: 'B', reason: words('国有', 'State') },
  ],
  knockOuts: [
    { when: [{ indicator: 'dishonest', is: 'yes' }], cap: 'D', reason: words('失信', 'Dishonest') },
  ],
}
const prepared = prepareOrFail(card)
const best = { overdue: 0n, late: 0n, current: 20_000n, zone: 'safe', months: 36n, dishonest: 0n }

function prepareOrFail(document: Scorecard): PreparedScorecard {
  const preparation = prepareScorecard(document, standardRatingScale, indicators)
  if (preparation.kind === 'problems') assert.fail(JSON.stringify(preparation.problems))
  return preparation.scorecard
}

function rate(values: IndicatorValues, override: Override | null = null): Rating {
  return rateParty(prepared, values, { asOf, override })
}

const scores: [string, IndicatorValues, number, string][] = [
  ['a perfect party gets all points', best, 10_000, 'AAA'],
  ['an upper bound belongs to its bin', { ...best, overdue: 60n }, 9_300, 'AAA'],
  ['a value past the last bound gets the last bin', { ...best, overdue: 61n }, 8_800, 'AA'],
  ['a lower bound excluded by below is the next bin', { ...best, current: 15_000n }, 10_000, 'AAA'],
  ['a value just under a bound stays below', { ...best, current: 14_999n }, 9_000, 'AAA'],
  ['a curve is a straight line between knots', { ...best, late: 1_250n }, 8_550, 'AA'],
  ['a curve holds its end beyond the last knot', { ...best, late: 10_000n }, 4_200, 'B'],
  ['an unknown text is otherwise', { ...best, zone: 'grey' }, 9_200, 'AAA'],
  ['a neutral missing value rescales the rest', { ...best, current: null }, 10_000, 'AAA'],
  ['a missing value with points takes them', { ...best, late: null }, 6_200, 'BBB'],
  ['a party of whom nothing is known is scored', {}, 3_714, 'CCC'],
]
for (const [name, values, score, grade] of scores) {
  test(name, () => {
    const rating = rate(values)
    assert.deepEqual([rating.score, rating.gradeByScore], [score, grade])
  })
}

const rules: [string, IndicatorValues, string, [string, string, string][]][] = [
  ['no rule fires for the best', best, 'AAA', []],
  ['AAA without the years is AA', { ...best, months: 35n }, 'AA', [['requirement', 'AAA', 'AA']]],
  ['not knowing does not meet', { ...best, months: null }, 'AA', [['requirement', 'AAA', 'AA']]],
  ['a knock-out caps at once', { ...best, dishonest: 1n }, 'D', [['knock-out', 'AAA', 'D']]],
  ['an unknown knock-out is silent', { ...best, dishonest: null }, 'AAA', []],
  [
    'a floor lifts, a knock-out still has the later word',
    { overdue: 99n, late: 9_999n, current: 0n, zone: 'state', dishonest: 1n },
    'D',
    [
      ['floor', 'D', 'B'],
      ['knock-out', 'B', 'D'],
    ],
  ],
]
for (const [name, values, grade, fired] of rules) {
  test(name, () => {
    const rating = rate(values)
    assert.equal(rating.grade, grade)
    assert.deepEqual(
      rating.adjustments.map(({ kind, from, to }) => [kind, from, to]),
      fired,
    )
  })
}

const judged = { grade: 'A', reason: '母公司担保', by: '李经理', expiresOn: asOf }
const overrides: [string, Override, string, string][] = [
  ['an override has the last word, on its last day too', judged, 'applied', 'A'],
  [
    'an expired one is ignored and said',
    { ...judged, expiresOn: day('2026-06-29') },
    'expired',
    'D',
  ],
  ['a grade that is not on the scale is ignored', { ...judged, grade: 'E' }, 'unknown-grade', 'D'],
]
for (const [name, override, kind, grade] of overrides) {
  test(name, () => {
    const rating = rate({ ...best, dishonest: 1n }, override)
    assert.deepEqual([rating.override.kind, rating.grade], [kind, grade])
    assert.equal(explainRating(prepared, rating).length, 3)
  })
}

test('reasons name the most points lost first, ties in the order of the card', () => {
  const rating = rate({ overdue: 75n, late: 1_000n, current: 0n, zone: 'grey', months: 36n })
  const lost = rating.reasons.map((index) => rating.points[index]?.id)
  assert.deepEqual(lost, ['current', 'overdue', 'late', 'zone'])
})

test('a rating explains itself in both languages with the values', () => {
  const rating = rate({ ...best, overdue: 75n, current: null, dishonest: 1n, months: 3n })
  assert.deepEqual(explainRating(prepared, rating), [
    words(
      '得分 85, 按分数为 AA 级 (4 项中已知 3 项)',
      'Score 85, grade AA by score (3 of 4 values known)',
    ),
    words(
      '逾期天数 75 天 > 60 天: 得 0 分, 满分 12 分',
      'overdue 75 days > 60 days: 0 of 12 points',
    ),
    words(
      '流动比率 无数据: 不计分, 其余项目按比例折算',
      'current is not known: left out, the others weigh more',
    ),
    words('一票否决: 失信 (AA → D)', 'Knock-out: Dishonest (AA → D)'),
  ])
})

test('the card reads its indicators once, characteristics before rules', () => {
  const ids = prepared.indicators.map((each) => each.id)
  assert.deepEqual(ids, ['overdue', 'late', 'current', 'zone', 'months', 'dishonest'])
})

const unknowable = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const party = fc.record({
  overdue: unknowable(fc.bigInt(-30n, 400n)),
  late: unknowable(fc.bigInt(0n, 10_000n)),
  current: unknowable(fc.bigInt(-5_000n, 90_000n)),
  zone: unknowable(fc.constantFrom('safe', 'grey', 'state')),
  months: unknowable(fc.bigInt(0n, 200n)),
  dishonest: unknowable(fc.bigInt(0n, 1n)),
})

test('a score lies within 0 and 100 and is the share of points given, missing or not', () => {
  fc.assert(
    fc.property(party, (values) => {
      const { score, points } = rate(values)
      assert(score >= 0 && score <= 10_000)
      const given = points.reduce((sum, each) => sum + each.points, 0)
      const possible = points.reduce((sum, each) => sum + each.maximum, 0)
      assert(Math.abs(score * possible - given * 10_000) * 2 <= possible)
      if (possible === 10_000) assert.equal(score, given)
    }),
  )
})

test('a party that is better in a declared direction never gets fewer points', () => {
  fc.assert(
    fc.property(party, fc.bigInt(0n, 300n), (values, by) => {
      const better = {
        ...values,
        overdue: values.overdue === null ? null : values.overdue - by,
        late: values.late === null ? null : values.late - by,
        current: values.current === null ? null : values.current + by,
      }
      assert(rate(better).score >= rate(values).score)
    }),
  )
})

test('the order of characteristics does not change the score', () => {
  const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
  fc.assert(
    fc.property(party, order, (values, positions) => {
      const characteristics = positions.flatMap((index) => card.characteristics[index] ?? [])
      const shuffled = prepareOrFail({ ...card, characteristics })
      const rating = rateParty(shuffled, values, { asOf })
      assert.deepEqual([rating.score, rating.grade], [rate(values).score, rate(values).grade])
    }),
    { numRuns: 50 },
  )
})

test('the same inputs give the same bytes, other inputs other bytes', () => {
  const bytesOf = (values: IndicatorValues) => {
    const inputs = { asOf, currency: 'CNY' as Currency, values, override: null, variant: null }
    return ratingInputsText(prepared, inputs) + ratingText(rate(values))
  }
  fc.assert(
    fc.property(party, party, (a: IndicatorValues, b: IndicatorValues) => {
      assert.equal(bytesOf({ ...a }), bytesOf(a))
      const read = prepared.indicators.map(({ id }) => id)
      const same = read.every((id) => (a[id] ?? null) === (b[id] ?? null))
      assert.equal(bytesOf(a) === bytesOf(b), same)
    }),
  )
})

test('what is hashed is the one canonical spelling of its own content', () => {
  const override = { grade: 'A', reason: 'a "word" 词\n', by: 'x', expiresOn: day('2026-12-31') }
  fc.assert(
    fc.property(party, fc.boolean(), fc.boolean(), (values, overridden, isVariant) => {
      const told = overridden ? override : null
      const variant = isVariant ? 'machine "tools"' : null
      const inputs = { asOf, currency: 'CNY' as Currency, values, override: told, variant }
      const rating = rateParty(prepared, values, { asOf, override: told })
      for (const text of [ratingInputsText(prepared, inputs), ratingText(rating)]) {
        assert.equal(canonicalText(JSON.parse(text)), text)
      }
    }),
  )
})
