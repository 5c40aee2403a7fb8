import { prepareCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { prepareLimitPolicy } from '#kernel/limit/prepare-limit-policy.ts'
import { type PolicyKind, readPolicy } from '#kernel/policy/policy.ts'
import type { ReadyPolicy } from '#kernel/policy/run-example.ts'
import { prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import type { Reader } from '#server/platform/database.ts'
import { publishedDefinitions } from '#server/policy/definitions.ts'
import { scaleInUse } from '#server/policy/draft-policy.ts'

/** A document ready to answer examples; null where it is unsound or of a kind without examples. */
export async function readyPolicy(
  db: Reader,
  kind: PolicyKind,
  document: unknown,
): Promise<ReadyPolicy | null> {
  const reading = readPolicy(kind, document)
  if (reading.kind === 'problems') return null
  const policy = reading.document
  const scale = await scaleInUse(db)
  const indicators = knownIndicators((await publishedDefinitions(db))?.defined ?? null)
  switch (policy.kind) {
    case 'scorecard': {
      const made = prepareScorecard(policy.document, scale, indicators)
      if (made.kind === 'problems') return null
      return { kind: 'scorecard', scorecard: made.scorecard, indicators }
    }
    case 'limit-policy': {
      const made = prepareLimitPolicy(policy.document, scale, indicators)
      if (made.kind === 'problems') return null
      return { kind: 'limit-policy', policy: made.policy, indicators }
    }
    case 'check-rules':
      return { kind: 'check-rules', rules: prepareCheckRules(policy.document) }
    case 'rating-scale':
    case 'indicators':
      return null
  }
}
