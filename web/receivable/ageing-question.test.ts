import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageingQuery, bucketsText, readEnds } from './ageing-question.ts'

test('last days of buckets become buckets without a gap', () => {
  assert.equal(bucketsText('30,60', 'due'), '1-30,31-60,61-')
  assert.equal(bucketsText('30,60', 'invoice'), '0-30,31-60,61-')
  assert.equal(bucketsText('years', 'invoice'), 'years')
})

test('days are read as people write them, and only rising ones', () => {
  const cases = [
    ['30,60,90', '30,60,90'],
    ['30、60 90', '30,60,90'],
    ['３０，６０', '30,60'],
    ['60,30', undefined],
    ['0,30', undefined],
    ['a', undefined],
    ['', undefined],
  ] as const
  for (const [typed, expected] of cases) assert.equal(readEnds(typed), expected, typed)
})

test('an address without a currency asks for the base currency', () => {
  assert.deepEqual(ageingQuery({}, 'CNY'), { by: 'due', convertTo: 'CNY', sort: '-balance' })
  assert.deepEqual(ageingQuery({ currency: 'USD', by: 'invoice', buckets: '30', x: '1' }, 'CNY'), {
    ...{ by: 'invoice', currency: 'USD', buckets: '0-30,31-', sort: '-balance' },
  })
})
