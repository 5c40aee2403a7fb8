import { useQuery } from '@tanstack/react-query'
import type { PolicyWithDocument } from '#contract/policy.ts'
import { get } from '../ui/api.ts'

export function usePolicy(id: string) {
  const path = `/api/policies/${id}`
  return useQuery({
    queryKey: [path],
    queryFn: () => get<PolicyWithDocument>(path),
    enabled: id !== '',
  })
}
