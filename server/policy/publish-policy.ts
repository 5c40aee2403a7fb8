import type { PolicyVersion } from '#contract/policy.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { refusalForOthers, refusalOf } from '#server/policy/draft-policy.ts'
import {
  findVersion,
  lockKind,
  markPublished,
  retirePublished,
} from '#server/policy/version.store.ts'

/**
 * Publishes a draft, or an earlier version again (a roll-back). What was published before is
 * retired and stays readable: decisions made under it are replayed with it.
 */
export function publishPolicy(context: Context, id: string): Promise<PolicyVersion | Refusal> {
  return runCommand(
    context,
    { name: 'policy.publish', permission: 'policy:publish', input: { id }, subject: id },
    async (tx) => {
      const named = await findVersion(tx, id)
      if (!named) return refuse('not-found', 'There is no such policy version.')
      // Formulas and what names them are checked against each other, so they take turns too.
      await lockKind(tx, 'indicators')
      await lockKind(tx, named.kind)
      // Read again: somebody else may have published while this waited for the lock.
      const wanted = (await findVersion(tx, id)) ?? named
      if (wanted.state === 'published') return refuse('wrong-state', 'This is published already.')
      const unsound = await refusalOf(tx, wanted.kind, wanted.document)
      if (unsound) return unsound
      const missed =
        wanted.kind === 'indicators' ? await refusalForOthers(tx, wanted.document) : undefined
      if (missed) return missed
      await retirePublished(tx, wanted.kind)
      await markPublished(tx, id, context.actor.name)
      await tx.emit({
        kind: 'policy.published',
        facts: { kind: wanted.kind, number: wanted.number, id },
      })
      const { document: _, ...published } = (await findVersion(tx, id)) ?? wanted
      return published
    },
  )
}
