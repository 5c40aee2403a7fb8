import { useQuery } from '@tanstack/react-query'
import type { DepartmentList } from '#contract/user.ts'
import { get } from '../ui/api.ts'

export const departmentsPath = '/api/departments'

/** Departments with their paths from the top, by path. */
export function useDepartments() {
  return useQuery({
    queryKey: [departmentsPath],
    queryFn: () => get<DepartmentList>(departmentsPath),
  })
}
