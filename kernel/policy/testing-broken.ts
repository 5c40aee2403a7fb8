import type { MadeUpCustomer } from '#kernel/document/made-up-customer.ts'
import type { DocumentProblem } from '#kernel/document/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { checkPolicy, type PolicyKind } from '#kernel/policy/policy.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'

/**
 * Whether the made-up customers show what is wrong: a proof reads the document as a person would,
 * not by the functions that found the fault.
 */
export type Proof = (document: never, shown: readonly MadeUpCustomer[]) => boolean

/** A broken table, what is found and where, and a proof that somebody shows it. */
export type Broken = readonly [
  name: string,
  kind: PolicyKind,
  document: object,
  found: string,
  proves: Proof,
]

export const same = (text: string) => ({ zh: text, en: text })

export const factIn = (customer: MadeUpCustomer | undefined, id = 'overdue_days_now') =>
  customer?.knows.find((each) => each.id === id)?.value ?? ''

const zone: Indicator = {
  id: 'zone',
  unit: 'text',
  decimals: 0,
  source: 'formula',
  label: same('zone'),
  meaning: same('zone'),
}

export const context = {
  scale: standardRatingScale,
  indicators: [...knownIndicators(null), zone],
  names: { roles: ['admin', 'credit-manager', 'sales'], partyRoles: ['customer', 'supplier'] },
}

const placeOf = ({ kind, path }: DocumentProblem) => `${kind} ${path}`

/** Why a fault is not found, or not proved by who shows it; null where all is well. */
export function unproven([, kind, document, found, proves]: Broken): string | null {
  const problems = checkPolicy(kind, document, context)
  const problem = problems.find((each) => placeOf(each) === found)
  if (!problem) return `${found} not in ${problems.map(placeOf).join('; ')}`
  if (!problem.shownBy) return 'nobody shows it'
  const shown = problem.shownBy
  return proves(document as never, shown) ? null : JSON.stringify(shown)
}
