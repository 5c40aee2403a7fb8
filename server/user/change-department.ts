import { type Refusal, refuse } from '#contract/problem.ts'
import type { Department, DepartmentChange } from '#contract/user.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { allDepartments, lockDepartments, updateDepartment } from '#server/user/department.store.ts'
import { refusedPlace, shownDepartment } from '#server/user/department-place.ts'

/** Renames or moves a department. Credit files that bear its old name stay its own. */
export function changeDepartment(
  context: Context,
  id: string,
  { name, parentId }: DepartmentChange,
): Promise<Department | Refusal> {
  const input = { id, name, parentId }
  return runCommand(
    context,
    { name: 'department.change', permission: 'user:admin', input, subject: id },
    async (tx) => {
      await lockDepartments(tx)
      const all = await allDepartments(tx)
      const before = all.find((department) => department.id === id)
      if (!before) return refuse('not-found', 'There is no such department.')
      const refused = refusedPlace(all, { id, name, parentId })
      if (refused) return refused
      const had = new Set([...before.formerNames, before.name])
      had.delete(name)
      await updateDepartment(tx, { id, name, parentId, formerNames: [...had] })
      const shown = shownDepartment(await allDepartments(tx), id)
      return shown ?? refuse('not-found', 'There is no such department.')
    },
  )
}
