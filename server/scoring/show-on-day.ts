import type { CreditFileShown } from '#contract/credit-file.ts'
import { addDays, addMonths, type Day, startOfMonth } from '#kernel/calendar/day.ts'
import { decideLimit } from '#kernel/limit/decide-limit.ts'
import { readLimitInputs } from '#kernel/limit/limit-inputs.ts'
import { scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { findSnapshots } from '#server/indicator/public.ts'
import { limitsOfParty } from '#server/limit/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { limitPolicyOfVersions } from '#server/policy/public.ts'
import { findOverrides } from '#server/scoring/override.store.ts'
import { ratingsByDay, ratingsOfParty } from '#server/scoring/rating.store.ts'
import { shownLimit, shownRating } from '#server/scoring/show-rating.ts'

type RatingOnDay = Omit<NonNullable<CreditFileShown['rating']>, 'provenance'>
type LimitOnDay = Omit<NonNullable<CreditFileShown['limit']>, 'provenance'>

/** The rating that counted on a day, explained; null where there was none. */
export async function ratingOn(db: Reader, partyId: string, on: Day): Promise<RatingOnDay | null> {
  const [row] = await ratingsOfParty(db, partyId, on, 1)
  if (!row) return null
  const [snapshots, [override]] = await Promise.all([
    findSnapshots(db, [row]),
    findOverrides(db, row.overrideId === null ? [] : [row.overrideId]),
  ])
  const snapshot = snapshots.get(row.snapshotId)
  return snapshot ? shownRating(db, row, { snapshot, override: override ?? null }) : null
}

/** The limit that a policy gave for a day, with every formula and its figures. */
export async function limitOn(db: Reader, partyId: string, on: Day): Promise<LimitOnDay | null> {
  const [row] = await limitsOfParty(db, partyId, on, 1)
  if (!row) return null
  const shown = await shownLimit(db, row)
  const { policy: whole } = await limitPolicyOfVersions(db, row.policyIds)
  const { facts, policy } = readLimitInputs(whole, JSON.parse(row.inputs))
  const decision = decideLimit(policy, facts)
  if (decision.kind !== 'decided') {
    return { ...shown, basis: decision.kind, combine: '', formulas: [], adjustments: [] }
  }
  return {
    ...shown,
    basis: decision.basis,
    combine: policy.document.combine,
    formulas: decision.formulas.map(({ formula, inputs, outcome }) => ({
      ...{ id: formula.id, kind: formula.kind, label: formula.label },
      amount: outcome.kind === 'computed' ? toDecimal(outcome.amount) : null,
      isBinding: formula.id === decision.binding,
      terms: inputs.map((term) => {
        const indicator = policy.indicators.get(term.name)
        return {
          ...term,
          source: indicator ? ('indicator' as const) : ('policy' as const),
          indicator: indicator
            ? { unit: indicator.unit, source: indicator.source, meaning: indicator.meaning }
            : null,
        }
      }),
    })),
    adjustments: decision.adjustments.map(({ kind, from, to }) => ({
      ...{ kind, from: toDecimal(from), to: toDecimal(to) },
    })),
  }
}

const monthsOfHistory = 36

/** The ratings that counted at the ends of past months and on a day, each once, oldest first. */
export async function ratingHistory(
  db: Reader,
  partyId: string,
  on: Day,
): Promise<CreditFileShown['ratingHistory']> {
  const months = Array.from({ length: monthsOfHistory }, (_, back) =>
    addDays(addMonths(startOfMonth(on), -back), -1),
  )
  const rows = await ratingsByDay(db, partyId, [...months.toReversed(), on])
  return rows
    .filter((row, at) => row.id !== rows[at - 1]?.id)
    .map(({ score, ...row }) => ({ ...row, score: scaledToDecimal(BigInt(score), 2) }))
}
