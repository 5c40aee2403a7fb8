import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPolicy, type PolicyKind, readPolicy } from '#kernel/policy/policy.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'

const context = { scale: standardRatingScale, indicators: [], names: { roles: [], partyRoles: [] } }
const label = { zh: '名', en: 'name' }

const cases: [string, PolicyKind, unknown, string[]][] = [
  ['a sound scale passes', 'rating-scale', plain(standardRatingScale), []],
  ['nothing is not a policy', 'scorecard', null, ['wrong-type ']],
  ['a list is not a policy', 'limit-policy', [], ['wrong-type ']],
  [
    'the shape is checked before the meaning',
    'rating-scale',
    { id: 's', label, gradez: [] },
    ['unknown-key gradez', 'missing-key grades'],
  ],
  [
    'the meaning is checked when the shape is right',
    'rating-scale',
    { id: 's', label, grades: [] },
    ['incomplete grades'],
  ],
  [
    'a formula kind that is not there is named',
    'limit-policy',
    { formulas: [{ kind: 'share-of-networth' }] },
    ['wrong-type formulas[0].kind'],
  ],
  ['a label needs both languages', 'scorecard', { label: { zh: '名' } }, ['missing-key label.en']],
]
for (const [name, kind, value, expected] of cases) {
  test(name, () => {
    const problems = checkPolicy(kind, value, context)
    const found = problems.map((each) => `${each.kind} ${each.path}`)
    assert.deepEqual(
      expected.filter((each) => !found.includes(each)),
      [],
      found.join('; '),
    )
    assert.equal(problems.length === 0, expected.length === 0)
  })
}

test('a policy that was read carries its kind', () => {
  const reading = readPolicy('rating-scale', plain(standardRatingScale))
  assert(reading.kind === 'read')
  assert.deepEqual(reading.document, { kind: 'rating-scale', document: standardRatingScale })
})

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
