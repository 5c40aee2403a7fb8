import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { money, toDecimal, toReadable } from '#kernel/money/money.ts'
import { type AmountUnit, parseAmount } from '#kernel/money/parse-amount.ts'

function currency(code: string): Currency {
  const parsed = parseCurrency(code)
  assert.ok(parsed)
  return parsed
}

/** `123450`, `123450 rounded`, or the reason why the text is no amount. */
function read(text: string, code = 'CNY', unit?: AmountUnit): string {
  const reader = { currency: currency(code), ...(unit ? { unit } : {}) }
  const reading = parseAmount(text, reader)
  if (reading.kind === 'not-an-amount') return reading.why
  assert.equal(reading.money.currency, code)
  return `${reading.money.minor}${reading.rounded ? ' rounded' : ''}`
}

const asYuan: readonly (readonly [text: string, meaning: string])[] = [
  ['1234.50', '123450'],
  ['-1234.5', '-123450'],
  ['1234', '123400'],
  ['0', '0'],
  ['-0.00', '0'],
  ['007', '700'],
  ['.5', '50'],
  ['5.', '500'],
  ['+5', '500'],
  // Grouping.
  ['1,234.50', '123450'],
  ['1 234.50', '123450'],
  ['1\u00a0234.50', '123450'],
  ["1'234.50", '123450'],
  ['1’234.50', '123450'],
  ['1,23,456.50', '12345650'],
  ['1,500', '150000'],
  ['12,34', '1234'],
  ['12 34', 'not-a-number'],
  ['1,2345', 'ambiguous-separators'],
  ['1,234 567', 'not-a-number'],
  // The European reverse, where it is the only reading.
  ['1.234,50', '123450'],
  ['1 234,50', '123450'],
  ['1.234.567', '123456700'],
  ['1.234.567,89', '123456789'],
  ['1,5', '150'],
  ['0,500', '50'],
  ['1.234', '123 rounded'],
  ['1.2,3.4', 'not-a-number'],
  ['1..2', 'not-a-number'],
  // Signs.
  ['(1,234.50)', '-123450'],
  ['（1,234.50）', '-123450'],
  ['1,234.50-', '-123450'],
  ['−5', '-500'],
  ['－5', '-500'],
  ['--5', 'not-a-number'],
  ['-5-', 'not-a-number'],
  ['(-5)', 'not-a-number'],
  ['(5', 'not-a-number'],
  // Currencies.
  ['￥1 234.50', '123450'],
  ['¥5', '500'],
  ['CNY 1,234.50', '123450'],
  ['RMB1,234.50元', '123450'],
  ['5元整', '500'],
  ['-￥5', '-500'],
  ['￥-5', '-500'],
  ['(￥5)', '-500'],
  ['USD 5', 'other-currency'],
  ['$5', 'other-currency'],
  ['5 pieces', 'not-a-number'],
  ['5%', 'not-a-number'],
  ['constructor 5', 'not-a-number'],
  // Full width, and what only looks like digits.
  ['１，２３４．５０', '123450'],
  ['10²', 'not-a-number'],
  ['①', 'not-a-number'],
  // Units in the cell.
  ['12.5万', '12500000'],
  ['12.5 萬元', '12500000'],
  ['50w', '50000000'],
  ['3亿', '30000000000'],
  ['0.00001万', '10'],
  ['2百万', '200000000'],
  ['1千', '100000'],
  // Spreadsheets.
  ['="1,234.50"', '123450'],
  ['=5', '500'],
  ["'00005", '500'],
  ['"5"', '500'],
  ['5\t\t', '500'],
  ['\ufeff5', '500'],
  // Scientific notation.
  ['1.2e3', '120000'],
  ['1.2E+3', '120000'],
  ['12345e-3', '1234 rounded'],
  ['1e15', '100000000000000000'],
  ['0e999999', '0'],
  ['1e-400', '0 rounded'],
  // Half-even to the minor unit.
  ['1.005', '100 rounded'],
  ['1.015', '102 rounded'],
  ['-1.005', '-100 rounded'],
  ['1.0050000001', '101 rounded'],
  ['1.00500', '100 rounded'],
  ['1.0200', '102'],
  // Too large for 18 digits of minor units.
  ['9999999999999999.99', '999999999999999999'],
  ['10000000000000000', 'too-large'],
  ['9999999999999999.995', 'too-large'],
  ['1e16', 'too-large'],
  ['1e400', 'too-large'],
  ['1e99999999999999999999', 'too-large'],
  ['9'.repeat(1000), 'too-large'],
  ['x'.repeat(1000), 'not-a-number'],
  // Nothing at all.
  ['', 'empty'],
  [' \t', 'empty'],
  ['=""', 'empty'],
  ['-', 'empty'],
  ['—', 'empty'],
  ['NaN', 'not-a-number'],
  ['Infinity', 'not-a-number'],
  ['#N/A', 'not-a-number'],
]

for (const [text, meaning] of asYuan) {
  const shown = text.length > 40 ? `${text.slice(0, 9)}… (${text.length} characters)` : text
  test(`${JSON.stringify(shown)} in a yuan column reads ${meaning}`, () => {
    assert.equal(read(text), meaning)
  })
}

test('the column unit counts unless the cell names its own', () => {
  assert.equal(read('12.5', 'CNY', 'one'), '1250')
  assert.equal(read('12.5', 'CNY', 'ten-thousand'), '12500000')
  assert.equal(read('1.25', 'CNY', 'hundred-million'), '12500000000')
  assert.equal(read('12.5万', 'CNY', 'hundred-million'), '12500000')
  assert.equal(read('0.0000005', 'CNY', 'ten-thousand'), '0 rounded')
})

test('a currency has its own number of decimals', () => {
  assert.equal(read('1234', 'JPY'), '1234')
  assert.equal(read('1234.5', 'JPY'), '1234 rounded')
  assert.equal(read('1.2345', 'KWD'), '1234 rounded')
  assert.equal(read('1.234', 'KWD'), '1234')
})

test('shared signs fit every currency that uses them', () => {
  assert.equal(read('$5', 'HKD'), '500')
  assert.equal(read('US$5', 'HKD'), 'other-currency')
  assert.equal(read('￥5', 'JPY'), '5')
  assert.equal(read('5元', 'HKD'), '500')
})

const anyMoney = fc.record({
  minor: fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }),
  code: fc.constantFrom('CNY', 'JPY', 'KWD', 'CLF'),
})

test('what the system prints, plain or grouped, it reads back', () => {
  fc.assert(
    fc.property(anyMoney, ({ minor, code }) => {
      const amount = money(minor, currency(code))
      assert.equal(read(toDecimal(amount), code), `${minor}`)
      assert.equal(read(toReadable(amount), code), `${minor}`)
    }),
  )
})

test('no text whatever throws, and every amount has at most 18 digits', () => {
  const character = fc.constantFrom(...'0123456789.,-+()eE 万亿元$¥"\'=％²')
  const cell = fc.oneof(fc.string(), fc.string({ unit: character, maxLength: 30 }))
  fc.assert(
    fc.property(cell, (text) => {
      const reading = parseAmount(text, { currency: currency('CNY') })
      if (reading.kind === 'not-an-amount') return
      assert.ok(reading.money.minor < 10n ** 18n && reading.money.minor > -(10n ** 18n))
    }),
    { numRuns: 5000 },
  )
})

test('the fast way and the long way read the same', () => {
  const plain = fc.stringMatching(/^-?\d{0,17}(\.\d{0,4})?$/)
  fc.assert(
    fc.property(plain, (text) => {
      assert.equal(read(text), read(`"${text}"`))
    }),
    { numRuns: 2000 },
  )
})
