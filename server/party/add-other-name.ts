import type { NewOtherName } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { otherNameRowOf } from '#server/party/insert-parties.ts'
import { refreshNameKeys } from '#server/party/name-index.store.ts'
import { insertOtherNames } from '#server/party/other-name.store.ts'
import { lockOwnFile } from '#server/party/own-file.ts'
import { emptyNameZh } from '#server/party/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Adds a former name, or a spelling under which the party is met. */
export function addOtherName(
  context: Context,
  partyId: string,
  input: NewOtherName,
): Promise<{ id: string } | Refusal> {
  return runCommand(
    context,
    {
      name: 'party.add-name',
      permission: 'party:write',
      input: { partyId, ...input },
      subject: partyId,
    },
    async (tx) => {
      const party = await lockOwnFile(tx, partyId)
      if (isRefusal(party)) return party
      const row = otherNameRowOf({ id: partyId, importBatchId: null }, input)
      if (row.name === '') return refuse('invalid-input', 'name: is empty.', { zh: emptyNameZh })
      if (row.name === party.name) {
        const zh = `名称：“${row.name}”就是现用名称。`
        return refuse('already-exists', `name: ${row.name} is its present name.`, { zh })
      }
      if ((await insertOtherNames(tx, [row])) === 0) {
        const zh = `名称：“${row.name}”已在档案中。`
        return refuse('already-exists', `name: ${row.name} is in this file already.`, { zh })
      }
      await refreshNameKeys(tx, [partyId])
      await tx.emit({ kind: 'party.changed', partyId, facts: { fields: ['otherNames'] } })
      return { id: row.id }
    },
  )
}
