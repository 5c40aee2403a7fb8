import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Person } from '#contract/user.ts'
import type { Context } from '#server/platform/run-command.ts'
import { createAttemptLimit } from '#server/user/attempt-limit.ts'
import { type OpenedSession, openSession } from '#server/user/open-session.ts'
import { hashPassword, isPassword } from '#server/user/password.ts'
import { findPersonByLogin } from '#server/user/person.store.ts'
import {
  forgetCodeAttempts,
  proveSecondFactor,
  takeCodeAttempt,
} from '#server/user/prove-second-factor.ts'
import { findSecondFactor } from '#server/user/second-factor.store.ts'

// Of one login from one address; of a login from anywhere, since guesses come from many places; from
// one address for whomever, which may be that of a whole office.
const ofPair = createAttemptLimit(10)
const ofLogin = createAttemptLimit(100)
const ofAddress = createAttemptLimit(200)

type SignedIn = OpenedSession & { readonly person: Person; readonly passwordIsInitial: boolean }

/**
 * Opens a session for a login and password, and for a code where a second factor is set up. A wrong
 * login takes as long and says the same as a wrong password; failures close the door for a quarter of
 * an hour.
 */
export async function signIn(
  context: Context,
  input: { login: string; password: string; code?: string; address: string; agent: string },
): Promise<SignedIn | Refusal> {
  const { address, agent } = input
  const login = input.login.toLowerCase()
  const counts = [
    [ofPair, `${login} ${address}`],
    [ofLogin, login],
    [ofAddress, address],
  ] as const
  if (counts.some(([limit, key]) => !limit.take(key))) {
    return refuse('too-many-attempts', 'Too many failed attempts: try again in 15 minutes.', {
      zh: '登录失败次数过多，请 15 分钟后再试。',
    })
  }
  const found = await findPersonByLogin(context.db, input.login)
  const hash = found?.passwordHash ?? (await hashOfNobody())
  const right = await isPassword(input.password, hash)
  if (!found || !right || found.disabledAt !== null) {
    return refuse('wrong-credentials', 'The login or the password is not right.', {
      zh: '用户名或密码不正确。',
    })
  }
  const { passwordHash: _, passwordIsInitial, ...person } = found
  const isEnrolled = (await findSecondFactor(context.db, person.id))?.confirmedAt != null
  const { code } = input
  for (const [limit, key] of counts) limit.giveBack(key)
  if (isEnrolled && code === undefined) {
    return refuse(
      'second-factor-needed',
      'code: give the code of your authenticator app as well.',
      { zh: '还要输入验证器上的验证码。' },
    )
  }
  const closed = isEnrolled ? takeCodeAttempt(person.id) : undefined
  if (closed) return closed
  const opened = await openSession(
    context,
    { person, method: 'password', from: { address, agent } },
    async (tx) =>
      isEnrolled && code !== undefined ? proveSecondFactor(tx, person.id, code) : { by: null },
  )
  if (isRefusal(opened)) return opened
  ofPair.forget(`${login} ${address}`)
  if (isEnrolled) forgetCodeAttempts(person.id)
  return { ...opened, person, passwordIsInitial }
}

let nobody: Promise<string> | undefined

function hashOfNobody(): Promise<string> {
  nobody ??= hashPassword('nobody has this password')
  return nobody
}
