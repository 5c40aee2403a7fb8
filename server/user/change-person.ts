import { type Refusal, refuse } from '#contract/problem.ts'
import type { Person, PersonChange } from '#contract/user.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { countOtherAdmins, findPerson, updatePerson } from '#server/user/person.store.ts'
import { endSessionsOf } from '#server/user/session.store.ts'

/** Changes name, roles or department, or takes the right to sign in; open sessions end with it. */
export function changePerson(
  context: Context,
  id: string,
  change: PersonChange,
): Promise<Person | Refusal> {
  return runCommand(
    context,
    { name: 'person.change', permission: 'user:admin', input: { id, ...change }, subject: id },
    async (tx) => {
      const staysAdmin = change.roles.includes('admin') && !change.disabled
      if (!staysAdmin && (await countOtherAdmins(tx, id)) === 0) {
        return refuse('wrong-state', 'This is the last administrator: make another one first.')
      }
      const found = await updatePerson(tx, id, change)
      if (!found) return refuse('not-found', 'There is no such person.')
      if (change.disabled) await endSessionsOf(tx, id)
      const person = await findPerson(tx, id)
      return person ?? refuse('not-found', 'There is no such person.')
    },
  )
}
