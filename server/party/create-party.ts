import type { DuplicateSuggestion, NewParty } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { lockStructure } from '#server/party/group.store.ts'
import { insertParties } from '#server/party/insert-parties.ts'
import { matchParties } from '#server/party/match-parties.ts'
import { checkLinks, refusedAsTaken } from '#server/party/own-file.ts'
import { findParties, findPartyByCode } from '#server/party/party.store.ts'
import { ownersFor, refusedOutOfSight } from '#server/party/party-owner.ts'
import { ownFieldsOf, readFields, refusedIdentifier } from '#server/party/read-fields.ts'
import { suggestDuplicates } from '#server/party/suggest-duplicates.ts'
import { visibleIds } from '#server/party/visible-party.ts'
import { newId } from '#server/platform/ids.ts'
import {
  type Actor,
  type CommandTransaction,
  type Context,
  runCommand,
} from '#server/platform/run-command.ts'

export type CreatedParty = {
  id: string
  code: string
  /** Parties that may be the same one. */
  duplicates: DuplicateSuggestion[]
}

/**
 * Opens a credit file. A code that is taken is refused, and so is a valid credit code, LEI, D-U-N-S
 * or tax number of another party unless the caller accepts a duplicate; similar names are told.
 */
export async function createParty(
  context: Context,
  input: NewParty,
): Promise<CreatedParty | Refusal> {
  const { actor } = context
  const read = readFields(ownFieldsOf(input))
  if (isRefusal(read)) return read
  const fields = { ...read, ...ownersFor(actor, read) }
  const unseen = refusedOutOfSight(actor, fields)
  if (unseen) return unseen
  const invalid = refusedIdentifier(input.identifiers)
  if (invalid) return invalid
  const id = newId()
  return runCommand(
    context,
    { name: 'party.create', permission: 'party:write', input, subject: id },
    async (tx) => {
      await lockStructure(tx)
      const taken = await refusedAsKnown(tx, actor, input)
      if (taken) return taken
      const head = { id, code: input.code ?? '', name: input.name }
      const links = await checkLinks({ db: tx, actor }, head, input)
      if (isRefusal(links)) return links
      const { identifiers = [], otherNames = [], contacts = [], bankAccounts = [] } = input
      const children = { identifiers, otherNames, contacts, bankAccounts }
      const [party] = await insertParties(tx, [
        {
          ...fields,
          ...links,
          id,
          name: input.name,
          roles: input.roles ?? ['customer'],
          ...children,
        },
      ])
      if (!party) return refuse('conflict', 'The party was not added.', { zh: '客户没有新增。' })
      const { code, name } = party
      if (input.groupParentId) {
        await tx.enqueue('exposure_follow', { partyIds: [input.groupParentId] })
      }
      await tx.emit({ kind: 'party.created', partyId: id, facts: { code, name } })
      return { id, code, duplicates: await suggestDuplicates({ db: tx, actor }, id) }
    },
  )
}

async function refusedAsKnown(
  tx: CommandTransaction,
  actor: Actor,
  input: NewParty,
): Promise<Refusal | undefined> {
  const same = input.code === undefined ? undefined : await findPartyByCode(tx, input.code)
  if (same) return refusedAsTaken(tx, actor, same)
  if (input.acceptDuplicate) return undefined
  const identifiers = (input.identifiers ?? []).filter(({ scheme }) => namesOne.has(scheme))
  const match = (await matchParties(tx, [{ ref: '', identifiers }])).get('')
  if (!match || match.kind === 'similar') return undefined
  const ids = match.kind === 'found' ? [match.partyId] : match.partyIds
  const seen = [...(await visibleIds(tx, actor, ids))]
  if (seen.length === 0) {
    return refuse('already-exists', 'identifiers: a party has the same code that you do not see.', {
      zh: '证照号码：已有客户使用相同的号码，但不在您的数据范围内。',
    })
  }
  const holders = await findParties(tx, seen)
  const said = holders.map((holder) => `${holder.code} ${holder.name}`).join(', ')
  const zh = `证照号码：与 ${said.replaceAll(', ', '、')} 的号码相同。`
  return refuse('already-exists', `identifiers: ${said} has the same code.`, { partyIds: seen, zh })
}

// Several parties may well share an account, a VAT number or a number of somebody else's making.
const namesOne: ReadonlySet<string> = new Set([
  'uscc',
  'organisation-code',
  'lei',
  'duns',
  'tax-number',
])
