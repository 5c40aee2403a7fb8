import { useQuery } from '@tanstack/react-query'
import type { Company } from '#contract/company.ts'
import { get } from '../ui/api.ts'

export const companyPath = '/api/company'

/** The company; what was read less than `staleTime` milliseconds ago is not asked for again. */
export function useCompany(how: { readonly staleTime?: number } = {}) {
  return useQuery({ queryKey: [companyPath], queryFn: () => get<Company>(companyPath), ...how })
}

/** In which totals are told and forms begin; it hardly ever changes. */
export function useBaseCurrency(): string {
  return useCompany({ staleTime: 60_000 }).data?.baseCurrency ?? 'CNY'
}
