export {
  definitionsOfVersion,
  publishedDefinitions,
} from '#server/policy/definitions.ts'
export { draftPolicy } from '#server/policy/draft-policy.ts'
export { policyEvents } from '#server/policy/events.ts'
export { keepExample } from '#server/policy/examples.ts'
export { followBaseCurrency } from '#server/policy/follow-base-currency.ts'
export { installPack } from '#server/policy/install-pack.ts'
export { versionNamed } from '#server/policy/locked-version.ts'
export { measuredVersion } from '#server/policy/measured-version.ts'
export { type PolicySet, policySet } from '#server/policy/policy-set.ts'
export {
  checkRulesOfVersion,
  type LimitPolicies,
  limitPolicyOfVersions,
  publishedCheckRules,
  publishedLimitPolicy,
  publishedScale,
  publishedScoring,
  type ScoringPolicies,
  scoringOfVersions,
} from '#server/policy/prepared-policies.ts'
export { publishPolicy } from '#server/policy/publish-policy.ts'
export { submitPolicy } from '#server/policy/submit-policy.ts'
export { storedVersions } from '#server/policy/version.store.ts'
