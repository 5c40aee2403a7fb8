import type { Monitoring } from '#contract/monitoring.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { addDays, addMonths, type Day, earlierOf } from '#kernel/calendar/day.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { outcomeOf } from '#kernel/model/outcome.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import { findCompany } from '#server/company/public.ts'
import { indicatorsOnDays } from '#server/indicator/public.ts'
import { alertsOf } from '#server/model/monitoring-alerts.ts'
import { monitoringFold } from '#server/model/monitoring-fold.ts'
import { countCustomers, nextCustomers, type RatedParty } from '#server/party/public.ts'
import type { Progress } from '#server/platform/job.ts'
import type { Context } from '#server/platform/run-command.ts'
import { dayIn } from '#server/platform/today.ts'
import { publishedScoring, storedVersions } from '#server/policy/public.ts'
import { loadBefore } from '#server/scoring/public.ts'

const batchSize = 500
/** As grades tell it: the chance of default within twelve months, by the usual ninety days. */
const label = { thresholdDays: 90, horizonDays: 365 }

/**
 * Holds the customers of today against those of the day on which the scorecard that counts began, what
 * its grades told a year ago against what came, and its grades against those that people gave instead.
 * Each day is seen by what was known on it.
 */
export async function monitorScorecard(
  { db, today }: Context,
  progress: Progress,
): Promise<Monitoring | Refusal> {
  const scoring = await publishedScoring(db)
  if (isRefusal(scoring)) return scoring
  const [version] = await storedVersions(db, { everPublished: 'scorecard' })
  if (!version?.publishedAt)
    return refuse('wrong-state', 'No scorecard was ever published.', { zh: '还没有发布过评分卡。' })
  const company = await findCompany(db)
  const beforeOn = baselineOf(dayIn(company?.timeZone ?? 'UTC', version.publishedAt), today)
  const judgedOn = addDays(today, -label.horizonDays)
  const defined = scoring.definitions?.defined ?? null
  const fold = monitoringFold(scoring)
  const days = [...new Set([beforeOn, judgedOn, today])].sort()
  const of = { baseCurrency: (company?.baseCurrency ?? 'CNY') as Currency, defined }
  const [total, since] = [await countCustomers(db), earlierOf(beforeOn, judgedOn)]
  let done = 0
  for (let after: string | null = null; ; ) {
    const parties: RatedParty[] = await nextCustomers(db, after, batchSize, since)
    after = parties.at(-1)?.id ?? null
    if (after === null) break
    const known = new Map(parties.map((party) => [party.id, party]))
    const { overrides } = await loadBefore(db, [...known.keys()], today)
    for await (const past of indicatorsOnDays(db, parties, days, of)) {
      const { asOf, rates } = past
      for (const [id, { currency, values }] of past.indicators) {
        const [history, party] = [past.histories.get(id), known.get(id)]
        if (!history || !party || !isActive(history, asOf)) continue
        const seen = { party, asOf, values }
        if (asOf === beforeOn) fold.see('before', seen)
        if (asOf === judgedOn) {
          const convert = (m: Parameters<typeof rates.convert>[0], on: Day) =>
            rates.convert(m, currency, on)
          fold.judge(seen, outcomeOf(history, judgedOn, label, { currency, convert }))
        }
        if (asOf === today) fold.see('now', seen, overrides.get(id))
      }
    }
    done += parties.length
    await progress(done, Math.max(done, total))
  }
  const result = fold.result(knownIndicators(defined))
  const calibration = { on: judgedOn, ...label, ...result.calibration }
  const told = {
    ...{ asOf: today, versionId: version.id, number: version.number, beforeOn },
    ...{ ...result, calibration },
  }
  return { ...told, alerts: alertsOf(told) }
}

/** A card that began just now, or long ago, is held against the customers of a year ago. */
function baselineOf(publishedOn: Day, today: Day): Day {
  const isTold = publishedOn <= addDays(today, -30) && publishedOn >= addMonths(today, -60)
  return isTold ? publishedOn : addMonths(today, -12)
}

/** Who bought nothing in the year before is no customer whom a card is asked about. */
function isActive({ invoices }: PartyHistory, on: Day): boolean {
  const since = addMonths(on, -12)
  return invoices.some(({ issuedOn }) => issuedOn > since && issuedOn <= on)
}
