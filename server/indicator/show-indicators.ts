import type { IndicatorsShown } from '#contract/indicator.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { indicatorText } from '#kernel/indicator/indicator-text.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { findCompany, rateBookAsOf } from '#server/company/public.ts'
import { computeIndicators } from '#server/indicator/compute-indicators.ts'
import { findRatedParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { publishedDefinitions } from '#server/policy/public.ts'

/** All indicators of a party as of a day, computed from what is known now of the time until then. */
export async function showIndicators(
  db: Reader,
  partyId: string,
  asOf: Day,
): Promise<IndicatorsShown | Refusal> {
  const parties = await findRatedParties(db, [partyId])
  const rates = await rateBookAsOf(db, asOf)
  const baseCurrency = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  const definitions = await publishedDefinitions(db)
  const defined = definitions?.defined ?? null
  const computed = await computeIndicators(db, parties, { asOf, rates, baseCurrency, defined })
  const found = computed.get(partyId)
  if (!found) return refuse('not-found', 'There is no such party, or it was merged.')
  const values = textsOf(found, knownIndicators(defined))
  return { asOf, currency: found.currency, recordedAt: null, values }
}

function textsOf(
  of: { values: IndicatorValues; currency: Currency },
  indicators: readonly Indicator[],
) {
  return Object.fromEntries(
    indicators.map((indicator) => [
      indicator.id,
      indicatorText(indicator, of.values[indicator.id] ?? null, of.currency),
    ]),
  )
}
