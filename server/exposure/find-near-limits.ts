import type { Day } from '#kernel/calendar/day.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { ratesBetween } from '#server/company/public.ts'
import {
  accountCurrencies,
  accountsNearLimit,
  type NearLimit,
} from '#server/exposure/account-figures.store.ts'
import type { Reader } from '#server/platform/database.ts'

/** Accounts whose exposure is from so many ten-thousandths of their limit on: one pass over all. */
export async function findNearLimits(
  db: Reader,
  today: Day,
  fromBps: number,
): Promise<NearLimit[]> {
  const currencies = (await accountCurrencies(db)).map(({ currency }) => currency)
  const pairs = currencies.flatMap((from) =>
    currencies.flatMap((to) => (from === to ? [] : [{ from, to }])),
  )
  const rates = (await ratesBetween(db, pairs, today)).map(
    ({ denominator, from, numerator, to }) => ({
      ...{ from, to },
      numerator: numerator * scale(to),
      denominator: denominator * scale(from),
    }),
  )
  return accountsNearLimit(db, { fromBps, today, rates })
}

function scale(currency: Currency): bigint {
  return 10n ** BigInt(exponentOf(currency))
}
