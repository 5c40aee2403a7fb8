import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { partyRoles } from '#contract/party.ts'
import type { PolicyVersion, PolicyVersions, PolicyWithDocument } from '#contract/policy.ts'
import { roles } from '#contract/role.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { readDocument } from '#kernel/document/read-document.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { indicatorFormulasReader } from '#kernel/indicator/indicator-formulas.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { prepareIndicatorFormulas } from '#kernel/indicator/prepare-indicator-formulas.ts'
import { checkPolicy } from '#kernel/policy/policy.ts'
import { ratingScaleReader, standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import { get } from '../../ui/api.ts'

/**
 * What is wrong with a document, against the published scale and all indicators there are; checked when
 * one of them changes, not each time the page is drawn.
 */
export function useCheck(kind: PolicyVersion['kind'], document: Canonical) {
  const { data: scale } = usePublished('rating-scale')
  const { data: formulas } = usePublished('indicators')
  const context = useMemo(() => {
    const reading = readDocument(ratingScaleReader, scale?.document)
    return {
      scale: reading.kind === 'read' ? reading.document : standardRatingScale,
      indicators: indicatorsIn(formulas?.document),
      names: { roles, partyRoles },
    }
  }, [scale, formulas])
  const isLoaded = scale !== undefined && formulas !== undefined
  const problems = useMemo(
    () => (isLoaded ? checkPolicy(kind, document, context) : []),
    [isLoaded, kind, document, context],
  )
  return { ...context, problems }
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
