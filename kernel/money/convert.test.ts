import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day } from '#kernel/calendar/day.ts'
import {
  convert,
  crossRate,
  type ExchangeRate,
  invertRate,
  parseRate,
} from '#kernel/money/convert.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { money } from '#kernel/money/money.ts'

function currency(code: string): Currency {
  const parsed = parseCurrency(code)
  assert.ok(parsed)
  return parsed
}

function rate(from: string, to: string, text: string, on = '2025-03-03'): ExchangeRate {
  const parsed = parseRate(text, { from: currency(from), to: currency(to), rateOn: day(on) })
  assert.ok(parsed, `${text} is a rate`)
  return parsed
}

test('a rate keeps every digit of its text, in lowest terms', () => {
  const { numerator, denominator } = rate('USD', 'CNY', '7.2500')
  assert.deepEqual([numerator, denominator], [29n, 4n])
})

for (const text of ['', '0', '0.000', '-7.1', '7,1', '1e3', 'NaN', '.5', '7.', '1'.repeat(19)]) {
  test(`${JSON.stringify(text)} is no rate`, () => {
    const subject = { from: currency('USD'), to: currency('CNY'), rateOn: day('2025-03-03') }
    assert.equal(parseRate(text, subject), null)
  })
}

test('a quotation for 100 units is divided by 100', () => {
  const subject = { from: currency('JPY'), to: currency('CNY'), rateOn: day('2025-03-03') }
  const parsed = parseRate('4.8512', { ...subject, per: 100n })
  assert.ok(parsed)
  assert.equal(convert(money(10_000n, currency('JPY')), parsed, 'half-even').money.minor, 48512n)
})

test('minor units of currencies with other decimals are brought to scale', () => {
  const yen = convert(money(10_000n, currency('USD')), rate('USD', 'JPY', '150.255'), 'half-even')
  assert.deepEqual(yen.money, money(15_026n, currency('JPY')))
  const dinar = convert(money(10_000n, currency('USD')), rate('USD', 'KWD', '0.3081'), 'down')
  assert.deepEqual(dinar.money, money(30_810n, currency('KWD')))
  const back = convert(money(1n, currency('JPY')), rate('JPY', 'USD', '0.00665'), 'up')
  assert.deepEqual(back.money, money(1n, currency('USD')))
})

test('the conversion hands back the rate it used', () => {
  const used = rate('USD', 'CNY', '7.1')
  assert.equal(convert(money(1n, currency('USD')), used, 'half-even').rate, used)
})

test('a rate of another currency is a broken invariant', () => {
  const used = rate('USD', 'CNY', '7.1')
  assert.throws(() => convert(money(1n, currency('EUR')), used, 'down'), /from USD converts USD/)
  assert.throws(() => crossRate(used, used), /one base currency/)
})

test('a cross rate over the base is exact and as old as the older quotation', () => {
  const euroInDollars = rate('EUR', 'USD', '1.0465', '2025-03-03')
  const euroInYuan = rate('EUR', 'CNY', '7.6342', '2025-02-28')
  const cross = crossRate(invertRate(euroInDollars), euroInYuan)
  assert.deepEqual([cross.from, cross.to, cross.rateOn], ['USD', 'CNY', '2025-02-28'])
  assert.equal(cross.numerator * 10465n, cross.denominator * 76342n)
})

const decimal = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 999999 }))
  .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(6, '0')}`)

test('a rate crossed with its inverse is one, and inverting twice changes nothing', () => {
  fc.assert(
    fc.property(decimal, (text) => {
      const there = rate('USD', 'CNY', text)
      assert.deepEqual(invertRate(invertRate(there)), there)
      const { numerator, denominator } = crossRate(there, invertRate(there))
      assert.deepEqual([numerator, denominator], [1n, 1n])
    }),
  )
})

test('a conversion is off by less than one minor unit and keeps the order of amounts', () => {
  const minor = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
  fc.assert(
    fc.property(decimal, minor, minor, (text, a, b) => {
      const used = rate('USD', 'JPY', text)
      const into = (value: bigint) =>
        convert(money(value, currency('USD')), used, 'half-even').money.minor
      const error = into(a) * used.denominator * 100n - a * used.numerator
      assert.ok((error < 0n ? -error : error) * 2n <= used.denominator * 100n)
      if (a <= b) assert.ok(into(a) <= into(b))
    }),
  )
})
