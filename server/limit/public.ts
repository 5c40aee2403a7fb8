export {
  allLimitDecisions,
  insertLimits,
  type LimitOfParty,
  limitHistory,
  limitsAsOf,
  limitsOfParty,
  type NewLimit,
  type StoredDecision,
} from '#server/limit/credit-limit.store.ts'
