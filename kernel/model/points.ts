import type { Calibration } from '#kernel/model/calibration.ts'
import type { Model } from '#kernel/model/fit-model.ts'
import { chance } from '#kernel/model/logistic.ts'

/** Points double the odds of being good every `pdo` points; at `baseScore` they are `baseOdds`. */
export type PointScale = {
  readonly pdo: number
  readonly baseScore: number
  readonly baseOdds: number
}

export type PointTable = {
  /** Points of each bin by the position of the characteristic, the worst bin has 0. */
  readonly points: readonly (readonly number[])[]
  /** Points that a case of this scale has beside those of its bins. */
  readonly base: number
  /** Log-odds of being bad with no points, and how much a point takes off. */
  readonly logOddsAtNone: number
  readonly perPoint: number
}

/**
 * The probability of being bad at a score of 0 to 100, which is the share of the points there are to
 * have: what a grade of the rating scale means under this card.
 */
export function chanceAtScore(
  { points, logOddsAtNone, perPoint }: PointTable,
  score: number,
): number {
  const possible = points.reduce((sum, own) => sum + Math.max(...own), 0)
  return chance(logOddsAtNone - (perPoint * possible * score) / 100)
}

/**
 * Scales weights of evidence to points: factor = pdo ÷ ln 2, score = offset + factor × ln (odds of
 * being good) with offset = base score − factor × ln (base odds) (Siddiqi, 2006). Each
 * characteristic is moved so that its worst bin gives 0; what that takes off is in `base`. Rounded to
 * hundredths of a point, so the log-odds told from points are right within half a hundredth each.
 */
export function pointTable(model: Model, calibration: Calibration, scale: PointScale): PointTable {
  const factor = scale.pdo / Math.LN2
  let lowest = 0
  const points = model.characteristics.map(({ woe, coefficient }) => {
    const own = woe.map((each) => -calibration.slope * coefficient * each * factor)
    const least = Math.min(...own)
    lowest += least
    return own.map((each) => Math.round((each - least) * 100) / 100)
  })
  const intercept = calibration.intercept + calibration.slope * model.intercept
  const offset = scale.baseScore - factor * Math.log(scale.baseOdds)
  return {
    points,
    base: offset - factor * intercept + lowest,
    logOddsAtNone: intercept - lowest / factor,
    perPoint: 1 / factor,
  }
}
