import { lockTree } from '#server/exposure/locked-tree.ts'
import { recordPostings } from '#server/exposure/post.ts'
import { securityPosting } from '#server/exposure/register-security.ts'
import { markCounting, markEnded, securitiesToTurn } from '#server/exposure/security.store.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Counts securities from their first day on and no longer after their last. Runs every minute. */
export async function turnSecurities(context: Context): Promise<unknown> {
  const { db, today } = context
  const due = await db.transaction((tx) => securitiesToTurn(tx, today))
  if (due.length === 0) return { turned: 0 }
  return runCommand(
    context,
    { name: 'security.turn', permission: 'exposure:secure', input: { today } },
    async (tx) => {
      const securities = await securitiesToTurn(tx, today)
      if (securities.length === 0) return { turned: 0 }
      const tree = await lockTree(tx, securities)
      for (const security of securities) {
        const isOver = security.toOn < today
        if (isOver) await markEnded(tx, security, { on: today, reason: 'expired' })
        else await markCounting(tx, security, today)
        if (isOver && security.countsSinceOn === null) continue
        const posting = isOver
          ? securityPosting(security, -1n, 'security-expired', today)
          : securityPosting(security, 1n, 'secured', today)
        await recordPostings(tx, tree, [posting])
      }
      return { turned: securities.length }
    },
  )
}
