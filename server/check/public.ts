export { decisionsOfDocument } from '#server/check/decision.store.ts'
export {
  type AskedCheck,
  type CheckAnswer,
  runChecks,
} from '#server/check/run-checks.ts'
export { withdrawHolds } from '#server/check/withdraw-holds.ts'
