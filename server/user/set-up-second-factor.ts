import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Transaction } from '#server/platform/database.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { sealSecret } from '#server/platform/secret-box.ts'
import { requireOwnPassword } from '#server/user/change-password.ts'
import { isGuarded } from '#server/user/is-guarded.ts'
import { authenticatorUri, makeSecret } from '#server/user/one-time-code.ts'
import { makePassword } from '#server/user/password.ts'
import { findPerson } from '#server/user/person.store.ts'
import {
  forgetCodeAttempts,
  plainCode,
  proveSecondFactor,
  sealedFor,
  takeCodeAttempt,
} from '#server/user/prove-second-factor.ts'
import {
  deleteSecondFactor,
  findSecondFactor,
  insertSecondFactor,
  replaceRecoveryCodes,
} from '#server/user/second-factor.store.ts'
import {
  endSessionsOf,
  findSession,
  noteSecondFactor,
  type SignedIn,
} from '#server/user/session.store.ts'
import { findSignInSettings } from '#server/user/sign-in-settings.store.ts'
import { hashToken } from '#server/user/token.ts'

const recoveryCodes = 10

/** A secret for the authenticator app of this person, shown this once; a first code confirms it. */
export async function enrolSecondFactor(
  context: Context,
  input: { token: string | undefined; password?: string },
): Promise<{ secret: string; uri: string } | Refusal> {
  const session = await ownSession(context, input.token)
  if (isRefusal(session)) return session
  const { personId } = session
  // Whoever finds a browser open must not take the account over by it.
  if (session.method !== 'oidc') {
    const known = await requireOwnPassword(context, input.password ?? '')
    if (isRefusal(known)) return known
  }
  const person = await findPerson(context.db, personId)
  const secret = makeSecret()
  return runCommand(
    context,
    { ...command('second-factor.enrol', personId), secretReply: true },
    async (tx) => {
      const before = await findSecondFactor(tx, personId)
      if (before && before.confirmedAt !== null) {
        return refuse('wrong-state', 'A second factor is set up already: remove it first.', {
          zh: '已经设置了两步验证：先停用它。',
        })
      }
      await deleteSecondFactor(tx, personId)
      await insertSecondFactor(tx, { personId, secret: sealSecret(secret, sealedFor(personId)) })
      return { secret, uri: authenticatorUri(secret, person?.login ?? '') }
    },
  )
}

/** The first code: from now on it is asked at every sign-in. Other sessions end. */
export function confirmSecondFactor(
  context: Context,
  input: { token: string | undefined; code: string },
): Promise<{ recoveryCodes: string[] } | Refusal> {
  return byCode(context, input, 'second-factor.confirm', async (tx, session) => {
    await endSessionsOf(tx, session.personId, session.sessionId)
    return newRecoveryCodes(tx, session.personId)
  })
}

/** The second step of a session that another house opened. */
export function verifySession(
  context: Context,
  input: { token: string | undefined; code: string },
): Promise<{ verified: true } | Refusal> {
  return byCode(context, input, 'session.verify', async () => ({ verified: true }) as const)
}

/** Ten new recovery codes; those before end. */
export function renewRecoveryCodes(
  context: Context,
  input: { token: string | undefined; code: string },
): Promise<{ recoveryCodes: string[] } | Refusal> {
  return byCode(context, input, 'second-factor.renew-codes', (tx, session) =>
    newRecoveryCodes(tx, session.personId),
  )
}

export async function removeSecondFactor(
  context: Context,
  input: { token: string | undefined; code: string },
): Promise<{ removed: true } | Refusal> {
  const { secondFactorDemanded } = await findSignInSettings(context.db)
  if (secondFactorDemanded && isGuarded(context.actor.roles)) {
    return refuse('wrong-state', 'The company demands a second factor of your roles.', {
      zh: '公司要求您的角色使用两步验证，不能停用。',
    })
  }
  return byCode(context, input, 'second-factor.remove', async (tx, { personId }) => {
    await deleteSecondFactor(tx, personId)
    return { removed: true } as const
  })
}

/** For somebody whose phone and recovery codes are gone. All their sessions end. */
export function resetSecondFactor(
  context: Context,
  personId: string,
): Promise<{ reset: true } | Refusal> {
  return runCommand(
    context,
    { ...command('second-factor.reset', personId), permission: 'user:admin' },
    async (tx) => {
      if (!(await deleteSecondFactor(tx, personId))) {
        return refuse('not-found', 'There is no such person, or no second factor of theirs.')
      }
      await endSessionsOf(tx, personId)
      forgetCodeAttempts(personId)
      return { reset: true }
    },
  )
}

type Work<Result> = (tx: Transaction, session: SignedIn) => Promise<Result | Refusal>

/** What is done once a code was given; the session counts as proved by it. */
async function byCode<Result>(
  context: Context,
  input: { token: string | undefined; code: string },
  name: string,
  work: Work<Result>,
): Promise<Result | Refusal> {
  const session = await ownSession(context, input.token)
  if (isRefusal(session)) return session
  const { personId, sessionId } = session
  const closed = takeCodeAttempt(personId)
  if (closed) return closed
  const answer = await runCommand(
    context,
    { ...command(name, personId), secretReply: true },
    async (tx) => {
      const isFirst = name === 'second-factor.confirm'
      const factor = await findSecondFactor(tx, personId)
      if (factor && isFirst !== (factor.confirmedAt === null)) {
        return isFirst
          ? refuse('wrong-state', 'The second factor is confirmed already.', {
              zh: '两步验证已经确认过。',
            })
          : refuse('wrong-state', 'The second factor is not confirmed yet.', {
              zh: '两步验证还没有确认。',
            })
      }
      const proof = await proveSecondFactor(tx, personId, input.code)
      if (isRefusal(proof)) return proof
      await noteSecondFactor(tx, sessionId, proof.by)
      return work(tx, session)
    },
  )
  if (!isRefusal(answer)) forgetCodeAttempts(personId)
  return answer
}

async function newRecoveryCodes(
  tx: Transaction,
  personId: string,
): Promise<{ recoveryCodes: string[] }> {
  const codes = Array.from({ length: recoveryCodes }, makePassword)
  await replaceRecoveryCodes(
    tx,
    personId,
    codes.map((code) => hashToken(plainCode(code))),
  )
  return { recoveryCodes: codes }
}

async function ownSession(
  context: Context,
  token: string | undefined,
): Promise<SignedIn | Refusal> {
  const { actor, db } = context
  const session =
    actor.kind === 'person' && token !== undefined
      ? await findSession(db, hashToken(token))
      : undefined
  return (
    session ??
    refuse('wrong-state', 'Only a person who signed in has a second factor.', {
      zh: '只有登录的人才有两步验证。',
    })
  )
}

function command(name: string, personId: string) {
  return { name, permission: 'system:read', input: {}, subject: personId } as const
}
