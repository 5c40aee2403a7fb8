import { type Refusal, refuse } from '#contract/problem.ts'
import type { Department, NewDepartment } from '#contract/user.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { allDepartments, insertDepartment, lockDepartments } from '#server/user/department.store.ts'
import { refusedPlace, shownDepartment } from '#server/user/department-place.ts'

/** Adds a department below another one, or at the top. */
export function createDepartment(
  context: Context,
  { name, parentId = null }: NewDepartment,
): Promise<Department | Refusal> {
  const id = newId()
  const input = { name, parentId }
  return runCommand(
    context,
    { name: 'department.create', permission: 'user:admin', input, subject: id },
    async (tx) => {
      await lockDepartments(tx)
      const before = await allDepartments(tx)
      const refused = refusedPlace(before, { id, name, parentId })
      if (refused) return refused
      await insertDepartment(tx, { id, name, parentId })
      const shown = shownDepartment(await allDepartments(tx), id)
      return shown ?? refuse('not-found', 'There is no such department.')
    },
  )
}
