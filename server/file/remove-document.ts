import type { DocumentRemoval } from '#contract/document.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { may } from '#contract/role.ts'
import { findDocument, markDocumentRemoved } from '#server/file/document.store.ts'
import { ownFileOf } from '#server/file/own-file.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Takes a document out of the file: who brought it may, and who decides on credit. */
export function removeDocument(
  context: Context,
  key: { readonly partyId: string; readonly id: string },
  { reason }: DocumentRemoval,
): Promise<{ id: string } | Refusal> {
  const { actor } = context
  const command = { name: 'document.remove', permission: 'file:write' } as const
  const { partyId, id } = key
  const input = { documentId: id, reason }
  return runCommand(context, { ...command, input, subject: partyId }, async (tx) => {
    const party = await ownFileOf(tx, partyId)
    if (isRefusal(party)) return party
    const document = await findDocument(tx, [partyId], id)
    if (!document) return refuse('not-found', 'There is no such document of this party.')
    if (document.uploadedBy !== actor.name && !may(actor.roles, 'file:confidential')) {
      const detail = `Only ${document.uploadedBy}, who brought it, or a credit manager removes it.`
      return refuse('forbidden', detail, {
        zh: `只有上传人 ${document.uploadedBy} 或信用经理可以移除这份资料。`,
      })
    }
    await markDocumentRemoved(tx, { partyId, id, by: actor.name, reason })
    return { id }
  })
}
