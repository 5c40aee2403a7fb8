import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDocument } from '#kernel/document/read-document.ts'
import {
  checkRatingScale,
  defaultProbabilityBpsOf,
  type RatingScale,
  ratingScaleReader,
  standardRatingScale,
} from '#kernel/scoring/rating-scale.ts'

const two = (worse: string, better = '50'): RatingScale => ({
  id: 's',
  label: { zh: '表', en: 'Scale' },
  grades: [
    { code: 'A', label: { zh: '好', en: 'good' }, minimumScore: better },
    { code: 'B', label: { zh: '差', en: 'bad' }, minimumScore: worse },
  ],
})

test('the standard scale has the ten grades of GB/T 22116 and is sound', () => {
  const codes = standardRatingScale.grades.map((grade) => grade.code)
  assert.deepEqual(codes, ['AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'CCC', 'CC', 'C', 'D'])
  assert.deepEqual(checkRatingScale(standardRatingScale), [])
  assert.equal(defaultProbabilityBpsOf(standardRatingScale, 'BBB'), 60n)
  assert.equal(defaultProbabilityBpsOf(standardRatingScale, 'E'), null)
})

test('the standard scale is read back from its own plain form', () => {
  const reading = readDocument(ratingScaleReader, JSON.parse(JSON.stringify(standardRatingScale)))
  assert.deepEqual(reading, { kind: 'read', document: standardRatingScale })
})

const faults: [string, RatingScale, string, string][] = [
  ['two grades are needed', { ...two('0'), grades: [] }, 'incomplete', 'grades'],
  ['minimums fall', two('50'), 'unordered', 'grades[1].minimumScore'],
  ['the worst grade starts at 0', two('10'), 'gap', 'grades[1].minimumScore'],
  ['a minimum is at most 100', two('0', '100.01'), 'out-of-range', 'grades[0].minimumScore'],
  ['a minimum has two decimals', two('0', '50.001'), 'not-a-decimal', 'grades[0].minimumScore'],
  [
    'codes are given once',
    { ...two('0'), grades: two('0').grades.map((grade) => ({ ...grade, code: 'A' })) },
    'duplicate-id',
    'grades[1].code',
  ],
  [
    'a worse grade is not safer',
    {
      ...two('0'),
      grades: two('0').grades.map((grade, index) => ({
        ...grade,
        defaultProbability: index === 0 ? '2%' : '1%',
      })),
    },
    'not-monotone',
    'grades[1].defaultProbability',
  ],
]
for (const [name, scale, kind, path] of faults) {
  test(name, () => {
    const found = checkRatingScale(scale)
    assert.deepEqual(
      found.map((each) => [each.kind, each.path]),
      [[kind, path]],
    )
  })
}
