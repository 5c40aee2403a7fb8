import { useQuery } from '@tanstack/react-query'
import { partyRoles } from '#contract/party.ts'
import type { PolicyVersion, PolicyVersions, PolicyWithDocument } from '#contract/policy.ts'
import { roles } from '#contract/role.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import type { DocumentProblem } from '#kernel/document/problem.ts'
import { readDocument } from '#kernel/document/read-document.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { indicatorFormulasReader } from '#kernel/indicator/indicator-formulas.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { prepareIndicatorFormulas } from '#kernel/indicator/prepare-indicator-formulas.ts'
import { checkPolicy } from '#kernel/policy/policy.ts'
import { ratingScaleReader, standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import { get } from '../../ui/api.ts'

/** What a policy is checked against: the published scale, and all indicators there are. */
export function useCheck(kind: PolicyVersion['kind'] | undefined) {
  const scale = usePublished('rating-scale')
  const formulas = usePublished('indicators')
  const isLoaded = scale.data !== undefined && formulas.data !== undefined
  const read = readDocument(ratingScaleReader, scale.data?.document)
  const known = indicatorsIn(formulas.data?.document)
  const context = {
    scale: read.kind === 'read' ? read.document : standardRatingScale,
    indicators: known,
    names: { roles, partyRoles },
  }
  return {
    isLoaded,
    scale: context.scale,
    indicators: known,
    check: (document: Canonical): readonly DocumentProblem[] =>
      kind === undefined ? [] : checkPolicy(kind, document, context),
  }
}

function indicatorsIn(document: unknown) {
  const reading = readDocument(indicatorFormulasReader, document)
  if (reading.kind !== 'read') return knownIndicators(null)
  const prepared = prepareIndicatorFormulas(reading.document, allIndicators)
  return knownIndicators(prepared.kind === 'prepared' ? prepared.defined : null)
}

/** The version of a kind that counts, with its document; null where there is none. */
function usePublished(kind: PolicyVersion['kind']) {
  return useQuery({
    queryKey: ['/api/policies', 'published', kind],
    queryFn: async (): Promise<Pick<PolicyWithDocument, 'document'> | null> => {
      const { items } = await get<PolicyVersions>('/api/policies', { kind })
      const published = items.find(({ state }) => state === 'published')
      return published ? get<PolicyWithDocument>(`/api/policies/${published.id}`) : null
    },
  })
}
