import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAmount } from './read-amount.ts'

test('amounts are read as people type them', () => {
  const cases = [
    ['125000', '125000'],
    ['125,000.50', '125000.5'],
    ['12.5万', '125000'],
    ['1.2345678亿', '123456780'],
    ['0.00001万', '0.1'],
    ['¥1,000元', '1000'],
    ['１２３．５', '123.5'],
    ['.5', '0.5'],
    ['0', undefined],
    ['', undefined],
    ['-5', undefined],
    ['12万5', undefined],
    ['abc', undefined],
    ['1.2.3', undefined],
  ] as const
  for (const [typed, amount] of cases) assert.equal(readAmount(typed), amount, typed)
})
