import { fitLogistic } from '#kernel/model/logistic.ts'
import type { PreparedScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import type { Rating } from '#kernel/scoring/rate-party.ts'
import type { Characteristic, Scorecard } from '#kernel/scoring/scorecard.ts'

/** A case of a book too small for a model: how the card in force rated it, and what followed. */
export type RatedCase = { readonly points: Rating['points']; readonly bad: boolean }

export type UpdatedCard = {
  readonly card: Scorecard
  /** By characteristic: what its weight was multiplied by. */
  readonly factors: readonly { readonly id: string; readonly factor: number }[]
}

/** How far a weight may well be from the expert's: half of it, as one standard deviation. */
const doubt = 0.5
/** A weight that the cases speak against keeps this much: few cases do not overrule a person. */
const least = 0.05

/**
 * Updates the weights of an expert's card by the cases there are: the most likely weights where
 * each is normally distributed around the expert's before anything is seen (a maximum a posteriori
 * estimate by penalised logistic regression). With no bad case they stay as they are, and the more
 * bads there are the more the cases decide. Points and bounds within a characteristic keep their
 * proportions, and the card its total.
 */
export function updateExpertCard(
  card: Scorecard,
  prepared: PreparedScorecard,
  cases: readonly RatedCase[],
): UpdatedCard {
  const bad = Uint8Array.from(cases, (each) => (each.bad ? 1 : 0))
  const maxima = prepared.characteristics.map(({ maximum }) => maximum)
  const total = maxima.reduce((sum, each) => sum + each, 0)
  // What a case lost of each characteristic, 0 to 1; where it was not asked, the mean of the rest.
  const lost = prepared.characteristics.map((_, at) => lossOf(cases, at))
  const weights = maxima.map((maximum) => maximum / total)
  const whole = Float64Array.from(bad, (_, row) =>
    lost.reduce((sum, column, at) => sum + (weights[at] ?? 0) * (column[row] ?? 0), 0),
  )
  const steepness = fitLogistic({
    columns: [whole],
    bad,
    prior: [usualSteepness],
    ridge: [1 / (doubt * usualSteepness) ** 2],
    notNegative: [true],
  }).coefficients[0]
  const prior = weights.map((weight) => weight * (steepness || usualSteepness))
  const fitted = fitLogistic({
    columns: lost,
    bad,
    prior,
    ridge: prior.map((each) => 1 / (doubt * each) ** 2),
    notNegative: prior.map(() => true),
  })
  const raw = prior.map((each, at) => Math.max(least, (fitted.coefficients[at] ?? each) / each))
  const after = raw.reduce((sum, factor, at) => sum + factor * (weights[at] ?? 0), 0)
  const factors = raw.map((factor) => factor / after)
  return {
    card: {
      ...card,
      id: 'updated',
      label: { zh: '专家评分卡（权重经历史修正）', en: "Expert's card, weights updated" },
      characteristics: card.characteristics.map((each, at) => scaled(each, factors[at] ?? 1)),
    },
    factors: prepared.characteristics.map(({ id }, at) => ({ id, factor: factors[at] ?? 1 })),
  }
}

/** From no points lost to all of them the odds of being bad grow by e^6, some four hundred times. */
const usualSteepness = 6

function lossOf(cases: readonly RatedCase[], at: number): Float64Array {
  const shares = cases.map(({ points }) => {
    const of = points[at]
    return of && of.maximum > 0 ? 1 - of.points / of.maximum : null
  })
  const known = shares.filter((share) => share !== null)
  const mean = known.reduce((sum, share) => sum + share, 0) / Math.max(1, known.length)
  return Float64Array.from(shares, (share) => share ?? mean)
}

function scaled(each: Characteristic, factor: number): Characteristic {
  const times = (points: string) => (Number(points) * factor).toFixed(2)
  const part = <Part extends { readonly points: string }>(of: Part): Part => ({
    ...of,
    points: times(of.points),
  })
  return {
    ...each,
    missing: each.missing === 'neutral' ? 'neutral' : times(each.missing),
    ...(each.bins ? { bins: each.bins.map(part) } : {}),
    ...(each.curve ? { curve: each.curve.map(part) } : {}),
    ...(each.choices ? { choices: each.choices.map(part) } : {}),
  }
}
