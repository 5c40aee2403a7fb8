import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allCurrencies, exponentOf, parseCurrency } from '#kernel/money/currency.ts'

const spellings: readonly (readonly [text: string, code: string | null])[] = [
  ['CNY', 'CNY'],
  [' usd ', 'USD'],
  ['ＥＵＲ', 'EUR'],
  ['rmb', 'CNY'],
  ['人民币', 'CNY'],
  ['￥', 'CNY'],
  ['¥', 'CNY'],
  ['元', 'CNY'],
  ['美元', 'USD'],
  ['HK$', 'HKD'],
  ['€', 'EUR'],
  ['ABC', null],
  ['', null],
  ['constructor', null],
  ['toString', null],
]

for (const [text, code] of spellings) {
  test(`${JSON.stringify(text)} is ${code ?? 'no currency'}`, () => {
    assert.equal(parseCurrency(text), code)
  })
}

test('every currency reads back as itself and has 0 to 4 decimals', () => {
  const all = allCurrencies()
  assert.equal(new Set(all).size, all.length)
  assert.ok(all.length > 150)
  for (const currency of all) {
    assert.equal(parseCurrency(currency), currency)
    assert.ok([0, 2, 3, 4].includes(exponentOf(currency)))
  }
})
