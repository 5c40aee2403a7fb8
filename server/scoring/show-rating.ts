import type { LimitShown, RatingShown } from '#contract/scoring.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { policyOfVariant, variantLabel } from '#kernel/document/variants.ts'
import { explainDefined, type PartyMoney } from '#kernel/indicator/defined-values.ts'
import { indicatorText } from '#kernel/indicator/indicator-text.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import { explainLimit } from '#kernel/limit/explain-limit.ts'
import { readLimitInputs } from '#kernel/limit/limit-inputs.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { explainRating } from '#kernel/scoring/explain.ts'
import { type Override, rateParty } from '#kernel/scoring/rate-party.ts'
import { valueText } from '#kernel/scoring/value-text.ts'
import { rateBookAsOf } from '#server/company/public.ts'
import { findSnapshots, type Snapshot } from '#server/indicator/public.ts'
import { type LimitOfParty, limitsOfParty } from '#server/limit/public.ts'
import type { Reader } from '#server/platform/database.ts'
import {
  definitionsOfVersion,
  limitPolicyOfVersions,
  scoringOfVersions,
} from '#server/policy/public.ts'
import { withDefined } from '#server/scoring/defined-in-snapshot.ts'
import { findOverrides } from '#server/scoring/override.store.ts'
import { type RatingRow, ratingsOfParty, versionsOfRating } from '#server/scoring/rating.store.ts'

/** A party's ratings up to a day, the one that counts first, each explained from its own stored inputs. */
export async function showRatings(db: Reader, partyId: string, asOf: Day): Promise<RatingShown[]> {
  const rows = await ratingsOfParty(db, partyId, asOf)
  const snapshots = await findSnapshots(db, rows)
  const overrideIds = rows.flatMap(({ overrideId }) => (overrideId === null ? [] : [overrideId]))
  const overrides = new Map((await findOverrides(db, overrideIds)).map((each) => [each.id, each]))
  const shown: RatingShown[] = []
  for (const row of rows) {
    const snapshot = snapshots.get(row.snapshotId)
    if (!snapshot) continue
    const override = overrides.get(row.overrideId ?? '') ?? null
    shown.push(await shownRating(db, row, { snapshot, override }))
  }
  return shown
}

/** A party's limits up to a day, the one that counts first, each explained from its own stored inputs. */
export async function showLimits(db: Reader, partyId: string, asOf: Day): Promise<LimitShown[]> {
  const rows = await limitsOfParty(db, partyId, asOf)
  return Promise.all(rows.map((row) => shownLimit(db, row)))
}

export async function shownRating(
  db: Reader,
  row: RatingRow,
  from: { snapshot: Snapshot; override: Override | null },
): Promise<RatingShown> {
  const versions = versionsOfRating(row)
  const policies = await scoringOfVersions(db, versions)
  const scorecard = policyOfVariant(policies.scorecard, row.variant)
  const { values, currency } = withDefined(from.snapshot, policies)
  const rating = rateParty(scorecard, values, { asOf: row.asOf, override: from.override })
  const why = await whyOf(db, from.snapshot, row.asOf)
  return {
    id: row.id,
    partyId: row.partyId,
    asOf: row.asOf,
    grade: row.grade,
    score: scaledToDecimal(BigInt(row.score), 2),
    known: rating.known,
    asked: rating.asked,
    points: rating.points.flatMap((given, index) => {
      const characteristic = scorecard.characteristics[index]
      if (!characteristic) return []
      return [
        {
          characteristic: characteristic.id,
          label: characteristic.label,
          indicator: characteristic.indicator.id,
          value: indicatorText(characteristic.indicator, given.value, currency),
          shown: valueText(characteristic.indicator, given.value),
          points: scaledToDecimal(BigInt(given.points), 2),
          maximum: scaledToDecimal(BigInt(given.maximum), 2),
          why: why(characteristic.indicator.id),
        },
      ]
    }),
    explanation: explainRating(scorecard, rating),
    policyIds: [...versions],
    variant: variantLabel(policies.scorecard, row.variant),
    engine: row.engine,
    decidedBy: row.decidedBy,
    recordedAt: row.recordedAt,
  }
}

type Why = RatingShown['points'][number]['why']

/** What tells why an indicator of a formula had its value, by the formulas that gave it. */
async function whyOf(
  db: Reader,
  { currency, definitionsId, values }: Snapshot,
  asOf: Day,
): Promise<(indicator: string) => Why> {
  if (definitionsId === null) return () => null
  const { defined } = await definitionsOfVersion(db, definitionsId)
  const rates = currency === defined.currency ? null : await rateBookAsOf(db, asOf)
  const convert: PartyMoney['convert'] = (amount, to) => rates?.convert(amount, to, asOf) ?? null
  return (indicator) => explainDefined(defined, indicator, values, { asOf, currency, convert })
}

export async function shownLimit(db: Reader, row: LimitOfParty): Promise<LimitShown> {
  const { policy: whole } = await limitPolicyOfVersions(db, row.policyIds)
  const stored = JSON.parse(row.inputs)
  const { facts, policy } = readLimitInputs(whole, stored)
  const decision = decideLimit(policy, facts)
  return {
    id: row.id,
    partyId: row.partyId,
    amount: toDecimal(money(row.amountMinor, row.currency as Currency)),
    currency: row.currency,
    terms: row.terms,
    grantedOn: row.grantedOn,
    fromOn: row.fromOn,
    toOn: row.toOn,
    reviewOn: row.reviewOn,
    explanation: decision.kind === 'decided' ? explainLimit(decision) : [],
    policyIds: row.policyIds,
    variant: variantLabel(whole, stored.variant ?? null),
    decidedBy: row.decidedBy,
    recordedAt: row.recordedAt,
  }
}
