import { addDays, addMonths, type Day, endOfMonth, startOfMonth } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import { normal, openStream } from '#kernel/random/random.ts'
import { currencyOf } from '#kernel/simulator/currency-of.ts'

/** The price of one unit of a currency in CNY at the end of a month, as a decimal of 6 places. */
export type SimulatedRate = {
  readonly currency: Currency
  readonly on: Day
  readonly cnyPerUnit: string
}

/**
 * Month-end rates from the month before the first day to the last one that has ended: a random walk
 * around a level that the years since 2023 have seen. The yen loses a sixth against the yuan from
 * month 13 to 19, which is what hurts the foreign customer of the stories.
 */
export function simulateExchangeRates(seed: string, from: Day, to: Day): SimulatedRate[] {
  const rates: SimulatedRate[] = []
  for (const { code, level, monthlyPpm, slideFrom, slideTo, slidePpm } of walks) {
    const stream = openStream(seed, 'rates', code)
    let micro = level
    let month = endOfMonth(addDays(startOfMonth(from), -1))
    for (let index = 0; month <= to; index++) {
      rates.push({
        currency: currencyOf(code),
        on: month,
        cnyPerUnit: scaledToDecimal(BigInt(micro), 6),
      })
      const slide = index >= slideFrom && index < slideTo ? slidePpm : 0
      const pull = (level - micro) / level / 20
      const change = (normal(stream) * monthlyPpm + slide) / 1_000_000 + (slide === 0 ? pull : 0)
      micro = Math.round(micro * (1 + change))
      month = endOfMonth(addMonths(startOfMonth(month), 1))
    }
  }
  return rates
}

type Walk = {
  readonly code: 'USD' | 'EUR' | 'HKD' | 'JPY'
  /** Millionths of a yuan. */
  readonly level: number
  /** Standard deviation of a month's change, in millionths. */
  readonly monthlyPpm: number
  readonly slideFrom: number
  readonly slideTo: number
  readonly slidePpm: number
}

const steady = { slideFrom: 0, slideTo: 0, slidePpm: 0 }

const walks: readonly Walk[] = [
  { code: 'USD', level: 7_180_000, monthlyPpm: 6_000, ...steady },
  { code: 'EUR', level: 7_820_000, monthlyPpm: 14_000, ...steady },
  { code: 'HKD', level: 920_000, monthlyPpm: 6_000, ...steady },
  { code: 'JPY', level: 49_500, monthlyPpm: 8_000, slideFrom: 13, slideTo: 19, slidePpm: -30_000 },
]
