import type { Day } from '#kernel/calendar/day.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import type { IndicatorValue, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { indicatorText, readIndicatorText } from '#kernel/indicator/indicator-text.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import type { PreparedScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import type { Override, OverrideOutcome, Rating } from '#kernel/scoring/rate-party.ts'

/** What a rating is made from, beside the scorecard and its scale. */
export type RatingInputs = {
  readonly asOf: Day
  /** In which money indicators are told. */
  readonly currency: Currency
  readonly values: IndicatorValues
  readonly override: Override | null
}

/** The inputs as they are stored: values as decimals in the card's own order. */
export function ratingInputsCanonical(
  scorecard: PreparedScorecard,
  inputs: RatingInputs,
): Canonical {
  const { asOf, currency, values, override } = inputs
  return {
    asOf,
    currency,
    override: override && overrideCanonical(override),
    values: scorecard.indicators.map((indicator) => [
      indicator.id,
      indicatorText(indicator, values[indicator.id] ?? null, currency),
    ]),
  }
}

/** Stored inputs, read again for a replay; what was not written by us is a broken invariant. */
export function readRatingInputs(
  scorecard: PreparedScorecard,
  stored: ReturnType<typeof JSON.parse>,
): RatingInputs {
  const known = new Map(scorecard.indicators.map((indicator) => [indicator.id, indicator]))
  const values: Record<string, IndicatorValue> = {}
  for (const [id, text] of stored.values as [string, string | null][]) {
    const indicator = known.get(id)
    invariant(indicator, `the scorecard reads ${id}`)
    const reading = readIndicatorText(indicator, text, stored.currency)
    invariant(reading.kind === 'value', `${id} is a value`)
    values[id] = reading.value
  }
  return { asOf: stored.asOf, currency: stored.currency, values, override: stored.override }
}

/**
 * A rating as it is stored: points in the card's order, the rules that fired, the grade. Rating
 * the same inputs again gives the same bytes. Numbers are decimals.
 */
export function ratingCanonical(scorecard: PreparedScorecard, rating: Rating): Canonical {
  return {
    scorecard: scorecard.id,
    scale: scorecard.scaleId,
    points: rating.points.map((each) => [
      each.id,
      each.bin,
      scaledToDecimal(BigInt(each.points), 2),
      scaledToDecimal(BigInt(each.maximum), 2),
    ]),
    score: scaledToDecimal(BigInt(rating.score), 2),
    gradeByScore: rating.gradeByScore,
    adjustments: rating.adjustments.map(({ kind, from, to, reason }) => ({
      kind,
      from,
      to,
      reason: { zh: reason.zh, en: reason.en },
    })),
    override: outcomeCanonical(rating.override),
    grade: rating.grade,
  }
}

function outcomeCanonical(outcome: OverrideOutcome): Canonical {
  if (outcome.kind === 'none') return null
  return { outcome: outcome.kind, ...overrideCanonical(outcome.override) }
}

function overrideCanonical({ grade, reason, by, expiresOn }: Override) {
  return { grade, reason, by, expiresOn }
}
