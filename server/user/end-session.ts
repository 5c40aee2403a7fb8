import { type Refusal, refuse } from '#contract/problem.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { findPerson } from '#server/user/person.store.ts'
import { endSession, endSessionsOf, findSession } from '#server/user/session.store.ts'
import { hashToken } from '#server/user/token.ts'

/** Ends the session of this cookie, or another one of the same person. */
export async function endOwnSession(
  context: Context,
  of: { id: string } | { token: string },
): Promise<{ ended: true } | Refusal> {
  const id = 'id' in of ? of.id : (await findSession(context.db, hashToken(of.token)))?.sessionId
  if (id === undefined) return refuse('not-found', 'There is no such session of yours.')
  return runCommand(
    context,
    { name: 'session.end', permission: 'system:read', input: { id }, subject: context.actor.id },
    async (tx) => {
      const ended = await endSession(tx, context.actor.id, id)
      return ended ? { ended: true } : refuse('not-found', 'There is no such session of yours.')
    },
  )
}

/** Signs a person out everywhere, or everywhere else. */
export async function endOwnSessions(
  context: Context,
  of: { token: string | undefined; keepCurrent: boolean },
): Promise<{ ended: number } | Refusal> {
  const current = of.token && (await findSession(context.db, hashToken(of.token)))
  if (!current || current.personId !== context.actor.id) {
    return refuse('not-found', 'There are no sessions of yours.', { zh: '没有您的登录会话。' })
  }
  const { personId, sessionId } = current
  return runCommand(
    context,
    { name: 'session.end-all', permission: 'system:read', input: {}, subject: personId },
    async (tx) => ({
      ended: await endSessionsOf(tx, personId, of.keepCurrent ? sessionId : null),
    }),
  )
}

/** An administrator ends one session of somebody, or all. */
export function endSessionsOfPerson(
  context: Context,
  of: { personId: string; sessionId?: string },
): Promise<{ ended: number } | Refusal> {
  const { personId, sessionId } = of
  return runCommand(
    context,
    {
      name: sessionId === undefined ? 'session.end-all' : 'session.end',
      permission: 'user:admin',
      input: { personId, sessionId: sessionId ?? null },
      subject: personId,
    },
    async (tx) => {
      if (!(await findPerson(tx, personId))) return refuse('not-found', 'There is no such person.')
      if (sessionId === undefined) return { ended: await endSessionsOf(tx, personId) }
      const ended = await endSession(tx, personId, sessionId)
      return ended ? { ended: 1 } : refuse('not-found', 'There is no such open session of theirs.')
    },
  )
}
