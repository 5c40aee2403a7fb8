import { type Refusal, refuse } from '#contract/problem.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { endSession, findSession } from '#server/user/session.store.ts'
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
