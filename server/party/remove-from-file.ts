import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { deleteBankAccount } from '#server/party/bank-account.store.ts'
import { deleteContact } from '#server/party/contact.store.ts'
import { deleteIdentifier } from '#server/party/identifier.store.ts'
import { refreshNameKeys } from '#server/party/name-index.store.ts'
import { deleteOtherName } from '#server/party/other-name.store.ts'
import { lockOwnFile } from '#server/party/own-file.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

const parts = {
  identifier: { remove: deleteIdentifier, field: 'identifiers' },
  contact: { remove: deleteContact, field: 'contacts' },
  'bank-account': { remove: deleteBankAccount, field: 'bankAccounts' },
  name: { remove: deleteOtherName, field: 'otherNames' },
} as const

/** Takes an identifier, contact, account or other name out of a file. */
export function removeFromFile(
  context: Context,
  part: keyof typeof parts,
  partyId: string,
  id: string,
): Promise<{ id: string } | Refusal> {
  return runCommand(
    context,
    {
      name: `party.remove-${part}`,
      permission: 'party:write',
      input: { partyId, id },
      subject: partyId,
    },
    async (tx) => {
      const party = await lockOwnFile(tx, partyId)
      if (isRefusal(party)) return party
      const { remove, field } = parts[part]
      if (!(await remove(tx, partyId, id))) {
        return refuse('not-found', `There is no such ${part} in this file.`)
      }
      if (part === 'name') await refreshNameKeys(tx, [partyId])
      await tx.emit({ kind: 'party.changed', partyId, facts: { fields: [field] } })
      return { id }
    },
  )
}
