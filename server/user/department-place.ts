import { type Refusal, refuse } from '#contract/problem.ts'
import type { Department } from '#contract/user.ts'
import { type DepartmentRow, isBelow, pathOf } from '#server/user/department-tree.ts'

/** Refuses a parent that is not there or stands below, and a name that its place has already. */
export function refusedPlace(
  all: readonly DepartmentRow[],
  { id, name, parentId }: { id: string; name: string; parentId: string | null },
): Refusal | undefined {
  if (parentId !== null && !all.some((department) => department.id === parentId)) {
    return refuse('not-found', 'parentId: there is no such department.', {
      zh: '没有所选的上级部门。',
    })
  }
  if (parentId !== null && isBelow(all, parentId, id)) {
    return refuse('conflict', 'parentId: a department cannot stand below itself.', {
      zh: '上级部门不能是它自己或它的下级。',
    })
  }
  const same = all.find(
    (other) => other.id !== id && other.parentId === parentId && other.name === name,
  )
  if (!same) return undefined
  const path = pathOf(all, same.id)
  return refuse('already-exists', `name: there is ${path} already.`, { zh: `已有部门“${path}”。` })
}

export function shownDepartment(all: readonly DepartmentRow[], id: string): Department | undefined {
  const row = all.find((department) => department.id === id)
  return row && { ...row, formerNames: [...row.formerNames], path: pathOf(all, id) }
}
