import { type Refusal, refuse } from '#contract/problem.ts'
import { type PreparedCheckRules, prepareCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { type PreparedLimitPolicy, prepareLimitPolicy } from '#kernel/limit/prepare-limit-policy.ts'
import { type PolicyKind, readPolicy } from '#kernel/policy/policy.ts'
import { type PreparedScorecard, prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import type { RatingScale } from '#kernel/scoring/rating-scale.ts'
import type { Reader } from '#server/platform/database.ts'
import {
  findPublished,
  findPublishedId,
  findVersion,
  type VersionWithDocument,
} from '#server/policy/version.store.ts'

/** A scorecard with its scale, ready to rate, and the versions they are. */
export type ScoringPolicies = {
  readonly scorecard: PreparedScorecard
  readonly scale: RatingScale
  readonly versionIds: readonly [scorecard: string, scale: string]
}

/** A limit policy with its scale, ready to decide. */
export type LimitPolicies = {
  readonly policy: PreparedLimitPolicy
  readonly versionIds: readonly [policy: string, scale: string]
}

export async function publishedScoring(db: Reader): Promise<ScoringPolicies | Refusal> {
  const scorecard = await findPublished(db, 'scorecard')
  const scale = await findPublished(db, 'rating-scale')
  if (!scorecard || !scale) return none('scorecard and rating scale')
  return scoringOf(scorecard, scale)
}

/** The grades that ratings give now; undefined where no scale is published. */
export async function publishedScale(db: Reader): Promise<RatingScale | undefined> {
  const version = await findPublished(db, 'rating-scale')
  return version && documentOf('rating-scale', version)
}

export async function publishedLimitPolicy(db: Reader): Promise<LimitPolicies | Refusal> {
  const policy = await findPublished(db, 'limit-policy')
  const scale = await findPublished(db, 'rating-scale')
  if (!policy || !scale) return none('limit policy and rating scale')
  return limitOf(policy, scale)
}

/** The policies of a stored decision, whatever is published now. */
export async function scoringOfVersions(
  db: Reader,
  [scorecardId, scaleId]: readonly string[],
): Promise<ScoringPolicies> {
  return prepared(preparedScorings, `${scorecardId} ${scaleId}`, async () =>
    scoringOf(await version(db, scorecardId), await version(db, scaleId)),
  )
}

export async function limitPolicyOfVersions(
  db: Reader,
  [policyId, scaleId]: readonly string[],
): Promise<LimitPolicies> {
  return prepared(preparedLimits, `${policyId} ${scaleId}`, async () =>
    limitOf(await version(db, policyId), await version(db, scaleId)),
  )
}

export async function publishedCheckRules(
  db: Reader,
): Promise<{ rules: PreparedCheckRules; versionId: string } | Refusal> {
  const versionId = await findPublishedId(db, 'check-rules')
  if (versionId === undefined) return none('policy of check rules')
  return { rules: await checkRulesOfVersion(db, versionId), versionId }
}

export function checkRulesOfVersion(db: Reader, versionId: string): Promise<PreparedCheckRules> {
  return prepared(preparedCheckRules, versionId, async () =>
    prepareCheckRules(documentOf('check-rules', await version(db, versionId))),
  )
}

/** Versions never change, so what was read of one once is kept for whatever asks for it later. */
const preparedCheckRules = new Map<string, PreparedCheckRules>()
const preparedScorings = new Map<string, ScoringPolicies>()
const preparedLimits = new Map<string, LimitPolicies>()

async function prepared<Policy>(
  known: Map<string, Policy>,
  versions: string,
  prepare: () => Promise<Policy>,
): Promise<Policy> {
  const policy = known.get(versions) ?? (await prepare())
  known.set(versions, policy)
  return policy
}

function none(what: string): Refusal {
  return refuse('no-policy', `No ${what} is published: publish one, or install a pack.`)
}

async function version(db: Reader, id: string | undefined): Promise<VersionWithDocument> {
  const found = id === undefined ? undefined : await findVersion(db, id)
  if (!found) throw new Error(`There is no policy version ${id}.`)
  return found
}

function scoringOf(card: VersionWithDocument, scale: VersionWithDocument): ScoringPolicies {
  const scaleDocument = documentOf('rating-scale', scale)
  const prepared = prepareScorecard(documentOf('scorecard', card), scaleDocument, allIndicators)
  if (prepared.kind === 'problems') throw unsound(card)
  return {
    scorecard: prepared.scorecard,
    scale: scaleDocument,
    versionIds: [card.id, scale.id],
  }
}

function limitOf(policy: VersionWithDocument, scale: VersionWithDocument): LimitPolicies {
  const document = documentOf('limit-policy', policy)
  const prepared = prepareLimitPolicy(document, documentOf('rating-scale', scale), allIndicators)
  if (prepared.kind === 'problems') throw unsound(policy)
  return { policy: prepared.policy, versionIds: [policy.id, scale.id] }
}

type DocumentOf<Kind extends PolicyKind> = Extract<
  Extract<ReturnType<typeof readPolicy>, { kind: 'read' }>['document'],
  { kind: Kind }
>['document']

function documentOf<Kind extends PolicyKind>(
  kind: Kind,
  stored: VersionWithDocument,
): DocumentOf<Kind> {
  const reading = readPolicy(kind, stored.document)
  if (reading.kind === 'problems' || reading.document.kind !== kind) throw unsound(stored)
  return reading.document.document as DocumentOf<Kind>
}

/** Only checked documents are published, so this is a bug or a tampered row. */
function unsound(stored: VersionWithDocument): Error {
  return new Error(`Policy ${stored.kind} v${stored.number} is not sound: verify the audit trail.`)
}
