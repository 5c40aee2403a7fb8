import type { BinDistribution } from '#contract/lab.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { addDays } from '#kernel/calendar/day.ts'
import { binCounts } from '#kernel/lab/bin-counts.ts'
import { outcomeOf } from '#kernel/model/outcome.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { indicatorsOfCard } from '#kernel/scoring/prepare-scorecard.ts'
import { findCompany, rateBookAsOf } from '#server/company/public.ts'
import { indicatorsOnDays } from '#server/indicator/public.ts'
import { valuesUnder } from '#server/lab/decide-parties.ts'
import { builtInOnce, windowsOf, withKnown } from '#server/lab/known-parties.ts'
import { nextCustomers } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { policySet } from '#server/policy/public.ts'

/** As training takes them: more than so many days past due within so many days. */
const label = { thresholdDays: 60, horizonDays: 180 }
const most = 5_000
const batchSize = 1_000

/**
 * How the customers that somebody sees fall into the bins of a scorecard that is being written: those
 * of today by their stored indicators, and how many went bad of those whose horizon has passed. Of a
 * large book the first customers are taken, so that it answers at once.
 */
export async function binDistribution(
  { actor, db, today }: Context,
  document: unknown,
): Promise<BinDistribution | Refusal> {
  const set = await policySet(db, [{ kind: 'scorecard', document }])
  if (isRefusal(set)) return set
  const { definitions, scorecard } = set.scoring
  const baseCurrency = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  const rates = await rateBookAsOf(db, today)
  const past = addDays(today, -label.horizonDays)
  const read = [...indicatorsOfCard(scorecard), ...(definitions?.defined.read ?? [])]
  const indicators = builtInOnce(read)
  const asked = { asOf: today, rates, indicators, windows: windowsOf(set) }
  const counts = binCounts(scorecard)
  const told = { customers: 0, notRated: 0, judged: 0, bad: 0 }
  const defined = definitions?.defined ?? null
  let seen = 0
  for (let last: string | null = null; seen < most; ) {
    const parties = await nextCustomers(db, last, batchSize, today, actor)
    last = parties.at(-1)?.id ?? null
    if (last === null) break
    seen += parties.length
    for (const { known } of await withKnown(db, parties, asked)) {
      if (!known) {
        told.notRated += 1
        continue
      }
      told.customers += 1
      counts.addToday(valuesUnder(set, known, { asOf: today, rates }), today)
    }
    for await (const then of indicatorsOnDays(db, parties, [past], { baseCurrency, defined })) {
      for (const [id, { currency, values }] of then.indicators) {
        const history = then.histories.get(id)
        const outcome = history && outcomeOf(history, past, label, termsIn(currency, then.rates))
        if (outcome !== 'good' && outcome !== 'bad') continue
        told.judged += 1
        if (outcome === 'bad') told.bad += 1
        counts.addJudged(values, past, outcome === 'bad')
      }
    }
  }
  return {
    ...{ asOf: today, past, ...label, ...told, isAll: seen < most },
    characteristics: counts.result().map(({ bins, id, missing }) => ({
      ...{ id, bins: [...bins], missing },
    })),
  }
}

function termsIn(currency: Currency, rates: Awaited<ReturnType<typeof rateBookAsOf>>) {
  type Convert = typeof rates.convert
  return {
    currency,
    convert: (amount: Parameters<Convert>[0], on: Parameters<Convert>[2]) =>
      rates.convert(amount, currency, on),
  }
}
