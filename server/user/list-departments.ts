import type { Department } from '#contract/user.ts'
import type { Reader } from '#server/platform/database.ts'
import { allDepartments } from '#server/user/department.store.ts'
import { shownDepartment } from '#server/user/department-place.ts'

/** All departments by their paths. */
export async function listDepartments(db: Reader): Promise<Department[]> {
  const all = await allDepartments(db)
  return all
    .flatMap(({ id }) => shownDepartment(all, id) ?? [])
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
