import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { NewPerson } from '#contract/user.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { hashPassword, makePassword } from '#server/user/password.ts'
import { insertPerson } from '#server/user/person.store.ts'
import { readDepartment } from '#server/user/read-department.ts'
import { wrongEmail } from '#server/user/wrong-email.ts'

/**
 * Lets a person sign in. Who only sells sees their own customers unless told otherwise. Without a password one is made; it is in the answer
 * only, this once.
 */
export async function createPerson(
  context: Context,
  input: NewPerson,
): Promise<{ id: string; login: string; initialPassword: string | null } | Refusal> {
  const wrong = wrongEmail(input.email)
  if (wrong) return wrong
  const password = input.password ?? makePassword()
  const passwordHash = await hashPassword(password)
  const { password: _, ...shown } = input
  return runCommand(
    context,
    {
      name: 'person.create',
      permission: 'user:admin',
      input: shown,
      subject: input.login,
      secretReply: true,
    },
    async (tx) => {
      const id = newId()
      const scope = input.scope ?? (input.roles.every((role) => role === 'sales') ? 'own' : 'all')
      const departmentId = await readDepartment(tx, input.department, scope)
      if (isRefusal(departmentId)) return departmentId
      const added = await insertPerson(tx, {
        id,
        login: input.login,
        name: input.name,
        roles: input.roles,
        department: input.department ?? null,
        departmentId,
        scope,
        email: input.email ?? null,
        passwordHash,
        passwordIsInitial: input.password === undefined,
      })
      if (!added) {
        return refuse('already-exists', `login: "${input.login}" is taken already.`, {
          zh: `用户名“${input.login}”已被占用。`,
        })
      }
      const initialPassword = input.password === undefined ? password : null
      return { id, login: input.login, initialPassword }
    },
  )
}
