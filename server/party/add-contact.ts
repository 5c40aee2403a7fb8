import type { NewContact } from '#contract/party.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { insertContacts } from '#server/party/contact.store.ts'
import { contactRowOf } from '#server/party/insert-parties.ts'
import { lockOwnFile } from '#server/party/own-file.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Adds a person to talk to. */
export function addContact(
  context: Context,
  partyId: string,
  input: NewContact,
): Promise<{ id: string } | Refusal> {
  return runCommand(
    context,
    {
      name: 'party.add-contact',
      permission: 'party:write',
      input: { partyId, ...input },
      subject: partyId,
    },
    async (tx) => {
      const party = await lockOwnFile(tx, partyId)
      if (isRefusal(party)) return party
      const row = contactRowOf({ id: partyId, importBatchId: null }, input)
      await insertContacts(tx, [row])
      await tx.emit({ kind: 'party.changed', partyId, facts: { fields: ['contacts'] } })
      return { id: row.id }
    },
  )
}
