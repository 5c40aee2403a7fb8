import { chance, fitLogistic } from '#kernel/model/logistic.ts'

/** Turns log-odds of a model into those of a probability of default. */
export type Calibration = { readonly intercept: number; readonly slope: number }

/**
 * Calibration by a straight line on log-odds (Platt, 1999), fitted to cases that the model had not
 * seen. The mean probability then equals the observed bad rate. A slope below 1 tells that the
 * model was too sure of itself.
 */
export function calibrationOf(logOdds: Float64Array, bad: Uint8Array): Calibration {
  const fit = fitLogistic({ columns: [logOdds], bad, ridge: [1e-6], notNegative: [true] })
  return { intercept: fit.intercept, slope: fit.coefficients[0] ?? 1 }
}

export function calibrated(logOdds: Float64Array, { intercept, slope }: Calibration): Float64Array {
  return logOdds.map((each) => chance(intercept + slope * each))
}
