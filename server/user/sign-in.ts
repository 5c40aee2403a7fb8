import { type Refusal, refuse } from '#contract/problem.ts'
import type { Person } from '#contract/user.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { hashPassword, isPassword } from '#server/user/password.ts'
import { findPersonByLogin } from '#server/user/person.store.ts'
import { insertSession } from '#server/user/session.store.ts'
import { makeToken } from '#server/user/token.ts'

export const sessionHours = 12

const failuresAllowed = 10
const windowMs = 15 * 60_000

/** Failed attempts by login and address; kept in memory, since a restart forgives little. */
const failures = new Map<string, { count: number; sinceMs: number }>()

/**
 * Opens a session for a login and password. A wrong login takes as long and says the same as a
 * wrong password; ten failures close the door for a quarter of an hour.
 */
export async function signIn(
  context: Context,
  input: { login: string; password: string; address: string; agent: string },
): Promise<{ token: string; person: Person; passwordIsInitial: boolean } | Refusal> {
  const key = `${input.login.toLowerCase()} ${input.address}`
  if (isClosed(key)) {
    return refuse('too-many-attempts', 'Too many failed attempts: try again in 15 minutes.')
  }
  const person = await findPersonByLogin(context.db, input.login)
  const hash = person?.passwordHash ?? (await hashOfNobody())
  const right = await isPassword(input.password, hash)
  if (!person || !right || person.disabledAt !== null) {
    countFailure(key)
    return refuse('wrong-credentials', 'The login or the password is not right.')
  }
  failures.delete(key)
  const { token, hash: tokenHash } = makeToken('')
  const actor = { kind: 'person', id: person.id, name: person.name, roles: person.roles } as const
  return runCommand(
    { ...context, actor },
    {
      name: 'session.open',
      permission: 'system:read',
      input: { login: person.login, address: input.address },
      subject: person.id,
      secretReply: true,
    },
    async (tx) => {
      await insertSession(tx, {
        id: newId(),
        personId: person.id,
        tokenHash,
        hours: sessionHours,
        address: input.address,
        agent: input.agent,
      })
      const { passwordHash: _, passwordIsInitial, ...shown } = person
      return { token, person: shown, passwordIsInitial }
    },
  )
}

let nobody: Promise<string> | undefined

function hashOfNobody(): Promise<string> {
  nobody ??= hashPassword('nobody has this password')
  return nobody
}

function isClosed(key: string): boolean {
  const failed = failures.get(key)
  if (!failed || performance.now() - failed.sinceMs > windowMs) return false
  return failed.count >= failuresAllowed
}

function countFailure(key: string): void {
  if (failures.size > 10_000) failures.clear()
  const failed = failures.get(key)
  if (!failed || performance.now() - failed.sinceMs > windowMs) {
    failures.set(key, { count: 1, sinceMs: performance.now() })
  } else failed.count++
}
