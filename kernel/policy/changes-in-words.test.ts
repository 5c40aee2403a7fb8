import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Canonical, canonicalText } from '#kernel/decision/canonical.ts'
import { changesInWords } from '#kernel/policy/changes-in-words.ts'
import { withoutChange } from '#kernel/policy/without-change.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'

const indicatorName = (id: string) => ({ zh: `指标${id}`, en: `indicator ${id}` })

const said = (before: unknown, after: unknown) =>
  changesInWords(before, after, indicatorName).map(({ path, zh, en }) => `${path}: ${zh} / ${en}`)

const bin = (points: string) => ({ upTo: '10', points })
const question = (id: string, points: string) => ({
  ...{ indicator: id, dimension: 'pays', missing: '0', bins: [bin(points), { points: '0' }] },
})

const cases: [what: string, before: unknown, after: unknown, changes: string[]][] = [
  ['the same says nothing', { caps: { A: '5' } }, { caps: { A: '5' } }, []],
  ['members in another order say the same', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  [
    'terms of a grade, in days',
    { terms: { B: { code: 'net-60', days: 60 } } },
    { terms: { B: { code: 'net-45', days: 45 } } },
    [
      'terms.B: 账期 · B 级 60 天 (net-60) → 45 天 (net-45) / ' +
        'terms, grade B 60 days (net-60) → 45 days (net-45)',
    ],
  ],
  [
    'a grade of whatever name',
    { caps: { 优: '5' } },
    { caps: { 优: '6' } },
    ['caps.优: 额度上限 · 优 级 5 → 6 / cap, grade 优 5 → 6'],
  ],
  [
    'points of a bin',
    { characteristics: [question('late', '20')] },
    { characteristics: [question('late', '10')] },
    [
      'characteristics[0].bins[0].points: 指标late · 分档第 1 项 · 得分 20 → 10 / ' +
        'indicator late, bin 1, points 20 → 10',
    ],
  ],
  [
    'a characteristic that is new and one that is gone',
    { characteristics: [question('late', '20')] },
    { characteristics: [question('sales', '20')] },
    [
      'characteristics[0]: 指标sales 新增 / indicator sales is new',
      'characteristics[0]: 指标late 删除 / indicator late is gone',
    ],
  ],
  [
    'the reaction of a rule',
    { rules: [{ id: 'x', reaction: 'hold' }] },
    { rules: [{ id: 'x', reaction: 'warn' }] },
    ['rules[0].reaction: x · 处理 暂挂 → 提示 / x, reaction hold → warn'],
  ],
  [
    'an order that matters',
    { rules: [{ id: 'x' }, { id: 'y' }] },
    { rules: [{ id: 'y' }, { id: 'x' }] },
    ['rules: 规则 顺序有调整 / rule is in another order'],
  ],
  [
    'what is left out from now on',
    { tolerance: '5%', floors: { A: '1' } },
    { tolerance: '5%' },
    ['floors: 下限 删除 / floor is gone'],
  ],
]

for (const [what, before, after, changes] of cases) {
  test(what, () => assert.deepEqual(said(before, after), changes))
}

test('documents that differ anywhere have a change, and equal ones none', () => {
  const plain = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('a', 'hold', '5%', ''),
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom('caps', 'id', 'code', 'rules', 'indicator', 'dimension', 'days', 'label'),
        tie('value'),
        { noNullPrototype: true },
      ),
    ),
  })).value
  const scale = JSON.parse(JSON.stringify(standardRatingScale))
  fc.assert(
    fc.property(fc.oneof(plain, fc.constant(scale)), plain, (before, after) => {
      const isSame = canonicalText(before as never) === canonicalText(after as never)
      assert.equal(said(before, after).length === 0, isSame)
      assert.deepEqual(said(after, after), [])
    }),
  )
})

test('without a change the document says in that place what it said before, and the rest stays', () => {
  for (const [what, before, after, told] of cases) {
    const changes = changesInWords(before, after, indicatorName)
    for (const [at, { undo }] of changes.entries()) {
      // Places behind an entry that comes back are counted anew.
      const words = (each: string) => each.replace(/^.*?: /, '')
      const rest = said(before, withoutChange(after as Canonical, undo)).map(words)
      const others = told.filter((_, index) => index !== at).map(words)
      assert.deepEqual(rest, others, `${what}: ${told[at]}`)
    }
  }
})

test('a rule that was taken out comes back where it stood', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, reaction: 'hold' }))
  const after = { rules: [a, c] } as Canonical
  const [change] = changesInWords({ rules: [a, b, c] }, after, indicatorName)
  assert.ok(change)
  assert.deepEqual(withoutChange(after, change.undo), { rules: [a, b, c] })
})
