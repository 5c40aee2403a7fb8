export {
  type FiredRuleRow,
  type FiredSum,
  firedByCustomer,
  firedByWeek,
  heldByCustomer,
  insertFiredRules,
  latestFired,
} from '#server/pilot/fired-rule.store.ts'
