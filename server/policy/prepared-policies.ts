import { type Refusal, refuse } from '#contract/problem.ts'
import { type PreparedCheckRules, prepareCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { type PreparedLimitPolicy, prepareLimitPolicy } from '#kernel/limit/prepare-limit-policy.ts'
import { type PreparedScorecard, prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import type { RatingScale } from '#kernel/scoring/rating-scale.ts'
import type { Scorecard } from '#kernel/scoring/scorecard.ts'
import type { Reader } from '#server/platform/database.ts'
import { type Definitions, definitionsOfVersion } from '#server/policy/definitions.ts'
import {
  type DecidingVersion,
  documentOf,
  keptOnce,
  storedVersion,
  unsound,
} from '#server/policy/stored-policy.ts'
import {
  findPublished,
  findPublishedId,
  findPublishedTogether,
  type VersionWithDocument,
} from '#server/policy/version.store.ts'

/**
 * A scorecard with its scale and the indicators that formulas define, ready to rate, and the versions
 * they are: the last one only where formulas were published.
 */
export type ScoringPolicies = {
  readonly scorecard: PreparedScorecard
  /** The scorecard as it was written. */
  readonly document: Scorecard
  readonly scale: RatingScale
  readonly definitions: Definitions | null
  readonly versionIds: readonly [scorecard: string, scale: string, ...definitions: string[]]
}

/** A limit policy with its scale, ready to decide. */
export type LimitPolicies = {
  readonly policy: PreparedLimitPolicy
  readonly versionIds: readonly [policy: string, scale: string, ...definitions: string[]]
}

export async function publishedScoring(db: Reader): Promise<ScoringPolicies | Refusal> {
  const { policy: scorecard, scale, definitions } = await publishedBeside(db, 'scorecard')
  if (!scorecard || !scale) return none('scorecard and rating scale')
  return scoringOf(scorecard, scale, definitions)
}

/** The grades that ratings give now; undefined where no scale is published. */
export async function publishedScale(db: Reader): Promise<RatingScale | undefined> {
  const version = await findPublished(db, 'rating-scale')
  return version && documentOf('rating-scale', version)
}

export async function publishedLimitPolicy(db: Reader): Promise<LimitPolicies | Refusal> {
  const { policy, scale, definitions } = await publishedBeside(db, 'limit-policy')
  if (!policy || !scale) return none('limit policy and rating scale')
  return limitOf(policy, scale, definitions)
}

/** The policies of a stored decision, whatever is published now. */
export async function scoringOfVersions(
  db: Reader,
  versionIds: readonly string[],
): Promise<ScoringPolicies> {
  return keptOnce(preparedScorings, versionIds.join(' '), async () =>
    scoringOf(...(await versionsOf(db, versionIds))),
  )
}

export async function limitPolicyOfVersions(
  db: Reader,
  versionIds: readonly string[],
): Promise<LimitPolicies> {
  return keptOnce(preparedLimits, versionIds.join(' '), async () =>
    limitOf(...(await versionsOf(db, versionIds))),
  )
}

type Versions = [VersionWithDocument, VersionWithDocument, Definitions | null]

async function versionsOf(
  db: Reader,
  [policyId, scaleId, definitionsId]: readonly string[],
): Promise<Versions> {
  return [
    await storedVersion(db, policyId),
    await storedVersion(db, scaleId),
    definitionsId === undefined ? null : await definitionsOfVersion(db, definitionsId),
  ]
}

/** A policy with what it is read with, as of one moment: somebody may be publishing. */
async function publishedBeside(db: Reader, kind: 'scorecard' | 'limit-policy') {
  const found = await findPublishedTogether(db, [kind, 'rating-scale', 'indicators'])
  const named = (wanted: string) => found.find((each) => each.kind === wanted)
  const formulas = named('indicators')
  return {
    policy: named(kind),
    scale: named('rating-scale'),
    definitions: formulas ? await definitionsOfVersion(db, formulas.id) : null,
  }
}

export async function publishedCheckRules(
  db: Reader,
): Promise<{ rules: PreparedCheckRules; versionId: string } | Refusal> {
  const versionId = await findPublishedId(db, 'check-rules')
  if (versionId === undefined) return none('policy of check rules')
  return { rules: await checkRulesOfVersion(db, versionId), versionId }
}

export function checkRulesOfVersion(db: Reader, versionId: string): Promise<PreparedCheckRules> {
  return keptOnce(preparedCheckRules, versionId, async () =>
    prepareCheckRules(documentOf('check-rules', await storedVersion(db, versionId))),
  )
}

const preparedCheckRules = new Map<string, PreparedCheckRules>()
const preparedScorings = new Map<string, ScoringPolicies>()
const preparedLimits = new Map<string, LimitPolicies>()

const wordsOfNone = {
  'scorecard and rating scale': '评分卡和等级表',
  'limit policy and rating scale': '额度政策和等级表',
  'limit policy': '额度政策',
  'policy of check rules': '信用检查规则',
}

export function none(what: keyof typeof wordsOfNone): Refusal {
  return refuse('no-policy', `No ${what} is published: publish one, or install a pack.`, {
    zh: `没有已发布的${wordsOfNone[what]}：先发布，或安装政策包。`,
  })
}

export function scoringOf(
  card: DecidingVersion,
  scale: DecidingVersion,
  definitions: Definitions | null,
): ScoringPolicies {
  const scaleDocument = documentOf('rating-scale', scale)
  const document = documentOf('scorecard', card)
  const known = knownIndicators(definitions?.defined ?? null)
  const prepared = prepareScorecard(document, scaleDocument, known)
  if (prepared.kind === 'problems') throw unsound(card)
  return {
    scorecard: prepared.scorecard,
    document,
    scale: scaleDocument,
    definitions,
    versionIds: [card.id, scale.id, ...idOf(definitions)],
  }
}

export function limitOf(
  policy: DecidingVersion,
  scale: DecidingVersion,
  definitions: Definitions | null,
): LimitPolicies {
  const document = documentOf('limit-policy', policy)
  const prepared = prepareLimitPolicy(
    document,
    documentOf('rating-scale', scale),
    knownIndicators(definitions?.defined ?? null),
  )
  if (prepared.kind === 'problems') throw unsound(policy)
  return { policy: prepared.policy, versionIds: [policy.id, scale.id, ...idOf(definitions)] }
}

function idOf(definitions: Definitions | null): [] | [string] {
  return definitions ? [definitions.versionId] : []
}
