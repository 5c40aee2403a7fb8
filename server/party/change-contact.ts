import type { NewContact } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { updateContact } from '#server/party/contact.store.ts'
import { contactRowOf } from '#server/party/insert-parties.ts'
import { lockOwnFile } from '#server/party/own-file.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Writes a contact anew; its history keeps what it was. */
export function changeContact(
  context: Context,
  partyId: string,
  contactId: string,
  input: NewContact,
): Promise<{ id: string } | Refusal> {
  return runCommand(
    context,
    {
      name: 'party.change-contact',
      permission: 'party:write',
      input: { partyId, contactId, ...input },
      subject: partyId,
    },
    async (tx) => {
      const party = await lockOwnFile(tx, partyId)
      if (isRefusal(party)) return party
      const row = { ...contactRowOf({ id: partyId, importBatchId: null }, input), id: contactId }
      if (!(await updateContact(tx, row))) {
        return refuse('not-found', 'There is no such contact of this party.')
      }
      await tx.emit({ kind: 'party.changed', partyId, facts: { fields: ['contacts'] } })
      return { id: contactId }
    },
  )
}
