import type { PolicyKind } from '#kernel/policy/policy.ts'

/** Policies whose amounts are in a currency that the document names. */
export const kindsWithAmounts: readonly PolicyKind[] = ['limit-policy', 'check-rules']
