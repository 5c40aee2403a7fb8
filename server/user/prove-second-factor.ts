import { type Refusal, refuse } from '#contract/problem.ts'
import type { Session } from '#contract/sign-in.ts'
import type { Transaction } from '#server/platform/database.ts'
import { openSecret } from '#server/platform/secret-box.ts'
import { createAttemptLimit } from '#server/user/attempt-limit.ts'
import { stepOfCode } from '#server/user/one-time-code.ts'
import { findSecondFactor, spendRecoveryCode, spendStep } from '#server/user/second-factor.store.ts'
import { hashToken } from '#server/user/token.ts'

type Proof = { readonly by: NonNullable<Session['secondFactor']> }

const attempts = createAttemptLimit(10)

/** Counts a try before it is judged; ten wrong ones of a person close the door, from wherever. */
export function takeCodeAttempt(personId: string): Refusal | undefined {
  return attempts.take(personId)
    ? undefined
    : refuse('too-many-attempts', 'code: too many wrong codes, try again in 15 minutes.', {
        zh: '验证码错误次数过多，请 15 分钟后再试。',
      })
}

export function forgetCodeAttempts(personId: string): void {
  attempts.forget(personId)
}

/** Uses up a code of the app or a recovery code. A first code of the app confirms the app. */
export async function proveSecondFactor(
  tx: Transaction,
  personId: string,
  code: string,
): Promise<Proof | Refusal> {
  const factor = await findSecondFactor(tx, personId)
  if (!factor)
    return refuse('wrong-state', 'No second factor is set up.', { zh: '没有设置两步验证。' })
  const plain = plainCode(code)
  if (!/^\d{6}$/.test(plain)) {
    const isUsed =
      factor.confirmedAt !== null && (await spendRecoveryCode(tx, personId, hashToken(plain)))
    return isUsed ? { by: 'recovery' } : wrongCode
  }
  const secret = openSecret(factor.secret, sealedFor(personId))
  if (secret === undefined) {
    return refuse(
      'wrong-state',
      'The key under which secrets are kept is another one: use a recovery code, or have an ' +
        'administrator reset the second factor.',
      { zh: '服务器保存密钥所用的密钥已更换：改用恢复码，或请管理员重置两步验证。' },
    )
  }
  const step = stepOfCode(secret, plain, Date.now())
  if (step === undefined || !(await spendStep(tx, personId, step))) return wrongCode
  return { by: 'totp' }
}

/** People type codes with blanks, dashes and capitals. */
export function plainCode(code: string): string {
  return code.replace(/[\s-]/g, '').toLowerCase()
}

export function sealedFor(personId: string): string {
  return `second factor of ${personId}`
}

const wrongCode = refuse(
  'wrong-code',
  'code: this is not the present code of your app, or it was used already: wait for the next one.',
  { zh: '验证码不是验证器当前显示的，或已经用过：等下一个再输入。' },
)
