import type { NewIdentifier, PartyHead } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { holdersOf, insertIdentifiers } from '#server/party/identifier.store.ts'
import { identifierRowOf } from '#server/party/insert-parties.ts'
import { lockOwnFile } from '#server/party/own-file.ts'
import { refusedIdentifier, schemeZh } from '#server/party/read-fields.ts'
import { visibleIds } from '#server/party/visible-party.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

export type AddedIdentifier = {
  id: string
  value: string
  isValid: boolean
  /** Other parties with the same value: likely duplicates. */
  alsoHeldBy: PartyHead[]
}

/** Adds a code in its normal spelling, and tells who else has it. */
export async function addIdentifier(
  context: Context,
  partyId: string,
  input: NewIdentifier,
): Promise<AddedIdentifier | Refusal> {
  const invalid = refusedIdentifier([input])
  if (invalid) return invalid
  return runCommand(
    context,
    {
      name: 'party.add-identifier',
      permission: 'party:write',
      input: { partyId, ...input },
      subject: partyId,
    },
    async (tx) => {
      const party = await lockOwnFile(tx, partyId)
      if (isRefusal(party)) return party
      const row = identifierRowOf({ id: partyId, importBatchId: null }, input)
      const { id, scheme, value, isValid } = row
      const holders = await holdersOf(tx, [value])
      if ((await insertIdentifiers(tx, [row])) === 0) {
        const zh = `${schemeZh[scheme]} ${value} 已在档案中。`
        return refuse('already-exists', `${scheme} ${value} is in this file already.`, { zh })
      }
      await tx.emit({ kind: 'party.changed', partyId, facts: { fields: ['identifiers'] } })
      const seen = await visibleIds(
        tx,
        context.actor,
        holders.map((holder) => holder.id),
      )
      const others = holders.filter((holder) => holder.id !== partyId && seen.has(holder.id))
      const alsoHeldBy = others.map((other) => ({
        id: other.id,
        code: other.code,
        name: other.name,
      }))
      return { id, value, isValid, alsoHeldBy }
    },
  )
}
