import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isRefusal } from '#contract/problem.ts'
import { day } from '#kernel/calendar/day.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { changeCompany } from '#server/company/change-company.ts'
import { rateBookAsOf } from '#server/company/rate-book.ts'
import { setExchangeRates } from '#server/company/set-exchange-rates.ts'
import type { Context } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let context: Context

before(async () => {
  database = await openTestDatabase()
  context = database.context('accountant')
  const rates = [
    { from: 'USD', to: 'CNY', rateOn: '2026-01-31', rate: '7.00' },
    { from: 'USD', to: 'CNY', rateOn: '2026-02-28', rate: '7.20' },
    { from: 'JPY', to: 'CNY', rateOn: '2026-01-31', rate: '0.05' },
  ]
  assert.ok(!isRefusal(await setExchangeRates(context, rates)))
})

after(() => database.close())

const code = (text: string): Currency => parseCurrency(text) ?? ('CNY' as Currency)

test('an amount is converted at the latest rate on or before the day', async () => {
  const book = await rateBookAsOf(context.db, day('2026-12-31'))
  const cny = (minor: bigint, from: string, on: string) =>
    book.convert({ minor, currency: code(from) }, code('CNY'), day(on))
  assert.equal(cny(10_000n, 'USD', '2026-01-30'), null)
  assert.equal(cny(10_000n, 'USD', '2026-02-27'), 70_000n)
  assert.equal(cny(10_000n, 'USD', '2026-02-28'), 72_000n)
  assert.equal(cny(1000n, 'JPY', '2026-03-01'), 5000n, '1000 yen are 50.00 yuan')
  assert.equal(cny(5n, 'CNY', '2020-01-01'), 5n)
})

test('a pair without its own rate goes over the base currency, either way round', async () => {
  const book = await rateBookAsOf(context.db, day('2026-12-31'))
  const on = day('2026-02-01')
  assert.equal(book.convert({ minor: 100n, currency: code('USD') }, code('JPY'), on), 140n)
  assert.equal(book.convert({ minor: 140n, currency: code('JPY') }, code('USD'), on), 100n)
  assert.equal(book.convert({ minor: 100n, currency: code('EUR') }, code('CNY'), on), null)
})

test('a rate of the same day and source is replaced, others stay', async () => {
  const again = { from: 'USD', to: 'CNY', rateOn: '2026-02-28', rate: '7.30' }
  assert.ok(!isRefusal(await setExchangeRates(context, [again])))
  const book = await rateBookAsOf(context.db, day('2026-12-31'))
  const converted = book.convert(
    { minor: 100n, currency: code('USD') },
    code('CNY'),
    day('2026-03-01'),
  )
  assert.equal(converted, 730n)
})

test('wrong rates and companies are refused with the field', async () => {
  const rate = { from: 'USD', to: 'CNY', rateOn: '2026-01-01', rate: '7' }
  const answers = [
    await setExchangeRates(context, [{ ...rate, from: 'XXQ' }]),
    await setExchangeRates(context, [{ ...rate, rate: '0.000' }]),
    await changeCompany(context, { baseCurrency: 'ZZZ' }),
    await changeCompany(context, { timeZone: 'Mars/Olympus' }),
  ]
  const said = answers.map((answer) => (isRefusal(answer) ? answer.refused.detail : 'done'))
  assert.deepEqual(said, [
    'rates.0: XXQ is not a currency.',
    'rates.0: two currencies and a rate above zero.',
    'baseCurrency: ZZZ is not an ISO 4217 code.',
    'timeZone: write a name such as Asia/Shanghai.',
  ])
})
