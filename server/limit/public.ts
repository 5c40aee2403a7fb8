export {
  allLimitDecisions,
  insertLimits,
  type LimitOfParty,
  type LimitRow,
  limitHistory,
  limitsAsOf,
  limitsOfParty,
  type NewLimit,
  type StoredDecision,
} from '#server/limit/credit-limit.store.ts'
export { limitEvents } from '#server/limit/events.ts'
export { limitTotalsAsOf } from '#server/limit/limit-totals.store.ts'
