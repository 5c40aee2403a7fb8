import { type Calibration, calibrated, calibrationOf } from '#kernel/model/calibration.ts'
import { foldsOf, splitBy } from '#kernel/model/folds.ts'
import { brierOf, ksOf } from '#kernel/model/measures.ts'
import { rowsOf, type TrainingTable } from '#kernel/model/table.ts'
import { type AucOutcome, aucOf } from '#kernel/scoring/auc.ts'

export type Performance = {
  /** Mean of the folds, each scored by what was fitted to the others, and its spread. */
  readonly auc: number
  readonly aucSpread: number
  /** DeLong's interval of all cases outside of their folds together. */
  readonly pooled: AucOutcome
  readonly ks: number
  readonly brier: number
  readonly calibration: Calibration
  readonly logOdds: Float64Array
}

/**
 * Fits to all folds but one and scores that one, for each fold: nothing of a case, its bins,
 * weights and interactions included, is known to what scores it.
 */
export function crossValidate(
  table: TrainingTable,
  of: { readonly folds: number; readonly seed: string },
  fit: (train: TrainingTable) => (test: TrainingTable) => Float64Array,
): Performance {
  const folds = foldsOf(table, of.folds, of.seed)
  const logOdds = new Float64Array(table.bad.length)
  const aucs: number[] = []
  for (let fold = 0; fold < of.folds; fold += 1) {
    const { within, without } = splitBy(folds, fold)
    const test = rowsOf(table, within)
    const scored = fit(rowsOf(table, without))(test)
    for (const [at, row] of within.entries()) logOdds[row] = scored[at] ?? 0
    const auc = aucBy(scored, test.bad)
    if (auc.kind === 'measured') aucs.push(auc.auc)
  }
  const calibration = calibrationOf(logOdds, table.bad)
  const chances = calibrated(logOdds, calibration)
  const auc = aucs.reduce((sum, each) => sum + each, 0) / Math.max(1, aucs.length)
  const squares = aucs.reduce((sum, each) => sum + (each - auc) ** 2, 0)
  return {
    auc,
    aucSpread: Math.sqrt(squares / Math.max(1, aucs.length - 1)),
    pooled: aucBy(logOdds, table.bad),
    ks: ksOf(logOdds, table.bad),
    brier: brierOf(chances, table.bad),
    calibration,
    logOdds,
  }
}

export function aucBy(scores: Float64Array, bad: Uint8Array): AucOutcome {
  const of = (kind: number) => [...scores.filter((_, row) => bad[row] === kind)]
  return aucOf(of(1), of(0))
}
