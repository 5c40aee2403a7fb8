import type { Day } from '#kernel/calendar/day.ts'
import { crossRate, type ExchangeRate, invertRate, parseRate } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { findCompany } from '#server/company/company.store.ts'
import { ratesAmong } from '#server/company/exchange-rate.store.ts'
import type { Reader } from '#server/platform/database.ts'

export type CurrencyPair = { readonly from: Currency; readonly to: Currency }

/**
 * The latest rate of each pair on or before a day: its own, the inverse of the other way, or over
 * the base currency. A pair without any is left out.
 */
export async function ratesBetween(
  db: Reader,
  pairs: readonly CurrencyPair[],
  on: Day,
): Promise<ExchangeRate[]> {
  if (pairs.length === 0) return []
  const base = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  const currencies = [...new Set([base, ...pairs.flatMap(({ from, to }) => [from, to])])]
  const known = new Map<string, ExchangeRate>()
  for (const row of await ratesAmong(db, currencies, on)) {
    const { from, to, rateOn } = row
    const rate = parseRate(row.rate, {
      from: from as Currency,
      to: to as Currency,
      rateOn: rateOn as Day,
    })
    if (!rate) continue
    keepLater(known, rate)
    keepLater(known, invertRate(rate))
  }
  const of = (from: Currency, to: Currency) => known.get(`${from}/${to}`)
  return pairs.flatMap(({ from, to }) => {
    const own = of(from, to)
    if (own) return [own]
    const [first, second] = [of(from, base), of(base, to)]
    return first && second ? [crossRate(first, second)] : []
  })
}

/** Of a rate and the inverse of its opposite the younger one counts; of one day the pair's own. */
function keepLater(known: Map<string, ExchangeRate>, rate: ExchangeRate): void {
  const pair = `${rate.from}/${rate.to}`
  const there = known.get(pair)
  if (!there || there.rateOn < rate.rateOn) known.set(pair, rate)
}
