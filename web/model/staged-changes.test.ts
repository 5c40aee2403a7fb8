import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ModelResult, ShownModel } from '#contract/model.ts'
import { askedWith, canMerge, informationOf, stagedParts } from './staged-changes.ts'

const part = (above: string | null, upTo: string | null, good: number, bad: number) => ({
  ...{ kind: 'range' as const, above, upTo, levels: [], good, bad, woe: 0, points: 1 },
})
const late: ModelResult['characteristics'][number] = {
  ...{ id: 'late', label: { zh: '逾期', en: 'late' }, unit: 'days', iv: 1, coefficient: 1 },
  direction: 'ascending',
  parts: [
    part(null, '5', 90, 2),
    part('5', '20', 50, 6),
    part('20', null, 20, 12),
    { ...part(null, null, 10, 1), kind: 'missing' },
  ],
}
const merged = (...bins: number[]) => ({
  merges: bins.map((bin) => ({ id: 'late', bin })),
  without: [],
})

test('merged bins keep every case, and bins are those that the merge before left', () => {
  const parts = stagedParts(late, merged(0, 0))
  assert.deepEqual(
    parts.map(({ above, bad, good, upTo }) => [above, upTo, good, bad]),
    [
      [null, null, 160, 20],
      [null, null, 10, 1],
    ],
  )
  assert.equal(parts[0]?.points, null)
})

test('merging costs information, and what is missing stays apart', () => {
  const before = informationOf(late.parts)
  const after = informationOf(stagedParts(late, merged(1)))
  assert.ok(after < before && after > 0, `${before} ${after}`)
  assert.deepEqual(
    [0, 1, 2, 3].map((at) => canMerge(late.parts, at)),
    [true, true, false, false],
  )
  assert.deepEqual(stagedParts(late, merged(2)), late.parts)
})

test('the next training asks for what was asked and what was changed, never for both of one', () => {
  const asked = { months: 12, without: ['age'], merges: [{ id: 'late', bin: 1 }] }
  const model = { asked } as unknown as ShownModel
  const merges = [{ id: 'size', bin: 0 }]
  assert.deepEqual(askedWith(model, { merges, without: [] }), {
    ...{ months: 12, without: ['age'] },
    merges: [...asked.merges, ...merges],
  })
  assert.deepEqual(askedWith(model, { merges, without: ['late'] }), {
    ...{ months: 12, without: ['age', 'late'], merges },
  })
})
