import { readDefinedTexts } from '#kernel/indicator/defined-values.ts'
import type { Snapshot } from '#server/indicator/public.ts'
import type { ScoringPolicies } from '#server/policy/public.ts'

/** A snapshot whose values include those of formulas, as the policies of a rating know them. */
export function withDefined(snapshot: Snapshot, { definitions }: ScoringPolicies): Snapshot {
  if (!definitions) return snapshot
  const { custom, currency, values } = snapshot
  const own = readDefinedTexts(definitions.defined, custom ?? {}, currency)
  return { ...snapshot, values: { ...values, ...own } }
}
