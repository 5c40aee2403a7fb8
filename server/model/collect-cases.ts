import { addDays, addMonths, type Day, dayOf } from '#kernel/calendar/day.ts'
import type { DefinedIndicators } from '#kernel/indicator/prepare-indicator-formulas.ts'
import type { Case } from '#kernel/model/cases.ts'
import { type Label, outcomeOf } from '#kernel/model/outcome.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { findCompany } from '#server/company/public.ts'
import { indicatorsOnDays } from '#server/indicator/public.ts'
import { countCustomers, nextCustomers, type RatedParty } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Progress } from '#server/platform/job.ts'

const batchSize = 500

export type Collected = { readonly cases: readonly Case[]; readonly currencies: number }

/**
 * Every customer at the end of each of these past months: its indicators as they were known, and
 * what followed within the label's horizon. The indicators come from a history that was cut at the
 * day, so they cannot see what the label is told from.
 */
export async function collectCases(
  db: Reader,
  monthEnds: readonly Day[],
  of: Label & { readonly defined: DefinedIndicators | null },
  progress: Progress,
): Promise<Collected> {
  const cases: Case[] = []
  const { defined, ...label } = of
  const currencies = new Set<Currency>()
  const baseCurrency = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  const inBase = { baseCurrency, defined }
  const [first] = monthEnds
  const total = await countCustomers(db)
  let seen = 0
  for (let after: string | null = null; first !== undefined; ) {
    const parties: RatedParty[] = await nextCustomers(db, after, batchSize, first)
    after = parties.at(-1)?.id ?? null
    if (after === null) break
    for await (const past of indicatorsOnDays(db, parties, monthEnds, inBase)) {
      for (const [partyId, { currency, values }] of past.indicators) {
        const history = past.histories.get(partyId)
        if (!history) continue
        const convert = past.rates.convert
        const terms = {
          currency,
          convert: (m: Parameters<typeof convert>[0], on: Day) => convert(m, currency, on),
        }
        const outcome = outcomeOf(history, past.asOf, label, terms)
        if (outcome !== 'good' && outcome !== 'bad') continue
        currencies.add(currency)
        cases.push({ partyId, asOf: past.asOf, values, bad: outcome === 'bad' })
      }
    }
    seen += parties.length
    await progress(seen, total)
  }
  cases.sort((a, b) =>
    a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : a.partyId < b.partyId ? -1 : 1,
  )
  return { cases, currencies: currencies.size }
}

/** Ends of past months whose horizon has passed, the latest last. */
export function monthEndsBefore(today: Day, horizonDays: number, months: number): Day[] {
  const last = addDays(today, -horizonDays)
  const [year = 0, month = 1] = last.split('-').map(Number)
  const firstOfMonth = dayOf(year, month, 1)
  if (!firstOfMonth) return []
  const ends: Day[] = []
  for (let back = months; back >= 0; back -= 1) {
    const end = addDays(addMonths(firstOfMonth, 1 - back), -1)
    if (end <= last) ends.push(end)
  }
  return ends.slice(-months)
}
