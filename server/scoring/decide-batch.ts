import type { Day } from '#kernel/calendar/day.ts'
import { engineVersion } from '#kernel/decision/engine.ts'
import { type PartyProfile, policyFor } from '#kernel/document/variants.ts'
import type { CurrentLimit } from '#kernel/limit/limit-decision.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { adjustmentsText } from '#kernel/scoring/rating-canonical.ts'
import type { RateBook } from '#server/company/public.ts'
import type { PartyIndicators } from '#server/indicator/public.ts'
import { limitsAsOf, type NewLimit } from '#server/limit/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import type { LimitPolicies, ScoringPolicies } from '#server/policy/public.ts'
import { decidePartyLimit, decideRating } from '#server/scoring/decide-party.ts'
import { overridesAsOf } from '#server/scoring/override.store.ts'
import { gradesAsOf, type NewRating } from '#server/scoring/rating.store.ts'

/** The policies of a run and the day it is for. */
export type BatchPolicies = {
  readonly asOf: Day
  readonly decidedBy: string
  readonly scoring: ScoringPolicies
  readonly limits: LimitPolicies | null
  readonly rates: RateBook
}

type Before = {
  grades: Map<string, string>
  limits: Map<string, CurrentLimit>
  overrides: Map<string, Awaited<ReturnType<typeof overridesAsOf>>[number]>
}

/** What held before: grades, limits and overrides of these parties as of a day. */
export async function loadBefore(db: Reader, ids: readonly string[], asOf: Day): Promise<Before> {
  const overrides = await overridesAsOf(db, ids, asOf)
  const grades = await gradesAsOf(db, ids, asOf)
  const limits = await limitsAsOf(db, ids, asOf)
  return {
    overrides: new Map(overrides.map((each) => [each.partyId, each])),
    grades: new Map(grades.map((each) => [each.partyId, each.grade])),
    limits: new Map(
      limits.map((each) => [
        each.partyId,
        {
          amount: { minor: each.amountMinor, currency: each.currency as Currency },
          grantedOn: each.grantedOn,
        },
      ]),
    ),
  }
}

/**
 * Decides all parties of a batch; nothing is read or written here. Profiles are asked where policies
 * have variants.
 */
export function decideBatch(
  run: BatchPolicies,
  indicators: ReadonlyMap<string, PartyIndicators & { snapshotId: string }>,
  before: Before,
  profiles: ReadonlyMap<string, PartyProfile>,
) {
  const ratings: NewRating[] = []
  const limits: NewLimit[] = []
  const notRated: { partyId: string; reason: string }[] = []
  const { asOf, decidedBy } = run
  const [scorecardId, scaleId, definitionsId = null] = run.scoring.versionIds
  for (const [partyId, { currency, values, snapshotId }] of indicators) {
    const told = before.overrides.get(partyId)
    const override = told
      ? { grade: told.grade, reason: told.reason, by: told.by, expiresOn: told.expiresOn }
      : null
    const profile = profiles.get(partyId) ?? null
    const { scorecard } = run.scoring
    const variant = profile && policyFor(scorecard, profile).variant
    const facts = { asOf, currency, values, override }
    const { rating, hash } = decideRating(run.scoring, { ...facts, variant })
    ratings.push({
      partyId,
      id: newId(),
      asOf,
      grade: rating.grade,
      score: rating.score,
      snapshotId,
      overrideId: told?.id ?? null,
      scorecardId,
      scaleId,
      definitionsId,
      engine: engineVersion,
      points: rating.points.map((each) => each.points),
      reasons: rating.reasons,
      adjustments: adjustmentsText(rating),
      hash,
      decidedBy,
      variant,
    })
    if (!run.limits) continue
    const current = before.limits.get(partyId) ?? null
    const { limit, decided: decidedLimit } = decidePartyLimit(run.limits, {
      ...facts,
      grade: rating.grade,
      current,
      rates: run.rates,
      profile,
    })
    if (limit.kind !== 'decided' || !decidedLimit) {
      notRated.push({ partyId, reason: reasonOf(limit) })
      continue
    }
    limits.push({
      partyId,
      id: newId(),
      currency: limit.amount.currency,
      amountMinor: limit.amount.minor,
      terms: limit.terms.code,
      grantedOn: limit.change === 'unchanged' ? (current?.grantedOn ?? limit.asOf) : limit.asOf,
      fromOn: limit.asOf,
      toOn: limit.validTo,
      reviewOn: limit.reviewOn,
      ...decidedLimit,
      decidedBy,
    })
  }
  return { ratings, limits, notRated }
}

function reasonOf(limit: ReturnType<typeof decidePartyLimit>['limit']): string {
  if (limit.kind === 'rate-missing') {
    return (
      `No limit: there is no exchange rate from ${limit.from} to ${limit.to} on or before that ` +
      `day. Add one: xinheng company set-rate ${limit.from} ${limit.to} DAY RATE`
    )
  }
  return 'No limit: the limit policy does not know the grade.'
}
