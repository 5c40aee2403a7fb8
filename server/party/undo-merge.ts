import { type Refusal, refuse } from '#contract/problem.ts'
import { chainUpFrom, lockStructure } from '#server/party/group.store.ts'
import { endMerge, findMerge } from '#server/party/merge.store.ts'
import { findParty } from '#server/party/party.store.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Undoes a merge, in whatever order merges were made: the duplicate stands for itself again, with
 * all that had been merged into it.
 */
export function undoMerge(
  context: Context,
  partyId: string,
  mergeId: string,
): Promise<{ id: string; partyId: string; duplicateId: string } | Refusal> {
  return runCommand(
    context,
    {
      name: 'party.undo-merge',
      permission: 'party:merge',
      input: { partyId, mergeId },
      subject: partyId,
    },
    async (tx) => {
      await lockStructure(tx)
      const merge = await findMerge(tx, partyId, mergeId)
      if (!merge) return refuse('not-found', 'There is no such merge of this party.')
      if (merge.undoneAt !== null) {
        const zh = `这次合并已由 ${merge.undoneBy} 撤销。`
        return refuse('wrong-state', `${merge.undoneBy} undid this merge already.`, { zh })
      }
      await endMerge(tx, merge, context.actor.name)
      // Groups may have changed meanwhile: what was a chain through the survivor may be a circle.
      const { duplicateId } = merge
      const parentId = (await findParty(tx, duplicateId))?.groupParentId ?? null
      const above = parentId === null ? [] : await chainUpFrom(tx, parentId)
      if (above.some((one) => one.id === duplicateId)) {
        const chain = above.map((one) => `${one.code} ${one.name}`).join(' → ')
        const zh = `集团会包含自己：${chain}。先修改上级集团。`
        return refuse('conflict', `The group would contain itself: ${chain}. Change it first.`, {
          zh,
        })
      }
      await tx.enqueue('exposure_follow', { partyIds: [partyId, duplicateId] })
      await tx.emit({ kind: 'party.merge-undone', partyId, facts: { mergeId, duplicateId } })
      return { id: mergeId, partyId, duplicateId }
    },
  )
}
