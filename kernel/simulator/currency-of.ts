import { invariant } from '#kernel/invariant.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'

/** One of the currencies the simulated company deals in. */
export function currencyOf(code: 'CNY' | 'USD' | 'EUR' | 'HKD' | 'JPY'): Currency {
  const currency = parseCurrency(code)
  invariant(currency, `${code} is a currency`)
  return currency
}
