import { canonicalText } from '#kernel/decision/canonical.ts'
import { engineVersion } from '#kernel/decision/engine.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import { limitCanonical } from '#kernel/limit/limit-canonical.ts'
import { readLimitInputs } from '#kernel/limit/limit-inputs.ts'
import { rateParty } from '#kernel/scoring/rate-party.ts'
import { ratingCanonical, readRatingInputs } from '#kernel/scoring/rating-canonical.ts'
import { allLimitDecisions, type StoredDecision } from '#server/limit/public.ts'
import { type Database, type Reader, walk } from '#server/platform/database.ts'
import type { Progress } from '#server/platform/job.ts'
import { limitPolicyOfVersions, scoringOfVersions } from '#server/policy/public.ts'
import { hashOf } from '#server/scoring/decide-party.ts'
import { allRatings } from '#server/scoring/rating.store.ts'

export type Replay = {
  /** Decisions that were made again. */
  replayed: number
  /** Decisions of another engine version, which only that version can make again. */
  otherEngine: number
  differences: { kind: 'rating' | 'limit'; id: string; partyId: string; what: string }[]
}

const differencesMax = 1000

/** Makes every stored decision again from its own inputs and policies, and compares the bytes. */
export function replayDecisions(db: Database, progress: Progress): Promise<Replay> {
  return db.snapshot(async (reader) => {
    const replay: Replay = { replayed: 0, otherEngine: 0, differences: [] }
    const cache = new Map<string, Promise<(inputs: string) => string>>()
    for (const kind of ['rating', 'limit'] as const) {
      const query = kind === 'rating' ? allRatings : allLimitDecisions
      for await (const batch of walk<StoredDecision>(reader, query, 2000)) {
        for (const decision of batch) {
          const key = `${kind} ${decision.policyIds.join(' ')}`
          const decide = await fromCache(cache, key, () =>
            deciderFor(reader, kind, decision.policyIds),
          )
          compare(replay, kind, decision, decide)
        }
        await progress(replay.replayed + replay.otherEngine, null)
      }
    }
    return replay
  })
}

function compare(
  replay: Replay,
  kind: 'rating' | 'limit',
  decision: StoredDecision,
  decide: (inputs: string) => string,
): void {
  const find = (what: string) => {
    if (replay.differences.length >= differencesMax) return
    replay.differences.push({ kind, id: decision.id, partyId: decision.partyId, what })
  }
  if (!hashOf(decision).equals(decision.hash)) find('the stored text does not fit its hash')
  if (decision.engine !== engineVersion) {
    replay.otherEngine++
    return
  }
  replay.replayed++
  try {
    if (decide(decision.inputs) !== decision.outcome) find('another outcome')
  } catch (error) {
    find((error as Error).message)
  }
}

async function deciderFor(
  reader: Reader,
  kind: 'rating' | 'limit',
  policyIds: readonly string[],
): Promise<(inputs: string) => string> {
  if (kind === 'rating') {
    const { scorecard } = await scoringOfVersions(reader, policyIds)
    return (inputs) => {
      const { values, asOf, override } = readRatingInputs(scorecard, JSON.parse(inputs))
      return canonicalText(ratingCanonical(rateParty(scorecard, values, { asOf, override })))
    }
  }
  const { policy } = await limitPolicyOfVersions(reader, policyIds)
  return (inputs) => {
    const decision = decideLimit(policy, readLimitInputs(policy, JSON.parse(inputs)))
    return decision.kind === 'decided' ? canonicalText(limitCanonical(decision)) : decision.kind
  }
}

function fromCache<Value>(
  cache: Map<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key)
  if (known) return known
  const made = make()
  cache.set(key, made)
  return made
}
