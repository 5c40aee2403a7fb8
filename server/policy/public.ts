export { followBaseCurrency } from '#server/policy/follow-base-currency.ts'
export { installPack } from '#server/policy/install-pack.ts'
export {
  type LimitPolicies,
  limitPolicyOfVersions,
  publishedLimitPolicy,
  publishedScoring,
  type ScoringPolicies,
  scoringOfVersions,
} from '#server/policy/prepared-policies.ts'
