import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { type Editing, edited, pathText, valueAt, withValue } from './editing.ts'

const start: Editing = { document: { caps: { A: '1' }, list: ['x', 'y'] }, past: [], future: [] }

test('a value is set, added and taken away at its place, and all else stays', () => {
  const { document } = start
  assert.deepEqual(withValue(document, ['caps', 'A'], '2'), { caps: { A: '2' }, list: ['x', 'y'] })
  assert.deepEqual(withValue(document, ['caps', 'B'], '3'), {
    ...{ caps: { A: '1', B: '3' }, list: ['x', 'y'] },
  })
  assert.deepEqual(withValue(document, ['list', 2], 'z'), {
    caps: { A: '1' },
    list: ['x', 'y', 'z'],
  })
  assert.deepEqual(withValue(document, ['list', 0], undefined), { caps: { A: '1' }, list: ['y'] })
  assert.deepEqual(withValue(document, ['new', 'in', 'it'], 1), {
    ...{ caps: { A: '1' }, list: ['x', 'y'], new: { in: { it: 1 } } },
  })
  assert.deepEqual(document, start.document)
})

test('steps are taken back and done again, and a new step forgets what was taken back', () => {
  const set = (of: Editing, value: Canonical) =>
    edited(of, { kind: 'set', cells: [{ path: ['caps', 'A'], value }] })
  const twice = set(set(start, '2'), '3')
  const back = edited(twice, { kind: 'undo' })
  assert.equal(valueAt(back.document, ['caps', 'A']), '2')
  assert.equal(valueAt(edited(back, { kind: 'redo' }).document, ['caps', 'A']), '3')
  const other = set(back, '9')
  assert.deepEqual(edited(other, { kind: 'redo' }), other)
  const first = edited(edited(other, { kind: 'undo' }), { kind: 'undo' })
  assert.deepEqual(first.document, start.document)
  assert.deepEqual(edited(first, { kind: 'undo' }), first)
})

test('a place is named as the checks name it', () => {
  assert.equal(
    pathText(['characteristics', 3, 'bins', 0, 'points']),
    'characteristics[3].bins[0].points',
  )
})
