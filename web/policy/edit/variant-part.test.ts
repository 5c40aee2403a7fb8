import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import { type Editing, edited, listAt } from './editing.ts'
import { newVariant, ownMembers, variantPart } from './variant-part.ts'

const policy: Canonical = {
  id: 'p',
  currency: 'CNY',
  caps: { AA: '100', D: '0' },
  terms: { AA: { code: 'net-30', days: 30 } },
  variants: [{ id: 'v', label: { zh: '贸易', en: 'Trade' }, scope: { regions: ['浙江'] } }],
}

function edits(document: Canonical, under: number | null) {
  let editing: Editing = { document, past: [], future: [] }
  const part = variantPart(
    {
      ...{ document, indicators: [], scale: standardRatingScale },
      problems: new Map([
        ['caps.AA', 'of the policy'],
        ['variants[0].caps.D', 'of the variant'],
      ]),
      set: (cells) => {
        editing = edited(editing, { kind: 'set', cells })
      },
    },
    under,
  )
  return { part, now: () => editing.document }
}

test('a cell of a variant names its member anew, and the policy stays as it is', () => {
  const { now, part } = edits(policy, 0)
  part.set([
    { path: ['caps', 'AA'], value: '50' },
    { path: ['caps', 'D'], value: '1' },
  ])
  assert.deepEqual(now(), {
    ...(policy as object),
    variants: [{ ...(listAt(policy, ['variants'])[0] as object), caps: { AA: '50', D: '1' } }],
  })
  assert.deepEqual(ownMembers(now(), 0), ['caps'])
  assert.deepEqual((edits(now(), 0).part.document as { caps: unknown }).caps, { AA: '50', D: '1' })
})

test('problems of a variant stand at its cells, those of the policy at its own', () => {
  assert.deepEqual([...edits(policy, 0).part.problems], [['caps.D', 'of the variant']])
  assert.equal(edits(policy, null).part.problems.get('caps.AA'), 'of the policy')
})

test('a new variant has an id of its own', () => {
  const one = newVariant(policy, '制造') as { id: string }
  const both = { variants: [...listAt(policy, ['variants']), one] } as Canonical
  assert.notEqual((newVariant(both, '电商') as { id: string }).id, one.id)
})
