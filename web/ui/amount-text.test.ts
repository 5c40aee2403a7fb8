import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  amountText,
  compareAmounts,
  percentOf,
  shareBps,
  signOf,
  sumAmounts,
} from './amount-text.ts'

test('amounts are grouped, and in 万元 rounded to two places', () => {
  const cases = [
    ['0.00', '0.00', '0.00'],
    ['-0.00', '0.00', '0.00'],
    ['7', '7', '0.00'],
    ['49.99', '49.99', '0.00'],
    ['50.00', '50.00', '0.01'],
    ['1234.50', '1,234.50', '0.12'],
    ['-1234567.89', '-1,234,567.89', '-123.46'],
    ['99995000.00', '99,995,000.00', '9,999.50'],
    ['123456789012345.678', '123,456,789,012,345.678', '12,345,678,901.23'],
  ] as const
  for (const [amount, one, tenThousand] of cases) {
    assert.deepEqual([amountText(amount), amountText(amount, '10000')], [one, tenThousand])
  }
})

test('a sign is told without a number', () => {
  assert.deepEqual(['-0.01', '0.00', '-0', '12'].map(signOf), [-1, 0, 0, 1])
})

test('amounts are compared as what they are worth, not as text', () => {
  const cases = [
    ['9.5', '10', -1],
    ['10', '10.000', 0],
    ['-0.01', '0', -1],
    ['-2', '-10', 1],
  ] as const
  for (const [one, other, expected] of cases) assert.equal(compareAmounts(one, other), expected)
})

test('shares and sums are reckoned exactly', () => {
  const shares = [
    ['1', '3', 3333],
    ['2', '3', 6667],
    ['-0.5', '2.00', -2500],
    ['5', '0.00', null],
  ] as const
  for (const [part, whole, expected] of shares) assert.equal(shareBps(part, whole), expected)
  assert.equal(sumAmounts(['0.10', '0.2', '-1']), '-0.70')
  assert.equal(sumAmounts(['9007199254740993', '1']), '9007199254740994')
  assert.equal(sumAmounts([]), '0')
})

test('a share of a whole is rounded down', () => {
  const cases = [
    ['99.99', '100', 99],
    ['100.0', '100', 100],
    ['120', '100', 120],
    ['5', '0', 0],
  ] as const
  for (const [part, whole, expected] of cases) assert.equal(percentOf(part, whole), expected)
})
