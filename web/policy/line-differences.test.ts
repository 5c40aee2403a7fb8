import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lineDifferences, nearChanges } from './line-differences.ts'

const marks = { same: ' ', added: '+', removed: '-' }
const told = (before: string, after: string) =>
  lineDifferences(before, after).map(({ kind, text }) => marks[kind] + text)

test('a changed line is removed and added where it stands', () => {
  assert.deepEqual(told('a\nb\nc', 'a\nx\nc'), [' a', '-b', '+x', ' c'])
})

test('what is added at the end or removed from the beginning leaves the rest alone', () => {
  assert.deepEqual(told('a\nb', 'a\nb\nc'), [' a', ' b', '+c'])
  assert.deepEqual(told('a\nb', 'b'), ['-a', ' b'])
})

test('both texts can be read from their differences', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(text, text, (old, now) => {
      const lines = lineDifferences(old.join('\n'), now.join('\n'))
      const of = (kind: 'added' | 'removed') =>
        lines.filter((line) => line.kind === 'same' || line.kind === kind).map(({ text }) => text)
      assert.deepEqual(of('removed'), old)
      assert.deepEqual(of('added'), now)
    }),
  )
})

test('what is the same and far from any change is counted only', () => {
  const before = Array.from({ length: 12 }, (_none, index) => `line ${index}`).join('\n')
  const parts = nearChanges(lineDifferences(before, before.replace('line 6', 'new')))
  const shown = parts.map((part) => (typeof part === 'number' ? part : part.text))
  const near = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_none, index) => `line ${from + index}`)
  assert.deepEqual(shown, [2, ...near(2, 6), 'new', ...near(7, 10), 1])
})
