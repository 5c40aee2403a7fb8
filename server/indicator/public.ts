export {
  computeIndicators,
  indicatorsOnDays,
  type PartyIndicators,
} from '#server/indicator/compute-indicators.ts'
export { insertFacts } from '#server/indicator/fact.store.ts'
export {
  deleteStatementsOfBatch,
  type ImportedStatement,
  insertStagedStatements,
  matchStagedStatements,
} from '#server/indicator/imported-statement.store.ts'
export { latestIndicators } from '#server/indicator/latest-indicators.ts'
export { showIndicators } from '#server/indicator/show-indicators.ts'
export {
  findSnapshots,
  insertSnapshots,
  nextSnapshots,
  type Snapshot,
} from '#server/indicator/snapshot.store.ts'
export { insertStatements } from '#server/indicator/statement.store.ts'
