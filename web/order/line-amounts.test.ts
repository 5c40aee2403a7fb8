import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amountOfLine, amountOfLines, increaseOf } from './line-amounts.ts'

test('a line amounts to what the order will say, as soon as it is whole', () => {
  const cases = [
    [{ quantity: '9000', unitPrice: '260' }, 'CNY', '2340000.00'],
    [{ quantity: '1,200.5', unitPrice: '0.3333' }, 'CNY', '400.13'],
    [{ quantity: '12', unitPrice: '15' }, 'CNY', '180.00'],
    [{ quantity: '3', unitPrice: '99.5' }, 'JPY', '299'],
    [{ quantity: '3' }, 'CNY', undefined],
    [{ quantity: '1.2345', unitPrice: '1' }, 'CNY', undefined],
    [{ quantity: '-1', unitPrice: '1' }, 'CNY', undefined],
    [undefined, 'CNY', undefined],
  ] as const
  for (const [line, currency, expected] of cases) {
    assert.equal(amountOfLine(line, currency), expected)
  }
})

test('an order amounts to something when all its lines do', () => {
  const whole = { quantity: '2', unitPrice: '10.05' }
  assert.equal(amountOfLines([whole, whole], 'CNY'), '40.20')
  assert.equal(amountOfLines([whole, undefined], 'CNY'), undefined)
  assert.equal(amountOfLines([], 'CNY'), undefined)
})

test('an increase is what comes on top', () => {
  const cases = [
    ['1940.00', '1940.00', '0'],
    ['1940.50', '1940.00', '0.5'],
    ['3000.00', '0', '3000'],
    ['10', '11', '0'],
  ] as const
  for (const [is, was, expected] of cases) assert.equal(increaseOf(is, was), expected)
})
