import { useQuery } from '@tanstack/react-query'
import type { PolicyVersions } from '#contract/policy.ts'
import { readDocument } from '#kernel/document/read-document.ts'
import { gradeCodesOf, ratingScaleReader } from '#kernel/scoring/rating-scale.ts'
import { get } from '../ui/api.ts'
import { usePolicy } from './use-policy.ts'

/** What is told by grade, from the best to the worst as the published scale has them. */
export function useGradeOrder(): <Value>(
  byGrade: Readonly<Record<string, Value>>,
) => readonly (readonly [grade: string, value: Value])[] {
  const query = { kind: 'rating-scale' }
  const scales = useQuery({
    queryKey: ['/api/policies', query],
    queryFn: () => get<PolicyVersions>('/api/policies', query),
  })
  const published = scales.data?.items.find(({ state }) => state === 'published')
  const { data } = usePolicy(published?.id ?? '')
  const reading = data && readDocument(ratingScaleReader, data.document)
  const codes = reading?.kind === 'read' ? gradeCodesOf(reading.document) : []
  return (byGrade) =>
    Object.entries(byGrade).sort(([one], [other]) => codes.indexOf(one) - codes.indexOf(other))
}
