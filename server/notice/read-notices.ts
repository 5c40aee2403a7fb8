import { type Refusal, refuse } from '#contract/problem.ts'
import { markAllRead, markRead } from '#server/notice/notice.store.ts'
import { requirePerson } from '#server/notice/require-person.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Notes that the person has read one of their notices, or all of them. */
export async function readNotices(
  context: Context,
  which: { id: string } | 'all',
): Promise<{ read: number } | Refusal> {
  const refused = requirePerson(context)
  if (refused) return refused
  const personId = context.actor.id
  const input = which === 'all' ? { all: true } : { id: which.id }
  return runCommand(
    context,
    { name: 'notice.read', permission: 'system:read', input, subject: personId },
    async (tx) => {
      tx.announce({ kind: 'notice.read', personIds: [personId] })
      if (which === 'all') return { read: await markAllRead(tx, personId) }
      const known = await markRead(tx, personId, which.id)
      return known ? { read: 1 } : refuse('not-found', 'There is no such notice of yours.')
    },
  )
}
