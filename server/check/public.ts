export { allCheckDecisions, decisionsOfDocument } from '#server/check/decision.store.ts'
export { findHoldByNumber } from '#server/check/find-hold-by-number.ts'
export { addHoldCommands } from '#server/check/hold-cli.ts'
export { recheckHolds } from '#server/check/recheck-holds.ts'
export { rejectHold } from '#server/check/reject-hold.ts'
export { releaseHold, releaseHolds } from '#server/check/release-hold.ts'
export { differenceOfCheck } from '#server/check/replay-check.ts'
export {
  type AskedCheck,
  type CheckAnswer,
  runChecks,
} from '#server/check/run-checks.ts'
export { type ExposureVerification, verifyExposure } from '#server/check/verify-exposure.ts'
export { supersedeHolds, withdrawHolds } from '#server/check/withdraw-holds.ts'
