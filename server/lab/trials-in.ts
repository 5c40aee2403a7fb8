import type { PilotList } from '#contract/pilot.ts'
import type { CheckRules } from '#kernel/check/check-rules.ts'
import type { Label } from '#kernel/document/label.ts'
import { groupOf, isInTrial, prepareTrial, type Trial } from '#kernel/document/trial.ts'
import { fitsScope, type PartyProfile, type PartyScope } from '#kernel/document/variants.ts'
import type { storedVersions } from '#server/policy/public.ts'

/** A version that counted, with its document. */
export type CountedVersion = Awaited<ReturnType<typeof storedVersions>>[number]

/** What a policy says for one group of a trial, or for some customers before it is their turn. */
type Part = { readonly label: Label; readonly scope: PartyScope; readonly trial?: Trial }

type Written = { readonly variants?: readonly Part[]; readonly rules?: CheckRules['rules'] }

export type FoundTrial = Omit<PilotList['trials'][number], 'since'>

/** The trials of a published policy. */
export function trialsIn({ document, id, kind }: CountedVersion): FoundTrial[] {
  const parts = partsOf(document).flatMap((part) =>
    part.trial === undefined ? [] : [{ ...part, trial: part.trial }],
  )
  return [...Map.groupBy(parts, ({ trial }) => trial.name)].flatMap(([name, [first, ...rest]]) => {
    if (!first) return []
    const { readOn, share } = first.trial
    return [
      {
        ...{ kind, name, share, readOn, versionId: id },
        parts: [first, ...rest].map(({ label, trial }) => ({ label, group: trial.group })),
      },
    ]
  })
}

/**
 * In which group of a trial a customer is; null where the policy says the same of it in both: no part
 * of the trial is about it, or another part holds before.
 */
export function membershipIn(
  { document, kind }: CountedVersion,
  name: string,
): (profile: PartyProfile & { readonly id: string }) => boolean | null {
  const parts = partsOf(document)
  const trial = parts.find((part) => part.trial?.name === name)?.trial
  return (profile) => {
    if (trial === undefined) return null
    const found = parts.find((part) => {
      if (!fitsScope(part.scope, profile)) return false
      if (part.trial?.name === name) return true
      // Rules hold side by side; of variants the first holds alone.
      if (kind === 'check-rules') return false
      return part.trial === undefined || isInTrial(prepareTrial(part.trial), profile.id)
    })
    if (found?.trial?.name !== name) return null
    return groupOf(prepareTrial(trial), profile.id) === 'challenger'
  }
}

function partsOf(document: unknown): readonly Part[] {
  const { rules = [], variants = [] } = document as Written
  const ofRules = rules.map(({ id, label, scope, trial }): Part => {
    // Grade and segment may change with what the rule does, so they choose nobody.
    const { industries, roles } = scope ?? {}
    return {
      label: label ?? { zh: id, en: id },
      scope: { ...(industries && { industries }), ...(roles && { roles }) },
      ...(trial && { trial }),
    }
  })
  return [...variants, ...ofRules]
}
