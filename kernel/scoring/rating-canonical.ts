import type { Canonical } from '#kernel/decision/canonical.ts'
import type { Indicator, IndicatorValue, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import type { PreparedScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import type { OverrideOutcome, Rating } from '#kernel/scoring/rate-party.ts'

/**
 * A rating as it is stored: what was known, in the card's own order (characteristics, then rules),
 * and what followed. Rating the same inputs again gives the same bytes. Numbers are decimals.
 */
export function ratingCanonical(
  scorecard: PreparedScorecard,
  values: IndicatorValues,
  rating: Rating,
): Canonical {
  return {
    scorecard: scorecard.id,
    scale: scorecard.scaleId,
    asOf: rating.asOf,
    inputs: scorecard.indicators.map((indicator) => [
      indicator.id,
      inputText(indicator, values[indicator.id] ?? null),
    ]),
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
    override: overrideCanonical(rating.override),
    grade: rating.grade,
  }
}

function inputText(indicator: Indicator, value: IndicatorValue): string | null {
  return typeof value === 'bigint' ? scaledToDecimal(value, indicator.decimals) : value
}

function overrideCanonical(outcome: OverrideOutcome): Canonical {
  if (outcome.kind === 'none') return null
  const { grade, reason, by, expiresOn } = outcome.override
  return { outcome: outcome.kind, grade, reason, by, expiresOn }
}
