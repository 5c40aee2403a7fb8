import type { Day } from '#kernel/calendar/day.ts'
import {
  convert,
  crossRate,
  type ExchangeRate,
  invertRate,
  parseRate,
} from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'
import { findCompany } from '#server/company/company.store.ts'
import { ratesUpTo } from '#server/company/exchange-rate.store.ts'
import type { Reader } from '#server/platform/database.ts'

/** Exchange rates known up to a day. */
export type RateBook = {
  /** Minor units of `to` on a day, half-even, or null where no rate is known by then. */
  convert(amount: Money, to: Currency, on: Day): bigint | null
  /** The rate that `convert` takes between two currencies on a day. */
  rate(from: Currency, to: Currency, on: Day): ExchangeRate | null
}

/** Loads every rate up to a day. A pair without its own rate goes over the base currency. */
export async function rateBookAsOf(db: Reader, asOf: Day): Promise<RateBook> {
  const base = (await findCompany(db))?.baseCurrency as Currency | undefined
  const series = new Map<string, ExchangeRate[]>()
  for (const row of await ratesUpTo(db, asOf)) {
    const subject = {
      from: row.from as Currency,
      to: row.to as Currency,
      rateOn: row.rateOn as Day,
    }
    const rate = parseRate(row.rate, subject)
    if (!rate) continue
    append(series, `${row.from}/${row.to}`, rate)
    append(series, `${row.to}/${row.from}`, invertRate(rate))
  }
  for (const list of series.values()) list.sort((a, b) => (a.rateOn < b.rateOn ? -1 : 1))
  const rate: RateBook['rate'] = (from, to, on) => rateBy(series, base, { from, to, on })
  return {
    rate,
    convert: (amount, to, on) => {
      if (amount.currency === to) return amount.minor
      const found = rate(amount.currency, to, on)
      return found && convert(amount, found, 'half-even').money.minor
    },
  }
}

function append(series: Map<string, ExchangeRate[]>, pair: string, rate: ExchangeRate): void {
  const list = series.get(pair)
  if (list) list.push(rate)
  else series.set(pair, [rate])
}

function rateBy(
  series: Map<string, ExchangeRate[]>,
  base: Currency | undefined,
  of: { from: Currency; to: Currency; on: Day },
): ExchangeRate | null {
  const { from, on, to } = of
  const direct = latestOn(series.get(`${from}/${to}`), on)
  if (direct || base === undefined) return direct ?? null
  const first = latestOn(series.get(`${from}/${base}`), on)
  const second = latestOn(series.get(`${base}/${to}`), on)
  return first && second ? crossRate(first, second) : null
}

/** The last rate on or before a day, by bisection. */
function latestOn(list: readonly ExchangeRate[] | undefined, on: Day): ExchangeRate | undefined {
  if (!list) return undefined
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.rateOn ?? on) <= on) low = middle + 1
    else high = middle
  }
  return list[low - 1]
}
