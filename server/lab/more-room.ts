import { fromEpochDay } from '#kernel/calendar/day.ts'
import type { Standing } from '#kernel/lab/replay-party.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { RateBook } from '#server/company/public.ts'

export type MoreRoom = {
  readonly customers: number
  readonly minor: bigint
  readonly ofDefaultedMinor: bigint
}

/**
 * Adds up the limits that a policy would have given beyond today's, each customer's at its widest: what
 * they would have bought with it is in no history.
 */
export function roomFold(rates: RateBook, baseCurrency: Currency) {
  const sums = { customers: 0, minor: 0n, ofDefaultedMinor: 0n }
  const add = (
    now: readonly Standing[],
    after: readonly Standing[],
    hasDefaulted: boolean,
  ): void => {
    if (now === after) return
    let widest = 0n
    after.forEach(({ fromDay, limit }, at) => {
      const before = now[at]?.limit
      if (!limit || (before && before.currency !== limit.currency)) return
      const minor = limit.minor - (before?.minor ?? 0n)
      if (minor <= 0n) return
      const inBase = rates.convert({ ...limit, minor }, baseCurrency, fromEpochDay(fromDay)) ?? 0n
      if (inBase > widest) widest = inBase
    })
    if (widest === 0n) return
    sums.customers += 1
    sums.minor += widest
    if (hasDefaulted) sums.ofDefaultedMinor += widest
  }
  return { add, result: (): MoreRoom => ({ ...sums }) }
}
