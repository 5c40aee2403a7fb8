import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filledDraft, readDraft, ticked } from './allocation-draft.ts'

const invoice = (id: string, open: string, currency = 'CNY') => ({ id, number: id, open, currency })
const three = [invoice('a', '100.10'), invoice('b', '200.20'), invoice('c', '0.01')]

test('what is left is exact to the last cent', () => {
  const reading = readDraft({ a: '100.1', b: '0.20' }, three, '100.31')
  assert.deepEqual(reading.lines, [
    { invoiceId: 'a', amount: '100.1' },
    { invoiceId: 'b', amount: '0.2' },
  ])
  assert.deepEqual([reading.chosen, reading.left], ['100.30', '0.01'])
  assert.equal(readDraft({ a: '100.10', b: '200.20' }, three, '300.29').left, '-0.01')
})

test('each amount is told what is wrong with it', () => {
  const cases = [
    ['abc', 'notAmount'],
    ['0', 'notAmount'],
    ['1.001', 'tooPrecise'],
    ['100.11', 'tooMuch'],
    ['100.10', undefined],
    ['１００', undefined],
    [' ', undefined],
  ] as const
  for (const [typed, expected] of cases) {
    assert.equal(readDraft({ a: typed }, three, '500.00').problems.a, expected, typed)
  }
  const yen = [invoice('y', '1000', 'JPY')]
  assert.equal(readDraft({ y: '10.5' }, yen, '1000').problems.y, 'tooPrecise')
})

test('the oldest are filled first, until nothing is left', () => {
  assert.deepEqual(filledDraft(three, '150.00'), { a: '100.10', b: '49.90' })
  assert.deepEqual(filledDraft(three, '1000.00'), { a: '100.10', b: '200.20', c: '0.01' })
  assert.deepEqual(filledDraft(three, '0.00'), {})
})

test('a tick takes what is open or what is left, and a second one gives it back', () => {
  const [a, b] = three as [(typeof three)[number], (typeof three)[number]]
  const first = ticked({}, a, { left: '150.00' })
  assert.deepEqual(first, { a: '100.10' })
  const second = ticked(first, b, { left: '49.90' })
  assert.deepEqual(second, { a: '100.10', b: '49.90' })
  assert.deepEqual(ticked(second, a, { left: '0.00' }), { b: '49.90' })
  assert.deepEqual(ticked(second, three[2] as typeof a, { left: '0.00' }), second)
})
