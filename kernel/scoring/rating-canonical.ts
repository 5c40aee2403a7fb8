import type { Day } from '#kernel/calendar/day.ts'
import { type Canonical, canonicalText } from '#kernel/decision/canonical.ts'
import type { IndicatorValues } from '#kernel/indicator/indicator.ts'
import { indicatorText } from '#kernel/indicator/indicator-text.ts'
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
  /** Id of the card's variant that the customer is under; null: the card itself. */
  readonly variant: string | null
}

/**
 * The inputs as canonical text (see `canonicalText`), values as decimals in the order of the card's
 * indicators. Written out by hand since a million of them are hashed in a run.
 */
export function ratingInputsText(scorecard: PreparedScorecard, inputs: RatingInputs): string {
  const { asOf, currency, values, override, variant } = inputs
  let texts = ''
  for (const indicator of scorecard.indicators) {
    const value = values[indicator.id] ?? null
    const text = indicatorText(indicator, value, currency)
    // Decimals need no escapes; only texts are looked through.
    const spelled = typeof value === 'bigint' ? `"${text}"` : canonicalText(text)
    texts += `${texts === '' ? '' : ','}${spelled}`
  }
  const told = canonicalText(override && overrideCanonical(override))
  // Left out where there is none: decisions from before there were variants keep their text.
  const under = variant === null ? '' : `,"variant":${canonicalText(variant)}`
  return `{"asOf":"${asOf}","currency":"${currency}","override":${told},"values":[${texts}]${under}}`
}

/**
 * What a rating came to as canonical text: bin and points of each characteristic in the card's
 * order, the positions of those that lost points (most first), the rules that fired, the grade.
 * Rating the same inputs again gives the same bytes. Labels are those of the scorecard's version.
 */
export function ratingText(rating: Rating): string {
  let bins = ''
  let points = ''
  for (const each of rating.points) {
    const comma = bins === '' ? '' : ','
    bins += comma + (each.bin === 'missing' ? '"missing"' : each.bin)
    points += `${comma}"${pointsDecimal(each.points)}"`
  }
  return (
    `{"adjustments":${canonicalText(adjustmentsCanonical(rating))},"bins":[${bins}],` +
    `"grade":${canonicalText(rating.grade)},"gradeByScore":${canonicalText(rating.gradeByScore)},` +
    `"override":${canonicalText(outcomeCanonical(rating.override))},"points":[${points}],` +
    `"reasons":[${rating.reasons.join(',')}],"score":"${pointsDecimal(rating.score)}"}`
  )
}

/** The rules that fired as canonical text of their own; null for none. */
export function adjustmentsText(rating: Rating): string | null {
  return rating.adjustments.length === 0 ? null : canonicalText(adjustmentsCanonical(rating))
}

function adjustmentsCanonical({ adjustments }: Rating): Canonical {
  return adjustments.map(({ kind, from, to }) => ({ kind, from, to }))
}

function outcomeCanonical(outcome: OverrideOutcome): Canonical {
  if (outcome.kind === 'none') return null
  return { outcome: outcome.kind, ...overrideCanonical(outcome.override) }
}

function overrideCanonical({ grade, reason, by, expiresOn }: Override) {
  return { grade, reason, by, expiresOn }
}

const decimals = new Map<number, string>()

/** Points are few different numbers: their text is kept. */
function pointsDecimal(points: number): string {
  let text = decimals.get(points)
  if (text === undefined) {
    text = scaledToDecimal(BigInt(points), 2)
    if (decimals.size < 10_000) decimals.set(points, text)
  }
  return text
}
