import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import {
  add,
  allocate,
  compare,
  divide,
  money,
  multiply,
  negate,
  type Rounding,
  subtract,
  sum,
  toDecimal,
  toReadable,
  zero,
} from '#kernel/money/money.ts'

function currency(code: string): Currency {
  const parsed = parseCurrency(code)
  assert.ok(parsed)
  return parsed
}

const yuan = (minor: bigint) => money(minor, currency('CNY'))
const modes: readonly Rounding[] = ['half-even', 'half-up', 'down', 'floor', 'up']

// Each row is a numerator over 2 or 10 and its quotient under every rounding, in order of `modes`.
const quotients: readonly (readonly [bigint, bigint, readonly bigint[]])[] = [
  [4n, 2n, [2n, 2n, 2n, 2n, 2n]],
  [1n, 2n, [0n, 1n, 0n, 0n, 1n]],
  [3n, 2n, [2n, 2n, 1n, 1n, 2n]],
  [5n, 2n, [2n, 3n, 2n, 2n, 3n]],
  [-1n, 2n, [0n, -1n, 0n, -1n, -1n]],
  [-3n, 2n, [-2n, -2n, -1n, -2n, -2n]],
  [-5n, 2n, [-2n, -3n, -2n, -3n, -3n]],
  [5n, -2n, [-2n, -3n, -2n, -3n, -3n]],
  [-5n, -2n, [2n, 3n, 2n, 2n, 3n]],
  [14n, 10n, [1n, 1n, 1n, 1n, 2n]],
  [16n, 10n, [2n, 2n, 1n, 1n, 2n]],
  [-16n, 10n, [-2n, -2n, -1n, -2n, -2n]],
]

for (const [numerator, denominator, expected] of quotients) {
  test(`${numerator} / ${denominator} is ${expected.join(', ')} as ${modes.join(', ')}`, () => {
    const found = modes.map((rounding) => divide(numerator, denominator, rounding))
    assert.deepEqual(found, expected)
  })
}

const integer = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
const divisor = fc.oneof(fc.bigInt({ min: 1n, max: 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
const absolute = (value: bigint) => (value < 0n ? -value : value)

test('a rounded quotient keeps the distance its mode allows, measured in exact fractions', () => {
  fc.assert(
    fc.property(integer, divisor, fc.boolean(), (n, positive, flip) => {
      const d = flip ? -positive : positive
      for (const mode of modes) {
        const q = divide(n, d, mode)
        const error = (q * d - n) * (d < 0n ? -1n : 1n)
        const size = absolute(d)
        assert.ok(absolute(error) < size, 'less than one unit away')
        if (mode === 'floor') assert.ok(error <= 0n)
        if (mode === 'down') assert.ok(absolute(q * d) <= absolute(n))
        if (mode === 'up') assert.ok(absolute(q * d) >= absolute(n))
        if (mode === 'half-even' || mode === 'half-up') assert.ok(2n * absolute(error) <= size)
        const tie = 2n * absolute(error) === size
        if (tie && mode === 'half-even') assert.equal(q % 2n, 0n)
        if (tie && mode === 'half-up') assert.ok(absolute(q * d) > absolute(n))
      }
    }),
  )
})

test('dividing by zero is a broken invariant', () => {
  assert.throws(() => divide(1n, 0n, 'down'), /divisor is not zero/)
})

test('allocating keeps the total and gives each part its share within one minor unit', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 })
    .filter((list) => list.some((weight) => weight > 0n))
  fc.assert(
    fc.property(integer, weights, (minor, list) => {
      const parts = allocate(yuan(minor), list)
      const total = list.reduce((a, b) => a + b, 0n)
      assert.equal(parts.length, list.length)
      assert.equal(sum(parts, currency('CNY')).minor, minor)
      for (const [index, part] of parts.entries()) {
        const weight = list[index] ?? 0n
        assert.ok(absolute(part.minor * total - minor * weight) < total)
        if (weight === 0n) assert.equal(part.minor, 0n)
      }
    }),
  )
})

test('the odd cents go to the largest remainders, ties to the earlier part', () => {
  const parts = (minor: bigint, weights: readonly bigint[]) =>
    allocate(yuan(minor), weights).map((part) => part.minor)
  assert.deepEqual(parts(100n, [1n, 1n, 1n]), [34n, 33n, 33n])
  assert.deepEqual(parts(-100n, [1n, 1n, 1n]), [-34n, -33n, -33n])
  assert.deepEqual(parts(10n, [1n, 2n, 4n]), [1n, 3n, 6n])
  assert.deepEqual(parts(1n, [0n, 1n, 1n]), [0n, 1n, 0n])
  assert.throws(() => parts(1n, [0n, 0n]), /weights/)
  assert.throws(() => parts(1n, [2n, -1n]), /weights/)
})

test('amounts of two currencies are neither added, subtracted nor compared', () => {
  const dollars = money(1n, currency('USD'))
  for (const operation of [add, subtract, compare]) {
    assert.throws(() => operation(yuan(1n), dollars), /CNY and USD/)
  }
  assert.throws(() => sum([yuan(1n), dollars], currency('CNY')), /CNY and USD/)
})

test('addition, negation and comparison agree', () => {
  fc.assert(
    fc.property(integer, integer, (a, b) => {
      assert.deepEqual(subtract(add(yuan(a), yuan(b)), yuan(b)), yuan(a))
      assert.deepEqual(add(yuan(a), negate(yuan(a))), zero(currency('CNY')))
      assert.equal(Math.sign(compare(yuan(a), yuan(b))), a < b ? -1 : a > b ? 1 : 0)
      assert.deepEqual(multiply(yuan(a), 1n, 1n, 'down'), yuan(a))
    }),
  )
})

test('a share of an amount is rounded as named', () => {
  assert.equal(multiply(yuan(1_005n), 1n, 10n, 'half-even').minor, 100n)
  assert.equal(multiply(yuan(1_005n), 1n, 10n, 'half-up').minor, 101n)
})

const printed: readonly (readonly [bigint, string, string, string])[] = [
  [123450n, 'CNY', '1234.50', 'CNY 1,234.50'],
  [-5n, 'CNY', '-0.05', 'CNY -0.05'],
  [0n, 'CNY', '0.00', 'CNY 0.00'],
  [-1234567n, 'JPY', '-1234567', 'JPY -1,234,567'],
  [1234567n, 'KWD', '1234.567', 'KWD 1,234.567'],
]

for (const [minor, code, plain, readable] of printed) {
  test(`${minor} minor units of ${code} print as ${plain}`, () => {
    assert.equal(toDecimal(money(minor, currency(code))), plain)
    assert.equal(toReadable(money(minor, currency(code))), readable)
  })
}
