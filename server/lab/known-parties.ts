import type { Day } from '#kernel/calendar/day.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { WindowIndicator } from '#kernel/indicator/window-indicators.ts'
import { indicatorsOfLimit } from '#kernel/limit/prepare-limit-policy.ts'
import { indicatorsOfCard } from '#kernel/scoring/prepare-scorecard.ts'
import type { RateBook } from '#server/company/public.ts'
import { latestIndicators } from '#server/indicator/public.ts'
import type { KnownParty } from '#server/lab/decide-parties.ts'
import { nextCustomers, type RatedParty } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'
import type { PolicySet } from '#server/policy/public.ts'
import { loadBefore } from '#server/scoring/public.ts'

const batchSize = 1_000
const batchesAhead = 3

export type KnownBatch = readonly (RatedParty & { readonly known: KnownParty | null })[]

/** What of customers is read. */
type Asked = {
  readonly asOf: Day
  readonly rates: RateBook
  readonly actor: Actor
} & Quantities

/** What policies read of customers. */
type Quantities = {
  /** Built-in ones. */
  readonly indicators: readonly Indicator[]
  /** Sums over windows that formulas read, which are stored nowhere before they are published. */
  readonly windows: readonly WindowIndicator[]
}

/**
 * The customers that somebody sees, batch by batch, each with its latest stored indicators; null for
 * one that was never rated. Some batches are read ahead while one is worked on.
 */
export async function* knownParties(db: Reader, of: Asked): AsyncGenerator<KnownBatch> {
  const ahead: Promise<KnownBatch>[] = []
  let page = pageAfter(db, null, of)
  for (let isOver = false; ; ) {
    while (!isOver && ahead.length < batchesAhead) {
      const parties = await page
      const last = parties.at(-1)
      isOver = !last
      if (!last) break
      page = pageAfter(db, last.id, of)
      const batch = withKnown(db, parties, of)
      // Told when they are waited for; until then they are nobody's.
      page.catch(() => {})
      batch.catch(() => {})
      ahead.push(batch)
    }
    const next = await ahead.shift()
    if (!next) return
    yield next
  }
}

function pageAfter(db: Reader, after: string | null, { actor, asOf }: Asked) {
  return nextCustomers(db, after, batchSize, asOf, actor)
}

/** What is read to tell policies apart from others. */
export function readToTellApart(before: readonly PolicySet[], after: PolicySet): Quantities {
  const isRated = before.some(({ scoring }) => scoring !== after.scoring)
  const sets = [...before, after]
  const read = sets.flatMap(({ limits, scoring }) => [
    ...(isRated ? indicatorsOfCard(scoring.scorecard) : []),
    ...indicatorsOfLimit(limits.policy),
    ...(scoring.definitions?.defined.read ?? []),
  ])
  return { indicators: builtInOnce(read), windows: windowsOf(...sets) }
}

/** The sums over windows that policies read. */
export function windowsOf(...sets: readonly PolicySet[]): WindowIndicator[] {
  const read = sets.flatMap(({ scoring }) => scoring.definitions?.defined.windows ?? [])
  return [...new Map(read.map((each) => [each.indicator.id, each])).values()]
}

/** What of indicators is stored: each once, without those that formulas define. */
export function builtInOnce(read: readonly Indicator[]): Indicator[] {
  const builtIn = read.filter(({ source }) => source !== 'formula')
  return [...new Map(builtIn.map((indicator) => [indicator.id, indicator])).values()]
}

export async function withKnown(
  db: Reader,
  parties: readonly RatedParty[],
  { asOf, indicators, rates, windows }: Omit<Asked, 'actor'>,
): Promise<KnownBatch> {
  const ids = parties.map(({ id }) => id)
  const [snapshots, { grades, limits, overrides }] = await Promise.all([
    latestIndicators(db, parties, { asOf, indicators, rates, windows }),
    loadBefore(db, ids, asOf),
  ])
  return parties.map((party) => {
    const snapshot = snapshots.get(party.id)
    const grade = grades.get(party.id)
    if (!snapshot || grade === undefined) return { ...party, known: null }
    const { currency, values: builtIn } = snapshot
    const override = overrides.get(party.id) ?? null
    const current = limits.get(party.id) ?? null
    return { ...party, known: { currency, grade, builtIn, override, current, profile: party } }
  })
}
