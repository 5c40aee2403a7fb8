import type { Day } from '#kernel/calendar/day.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { latestSnapshots } from '#server/indicator/public.ts'
import type { KnownParty } from '#server/lab/decide-parties.ts'
import { limitsAsOf } from '#server/limit/public.ts'
import { nextCustomers, type RatedParty } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'
import type { PolicySet } from '#server/policy/public.ts'
import { overridesAsOf } from '#server/scoring/public.ts'

const batchSize = 2_000

export type KnownBatch = readonly (RatedParty & { readonly known: KnownParty | null })[]

/**
 * The customers that somebody sees, batch by batch, each with its latest stored indicators; null for
 * one that was never rated. The next batch is read while one is worked on.
 */
export async function* knownParties(
  db: Reader,
  of: { readonly asOf: Day; readonly actor: Actor; readonly indicators: readonly Indicator[] },
): AsyncGenerator<KnownBatch> {
  let next = batchAfter(db, null, of)
  for (;;) {
    const batch = await next
    const last = batch.at(-1)
    if (!last) return
    next = batchAfter(db, last.id, of)
    // Told when it is waited for; until then it is nobody's.
    next.catch(() => {})
    yield batch
  }
}

/** The built-in indicators that these policies read. */
export function indicatorsOf(sets: readonly PolicySet[]): Indicator[] {
  const read = sets.flatMap(({ limits, scoring }) => [
    ...scoring.scorecard.indicators,
    ...limits.policy.indicators.values(),
    ...(scoring.definitions?.defined.read ?? []),
  ])
  const builtIn = read.filter(({ source }) => source !== 'formula')
  return [...new Map(builtIn.map((indicator) => [indicator.id, indicator])).values()]
}

async function batchAfter(
  db: Reader,
  after: string | null,
  of: { readonly asOf: Day; readonly actor: Actor; readonly indicators: readonly Indicator[] },
): Promise<KnownBatch> {
  const { actor, asOf, indicators } = of
  const parties = await nextCustomers(db, after, batchSize, asOf, actor)
  return withKnown(db, parties, { asOf, indicators })
}

export async function withKnown(
  db: Reader,
  parties: readonly RatedParty[],
  of: { readonly asOf: Day; readonly indicators: readonly Indicator[] },
): Promise<KnownBatch> {
  const { asOf, indicators } = of
  const ids = parties.map(({ id }) => id)
  const [snapshots, overrides, limits] = await Promise.all([
    latestSnapshots(db, ids, asOf, indicators),
    overridesAsOf(db, ids, asOf),
    limitsAsOf(db, ids, asOf),
  ])
  const overrideOf = new Map(overrides.map((each) => [each.partyId, each]))
  const limitOf = new Map(limits.map((each) => [each.partyId, each]))
  return parties.map((party) => {
    const snapshot = snapshots.get(party.id)
    const limit = limitOf.get(party.id)
    const known: KnownParty | null = snapshot
      ? {
          currency: snapshot.currency,
          builtIn: snapshot.values,
          override: overrideOf.get(party.id) ?? null,
          current: limit
            ? {
                amount: { minor: limit.amountMinor, currency: limit.currency as Currency },
                grantedOn: limit.grantedOn,
              }
            : null,
        }
      : null
    return { ...party, known }
  })
}
