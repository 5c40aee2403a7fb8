import type { IndicatorsShown } from '#contract/indicator.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import type { IndicatorValues } from '#kernel/indicator/indicator.ts'
import { indicatorText } from '#kernel/indicator/indicator-text.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { findCompany, rateBookAsOf } from '#server/company/public.ts'
import { computeIndicators } from '#server/indicator/compute-indicators.ts'
import { findRatedParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

/** All indicators of a party as of a day, computed from what is known now of the time until then. */
export async function showIndicators(
  db: Reader,
  partyId: string,
  asOf: Day,
): Promise<IndicatorsShown | Refusal> {
  const parties = await findRatedParties(db, [partyId])
  const rates = await rateBookAsOf(db, asOf)
  const baseCurrency = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  const computed = await computeIndicators(db, parties, { asOf, rates, baseCurrency })
  const found = computed.get(partyId)
  if (!found) return refuse('not-found', 'There is no such party, or it was merged.')
  return { asOf, currency: found.currency, recordedAt: null, values: textsOf(found) }
}

function textsOf(of: { values: IndicatorValues; currency: Currency }) {
  return Object.fromEntries(
    allIndicators.map((indicator) => [
      indicator.id,
      indicatorText(indicator, of.values[indicator.id] ?? null, of.currency),
    ]),
  )
}
