export type { CheckAnswer } from '#server/check/asked-check.ts'
export {
  allCheckDecisions,
  decisionsOfDocument,
  storedChecks,
} from '#server/check/decision.store.ts'
export { checkEvents } from '#server/check/events.ts'
export { holdsOnDocuments } from '#server/check/hold.store.ts'
export { addHoldCommands } from '#server/check/hold-cli.ts'
export { holdFigures } from '#server/check/hold-figures.store.ts'
export { documentsOnHold, openHoldsOf } from '#server/check/hold-list.store.ts'
export { holdRoutes } from '#server/check/hold-routes.ts'
export { listHolds } from '#server/check/list-holds.ts'
export { recheckJob } from '#server/check/recheck-job.ts'
export { differenceOfCheck } from '#server/check/replay-check.ts'
export { runChecks } from '#server/check/run-checks.ts'
export { type TriedCheck, type TriedStanding, tryChecks } from '#server/check/try-checks.ts'
export { verifyExposure } from '#server/check/verify-exposure.ts'
export { supersedeHolds, withdrawHolds } from '#server/check/withdraw-holds.ts'
