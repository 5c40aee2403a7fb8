export { allCheckDecisions, decisionsOfDocument } from '#server/check/decision.store.ts'
export { addHoldCommands } from '#server/check/hold-cli.ts'
export { holdRoutes } from '#server/check/hold-routes.ts'
export { recheckJob } from '#server/check/recheck-job.ts'
export { differenceOfCheck } from '#server/check/replay-check.ts'
export {
  type AskedCheck,
  type CheckAnswer,
  runChecks,
} from '#server/check/run-checks.ts'
export { type ExposureVerification, verifyExposure } from '#server/check/verify-exposure.ts'
export { supersedeHolds, withdrawHolds } from '#server/check/withdraw-holds.ts'
