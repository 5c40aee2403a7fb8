import type { Day } from '#kernel/calendar/day.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { type WindowIndicator, windowValues } from '#kernel/indicator/window-indicators.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'
import { historyUntil } from '#kernel/receivable/history-until.ts'
import type { RateBook } from '#server/company/public.ts'
import { completeHistories, type PartyIndicators } from '#server/indicator/compute-indicators.ts'
import { latestSnapshots } from '#server/indicator/snapshot.store.ts'
import { familiesOf, type RatedParty } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

type Asked = {
  readonly asOf: Day
  readonly rates: RateBook
  /** Built-in ones, which are stored. */
  readonly indicators: readonly Indicator[]
  /** Sums over windows that formulas read: the ledger tells them, as they need not be stored yet. */
  readonly windows: readonly WindowIndicator[]
}

/** The latest stored indicators of parties up to a day, with sums over windows of the same days. */
export async function latestIndicators(
  db: Reader,
  parties: readonly RatedParty[],
  { asOf, indicators, rates, windows }: Asked,
): Promise<ReadonlyMap<string, PartyIndicators & { readonly asOf: Day }>> {
  const ids = parties.map(({ id }) => id)
  const stored = await latestSnapshots(db, ids, asOf, indicators)
  if (windows.length === 0) return stored
  const sums = await windowsOfStored(db, parties, { stored, windows, rates })
  return new Map(
    [...stored].map(([id, each]) => [id, { ...each, values: { ...each.values, ...sums.get(id) } }]),
  )
}

/** The sums over windows of parties whose indicators are stored, as of the days that they are of. */
export async function windowsOfStored(
  db: Reader,
  parties: readonly RatedParty[],
  of: {
    readonly stored: ReadonlyMap<string, { readonly currency: Currency; readonly asOf: Day }>
    readonly windows: readonly WindowIndicator[]
    readonly rates: RateBook
  },
): Promise<ReadonlyMap<string, IndicatorValues>> {
  const known = of.windows.length === 0 ? [] : parties.filter(({ id }) => of.stored.has(id))
  if (known.length === 0) return new Map()
  const families = await familiesOf(
    db,
    known.map(({ id }) => id),
  )
  const histories = await completeHistories(db, known, families)
  return new Map(
    known.flatMap(({ id }) => {
      const [history, stored] = [histories.get(id), of.stored.get(id)]
      if (!history || !stored) return []
      const { asOf, currency } = stored
      const convert = (amount: Money, day: Day) => of.rates.convert(amount, currency, day)
      return [
        [id, windowValues(historyUntil(history, asOf), { asOf, currency, convert }, of.windows)],
      ]
    }),
  )
}
