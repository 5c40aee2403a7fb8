import { type Refusal, refuse } from '#contract/problem.ts'
import type { Department } from '#contract/user.ts'
import { type DepartmentRow, isBelow, pathOf } from '#server/user/department-tree.ts'

/** Refuses a parent that is not there or stands below, and a name that its place has already. */
export function refusedPlace(
  all: readonly DepartmentRow[],
  { id, name, parentId }: { id: string; name: string; parentId: string | null },
): Refusal | undefined {
  if (parentId !== null && !all.some((department) => department.id === parentId)) {
    return refuse('not-found', 'parentId: there is no such department.')
  }
  if (parentId !== null && isBelow(all, parentId, id)) {
    return refuse('conflict', 'parentId: a department cannot stand below itself.')
  }
  const same = all.find(
    (other) => other.id !== id && other.parentId === parentId && other.name === name,
  )
  return same && refuse('already-exists', `name: there is ${pathOf(all, same.id)} already.`)
}

export function shownDepartment(all: readonly DepartmentRow[], id: string): Department | undefined {
  const row = all.find((department) => department.id === id)
  return row && { ...row, formerNames: [...row.formerNames], path: pathOf(all, id) }
}
