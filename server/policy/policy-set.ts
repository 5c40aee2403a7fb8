import type { Refusal } from '#contract/problem.ts'
import { type PreparedCheckRules, prepareCheckRules } from '#kernel/check/prepare-check-rules.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import type { Reader } from '#server/platform/database.ts'
import {
  type Definitions,
  definitionsOfVersion,
  soundDefinitions,
} from '#server/policy/definitions.ts'
import { refusalForOthers, refusalOf } from '#server/policy/draft-policy.ts'
import {
  type LimitPolicies,
  limitOf,
  none,
  type ScoringPolicies,
  scoringOf,
} from '#server/policy/prepared-policies.ts'
import { type DecidingVersion, documentOf } from '#server/policy/stored-policy.ts'
import { findPublishedTogether } from '#server/policy/version.store.ts'

/** All that decides about customers and their orders, ready to be asked. */
export type PolicySet = {
  readonly scoring: ScoringPolicies
  readonly limits: LimitPolicies
  readonly rules: PreparedCheckRules
}

type Candidate = { readonly kind: PolicyKind; readonly document: unknown }

const tried = 'tried'
const kinds = ['scorecard', 'rating-scale', 'limit-policy', 'check-rules', 'indicators'] as const

/**
 * The policies that are published, as of one moment; with candidates in the place of their kind. What no
 * candidate touches is that of `base` itself, so that one can tell that it is the same.
 */
export async function policySet(
  db: Reader,
  candidates: readonly Candidate[] = [],
  base: PolicySet | null = null,
): Promise<PolicySet | Refusal> {
  for (const { document, kind } of candidates) {
    const refused =
      (await refusalOf(db, kind, document)) ??
      (kind === 'indicators' ? await refusalForOthers(db, document) : undefined)
    if (refused) return refused
  }
  const found = await findPublishedTogether(db, kinds)
  const versionOf = (kind: PolicyKind): DecidingVersion | undefined => {
    const published = found.find((each) => each.kind === kind)
    const candidate = candidates.find((each) => each.kind === kind)
    // What is tried has no number and decides nothing that is kept.
    return candidate ? { ...candidate, id: tried, number: 0 } : published
  }
  const [card, scale] = [versionOf('scorecard'), versionOf('rating-scale')]
  const [limit, rules] = [versionOf('limit-policy'), versionOf('check-rules')]
  if (!card || !scale) return none('scorecard and rating scale')
  if (!limit) return none('limit policy')
  if (!rules) return none('policy of check rules')
  const definitions = await definitionsIn(db, candidates, versionOf('indicators'))
  const isKept = (...of: readonly PolicyKind[]) => !candidates.some(({ kind }) => of.includes(kind))
  return {
    scoring:
      base && isKept('scorecard', 'rating-scale', 'indicators')
        ? base.scoring
        : scoringOf(card, scale, definitions),
    limits:
      base && isKept('limit-policy', 'rating-scale', 'indicators')
        ? base.limits
        : limitOf(limit, scale, definitions),
    rules:
      base && isKept('check-rules')
        ? base.rules
        : prepareCheckRules(documentOf('check-rules', rules)),
  }
}

async function definitionsIn(
  db: Reader,
  candidates: readonly Candidate[],
  version: DecidingVersion | undefined,
): Promise<Definitions | null> {
  const candidate = candidates.find(({ kind }) => kind === 'indicators')
  const sound = candidate && soundDefinitions(candidate.document)
  if (sound) return { defined: sound.defined, versionId: tried }
  return version ? definitionsOfVersion(db, version.id) : null
}
