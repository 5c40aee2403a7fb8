import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Person, PersonChange } from '#contract/user.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { countOtherAdmins, findPerson, updatePerson } from '#server/user/person.store.ts'
import { readDepartment } from '#server/user/read-department.ts'
import { endSessionsOf } from '#server/user/session.store.ts'
import { wrongEmail } from '#server/user/wrong-email.ts'

/**
 * Changes name, roles, department, scope or address, or takes the right to sign in; open sessions
 * end with it.
 */
export async function changePerson(
  context: Context,
  id: string,
  change: PersonChange,
): Promise<Person | Refusal> {
  const wrong = wrongEmail(change.email)
  if (wrong) return wrong
  return runCommand(
    context,
    { name: 'person.change', permission: 'user:admin', input: { id, ...change }, subject: id },
    async (tx) => {
      const before = await findPerson(tx, id)
      if (!before) return refuse('not-found', 'There is no such person.')
      const wasAdmin = before.roles.includes('admin') && before.disabledAt === null
      const staysAdmin = change.roles.includes('admin') && !change.disabled
      if (wasAdmin && !staysAdmin && (await countOtherAdmins(tx, id)) === 0) {
        return refuse('wrong-state', 'This is the last administrator: make another one first.', {
          zh: '这是最后一位管理员：先设另一位。',
        })
      }
      const scope = change.scope ?? before.scope
      const departmentId = await readDepartment(tx, change.department, scope)
      if (isRefusal(departmentId)) return departmentId
      await updatePerson(tx, id, { ...change, departmentId })
      if (change.disabled) await endSessionsOf(tx, id)
      const person = await findPerson(tx, id)
      return person ?? refuse('not-found', 'There is no such person.')
    },
  )
}
