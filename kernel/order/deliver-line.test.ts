import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { invariant } from '#kernel/invariant.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import {
  deliverLine,
  type LineProgress,
  restOf,
  shareReturned,
} from '#kernel/order/deliver-line.ts'
import { type LinePrice, lineAmount, priceOfMinorUnit } from '#kernel/order/line-amount.ts'

const priceIn = (code: string, unitPriceE4: bigint, discountBps = 0): LinePrice => {
  const currency = parseCurrency(code)
  invariant(currency, `${code} is a currency`)
  return { unitPriceE4, discountBps, currency }
}

const amounts: readonly [string, bigint, LinePrice, bigint][] = [
  ['10 at 12.50', 10_000n, priceIn('CNY', 125_000n), 125_00n],
  ['half a fen goes up', 1_000n, priceIn('CNY', 50n), 1n],
  ['less than half goes down', 1_000n, priceIn('CNY', 49n), 0n],
  ['a third of a metre', 333n, priceIn('CNY', 100_000n), 3_33n],
  ['less 2.5 %', 4_000n, priceIn('CNY', 100_000n, 250), 39_00n],
  ['whole yen', 3_000n, priceIn('JPY', 1_234_567n), 370n],
  ['three decimals of a dinar', 2_000n, priceIn('KWD', 12_345n), 2_469n],
  ['an order without lines', 1_234_000n, priceOfMinorUnit(priceIn('CNY', 0n).currency), 1_234n],
  ['one in yen', 1_234_000n, priceOfMinorUnit(priceIn('JPY', 0n).currency), 1_234n],
  ['one in dinars', 1_234_000n, priceOfMinorUnit(priceIn('KWD', 0n).currency), 1_234n],
]

for (const [what, quantity, price, minor] of amounts) {
  test(`a line's amount: ${what}`, () => assert.equal(lineAmount(quantity, price), minor))
}

const price = priceIn('CNY', 100_000n)
const line = (ordered: bigint, served: bigint): LineProgress => ({ ordered, served, price })

const deliveries: readonly [string, LineProgress, bigint, number, string][] = [
  ['a part', line(10_000n, 0n), 4_000n, 0, 'delivered 4000 0'],
  ['the rest', line(10_000n, 4_000n), 6_000n, 0, 'delivered 6000 0'],
  ['one too many', line(10_000n, 4_000n), 6_001n, 0, 'too-much 6000'],
  ['within the tolerance', line(10_000n, 4_000n), 6_500n, 500, 'delivered 6000 500'],
  ['past the tolerance', line(10_000n, 4_000n), 6_501n, 500, 'too-much 6500'],
  ['after an over-delivery', line(10_000n, 10_400n), 100n, 500, 'delivered 0 100'],
  ['nothing is left of it', line(10_000n, 10_600n), 1n, 500, 'too-much 0'],
]

for (const [what, of, quantity, toleranceBps, expected] of deliveries) {
  test(`delivering ${what}`, () => {
    const { kind, ...numbers } = deliverLine(of, quantity, toleranceBps)
    assert.equal([kind, ...Object.values(numbers)].join(' '), expected)
  })
}

test('deliveries at one price add up to the line, and what came back to what was delivered', () => {
  const quantity = fc.bigInt({ min: 1n, max: 10n ** 9n })
  const parts = fc.array(quantity, { minLength: 1, maxLength: 8 })
  const unitPrice = fc.bigInt({ min: 1n, max: 10n ** 9n })
  fc.assert(
    fc.property(parts, unitPrice, fc.integer({ min: 0, max: 9_999 }), (all, e4, discount) => {
      const of = priceIn('CNY', e4, discount)
      const ordered = all.reduce((sum, part) => sum + part, 0n)
      let [served, total] = [0n, 0n]
      for (const part of all) {
        const made = deliverLine({ ordered, served, price: of }, part, 0)
        assert.ok(made.kind === 'delivered' && made.beyond === 0n)
        served += part
        total += made.fromRest
      }
      assert.equal(total, lineAmount(ordered, of))
      assert.equal(restOf({ ordered, served, price: of }), 0n)
      let [left, kept] = [ordered, total]
      for (const returned of all) {
        const share = shareReturned({ amountMinor: kept, quantity: left, returned })
        assert.ok(share >= 0n && share <= kept)
        left -= returned
        kept -= share
      }
      assert.equal(kept, 0n)
    }),
  )
})
