import { canonicalText } from '#kernel/decision/canonical.ts'
import { engineVersion } from '#kernel/decision/engine.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import { limitCanonical } from '#kernel/limit/limit-canonical.ts'
import { readLimitInputs } from '#kernel/limit/limit-inputs.ts'
import { adjustmentsText } from '#kernel/scoring/rating-canonical.ts'
import { allCheckDecisions, differenceOfCheck } from '#server/check/public.ts'
import { findSnapshots, type Snapshot } from '#server/indicator/public.ts'
import { allLimitDecisions, type StoredDecision } from '#server/limit/public.ts'
import { type Database, type Reader, walk } from '#server/platform/database.ts'
import type { Progress } from '#server/platform/job.ts'
import {
  checkRulesOfVersion,
  limitPolicyOfVersions,
  type ScoringPolicies,
  scoringOfVersions,
} from '#server/policy/public.ts'
import { decideRating, hashOf } from '#server/scoring/decide-party.ts'
import { withDefined } from '#server/scoring/defined-in-snapshot.ts'
import { findOverrides, type StoredOverride } from '#server/scoring/override.store.ts'
import { allRatings, type RatingRow, versionsOfRating } from '#server/scoring/rating.store.ts'

export type Replay = {
  /** Decisions that were made again. */
  replayed: number
  /** Decisions of another engine version, which only that version can make again. */
  otherEngine: number
  differences: { kind: 'rating' | 'limit' | 'check'; id: string; partyId: string; what: string }[]
}

const differencesMax = 1000
const batchSize = 2000

/** Makes every stored decision again from its own inputs and policies, and compares the bytes. */
export function replayDecisions(db: Database, progress: Progress): Promise<Replay> {
  return db.snapshot(async (reader) => {
    const replay: Replay = { replayed: 0, otherEngine: 0, differences: [] }
    await replayRatings(reader, replay, progress)
    await replayLimits(reader, replay, progress)
    await replayChecks(reader, replay, progress)
    return replay
  })
}

async function replayRatings(reader: Reader, replay: Replay, progress: Progress): Promise<void> {
  const policies = new Map<string, ScoringPolicies>()
  for await (const rows of walk(reader, allRatings, batchSize)) {
    const snapshots = await findSnapshots(reader, rows)
    const overrideIds = rows.flatMap(({ overrideId }) => (overrideId === null ? [] : [overrideId]))
    const overrides = new Map(
      (await findOverrides(reader, overrideIds)).map((each) => [each.id, each]),
    )
    for (const row of rows) {
      const versions = versionsOfRating(row)
      const key = versions.join(' ')
      const known = policies.get(key) ?? (await scoringOfVersions(reader, versions))
      policies.set(key, known)
      replayOne(replay, 'rating', row, () =>
        differenceOfRating(known, row, {
          snapshot: snapshots.get(row.snapshotId),
          override: overrides.get(row.overrideId ?? '') ?? null,
        }),
      )
    }
    await progress(replay.replayed + replay.otherEngine, null)
  }
}

function differenceOfRating(
  policies: ScoringPolicies,
  row: RatingRow,
  from: { snapshot: Snapshot | undefined; override: StoredOverride | null },
): string | undefined {
  if (!from.snapshot) return 'its indicators are gone'
  const { currency, values } = withDefined(from.snapshot, policies)
  const { override } = from
  const told = override && {
    grade: override.grade,
    reason: override.reason,
    by: override.by,
    expiresOn: override.expiresOn,
  }
  const inputs = { asOf: row.asOf, currency, values, override: told, variant: row.variant }
  const { rating, hash } = decideRating(policies, inputs)
  const again = [
    rating.grade,
    rating.score,
    rating.points.map((each) => each.points).join(),
    rating.reasons.join(),
    adjustmentsText(rating),
  ]
  const stored = [row.grade, row.score, row.points.join(), row.reasons.join(), row.adjustments]
  if (again.some((value, index) => value !== stored[index])) return 'another outcome'
  return hash.equals(row.hash) ? undefined : 'inputs or outcome do not fit the hash'
}

async function replayLimits(reader: Reader, replay: Replay, progress: Progress): Promise<void> {
  const deciders = new Map<string, (inputs: string) => string>()
  for await (const rows of walk(reader, allLimitDecisions, batchSize)) {
    for (const row of rows) {
      const key = row.policyIds.join(' ')
      const decide = deciders.get(key) ?? (await limitDecider(reader, row.policyIds))
      deciders.set(key, decide)
      replayOne(replay, 'limit', row, () => differenceOfLimit(decide, row))
    }
    await progress(replay.replayed + replay.otherEngine, null)
  }
}

function differenceOfLimit(
  decide: (inputs: string) => string,
  row: StoredDecision,
): string | undefined {
  if (decide(row.inputs) !== row.outcome) return 'another outcome'
  return hashOf(row).equals(row.hash) ? undefined : 'inputs or outcome do not fit the hash'
}

async function limitDecider(
  reader: Reader,
  policyIds: readonly string[],
): Promise<(inputs: string) => string> {
  const { policy: whole } = await limitPolicyOfVersions(reader, policyIds)
  return (inputs) => {
    const { facts, policy } = readLimitInputs(whole, JSON.parse(inputs))
    const decision = decideLimit(policy, facts)
    return decision.kind === 'decided' ? canonicalText(limitCanonical(decision)) : decision.kind
  }
}

async function replayChecks(reader: Reader, replay: Replay, progress: Progress): Promise<void> {
  for await (const rows of walk(reader, allCheckDecisions, batchSize)) {
    for (const row of rows) {
      const rules = await checkRulesOfVersion(reader, row.policyId)
      replayOne(replay, 'check', row, () => differenceOfCheck(rules, row))
    }
    await progress(replay.replayed + replay.otherEngine, null)
  }
}

function replayOne(
  replay: Replay,
  kind: 'rating' | 'limit' | 'check',
  row: { id: string; partyId: string; engine: string },
  differenceOf: () => string | undefined,
): void {
  if (row.engine !== engineVersion) {
    replay.otherEngine++
    return
  }
  replay.replayed++
  const what = tried(differenceOf)
  if (what === undefined || replay.differences.length >= differencesMax) return
  replay.differences.push({ kind, id: row.id, partyId: row.partyId, what })
}

/** Inputs that cannot even be read any more are a difference, not a failure of the replay. */
function tried(differenceOf: () => string | undefined): string | undefined {
  try {
    return differenceOf()
  } catch (error) {
    return (error as Error).message
  }
}
