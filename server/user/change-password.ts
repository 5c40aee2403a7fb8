import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { createAttemptLimit } from '#server/user/attempt-limit.ts'
import { hashPassword, isPassword, makePassword, shortestPassword } from '#server/user/password.ts'
import {
  findPerson,
  findPersonByLogin,
  type PersonWithPassword,
  updatePassword,
} from '#server/user/person.store.ts'
import { endSessionsOf } from '#server/user/session.store.ts'

/** A person's own new password; all other sessions end. */
export async function changeOwnPassword(
  context: Context,
  input: { current: string; next: string },
): Promise<{ changed: true } | Refusal> {
  const known = await requireOwnPassword(context, input.current)
  if (isRefusal(known)) return known
  if (input.next.length < shortestPassword) {
    return refuse('invalid-input', `next: take at least ${shortestPassword} characters.`, {
      zh: `新密码至少 ${shortestPassword} 个字符。`,
    })
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

const attempts = createAttemptLimit(10)

/** The person who acts, if this is their password: whoever finds a browser open may guess ten times. */
export async function requireOwnPassword(
  context: Context,
  password: string,
): Promise<PersonWithPassword | Refusal> {
  const { db, actor } = context
  if (!attempts.take(actor.id)) {
    return refuse('too-many-attempts', 'Too many wrong passwords: try again in 15 minutes.', {
      zh: '密码错误次数过多，请 15 分钟后再试。',
    })
  }
  const person = await findPerson(db, actor.id)
  const known = person && (await findPersonByLogin(db, person.login))
  if (!known || !(await isPassword(password, known.passwordHash))) {
    return refuse('wrong-credentials', 'This is not your present password.', {
      zh: '当前密码不正确。',
    })
  }
  attempts.forget(actor.id)
  return known
}

/** A made password for somebody who forgot theirs; shown this once. */
export async function resetPassword(
  context: Context,
  login: string,
): Promise<{ login: string; initialPassword: string } | Refusal> {
  const person = await findPersonByLogin(context.db, login)
  if (!person) {
    return refuse('not-found', `There is no person with the login "${login}".`, {
      zh: `没有用户名为“${login}”的人员。`,
    })
  }
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
