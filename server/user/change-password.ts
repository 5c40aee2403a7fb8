import { type Refusal, refuse } from '#contract/problem.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { hashPassword, isPassword, makePassword, shortestPassword } from '#server/user/password.ts'
import { findPerson, findPersonByLogin, updatePassword } from '#server/user/person.store.ts'
import { endSessionsOf } from '#server/user/session.store.ts'

/** A person's own new password; all other sessions end. */
export async function changeOwnPassword(
  context: Context,
  input: { current: string; next: string },
): Promise<{ changed: true } | Refusal> {
  const person = await findPerson(context.db, context.actor.id)
  const known = person && (await findPersonByLogin(context.db, person.login))
  if (!known || !(await isPassword(input.current, known.passwordHash))) {
    return refuse('wrong-credentials', 'current: this is not your present password.')
  }
  if (input.next.length < shortestPassword) {
    return refuse('invalid-input', `next: take at least ${shortestPassword} characters.`)
  }
  const hash = await hashPassword(input.next)
  return runCommand(
    context,
    { name: 'password.change', permission: 'system:read', input: {}, subject: known.id },
    async (tx) => {
      await updatePassword(tx, known.id, hash, false)
      await endSessionsOf(tx, known.id)
      return { changed: true }
    },
  )
}

/** A made password for somebody who forgot theirs; shown this once. */
export async function resetPassword(
  context: Context,
  login: string,
): Promise<{ login: string; initialPassword: string } | Refusal> {
  const person = await findPersonByLogin(context.db, login)
  if (!person) return refuse('not-found', `There is no person with the login "${login}".`)
  const password = makePassword()
  const hash = await hashPassword(password)
  return runCommand(
    context,
    {
      name: 'password.reset',
      permission: 'user:admin',
      input: { login },
      subject: person.id,
      secretReply: true,
    },
    async (tx) => {
      await updatePassword(tx, person.id, hash, true)
      await endSessionsOf(tx, person.id)
      return { login: person.login, initialPassword: password }
    },
  )
}
