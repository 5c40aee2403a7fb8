import { useQuery } from '@tanstack/react-query'
import type { Company } from '#contract/company.ts'
import { get } from '../ui/api.ts'

export const companyPath = '/api/company'

export function useCompany() {
  return useQuery({ queryKey: [companyPath], queryFn: () => get<Company>(companyPath) })
}
