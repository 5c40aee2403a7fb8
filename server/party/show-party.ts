import type { PartyFile, PartyHead } from '#contract/party.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { bankAccountsOf } from '#server/party/bank-account.store.ts'
import { contactsOf } from '#server/party/contact.store.ts'
import { membersOf, paidForBy } from '#server/party/group.store.ts'
import { identifiersOf } from '#server/party/identifier.store.ts'
import { maskFile } from '#server/party/mask.ts'
import { mergesAbout } from '#server/party/merge.store.ts'
import { otherNamesOf } from '#server/party/other-name.store.ts'
import { findParties, findParty } from '#server/party/party.store.ts'
import { seesParty, visibleIds } from '#server/party/visible-party.ts'
import type { Context } from '#server/platform/run-command.ts'

/** The whole credit file as one state of the database shows it. */
export async function showParty(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  partyId: string,
): Promise<PartyFile | Refusal> {
  const file = await db.snapshot(async (reader): Promise<PartyFile | undefined> => {
    const party = await findParty(reader, partyId)
    if (!party || !(await seesParty(reader, actor, partyId))) return undefined
    const { groupParentId, payerId, mergedIntoId } = party
    const linked = [groupParentId, payerId, mergedIntoId].filter((id) => id !== null)
    const heads = linked.length === 0 ? [] : await findParties(reader, linked)
    const headOf = (id: string | null): PartyHead | null => {
      const found = heads.find((head) => head.id === id)
      return found ? { id: found.id, code: found.code, name: found.name } : null
    }
    return {
      ...party,
      groupParent: headOf(groupParentId),
      payer: headOf(payerId),
      mergedInto: headOf(mergedIntoId),
      members: await membersOf(reader, partyId),
      paysFor: await paidForBy(reader, [partyId]),
      identifiers: await identifiersOf(reader, partyId),
      otherNames: await otherNamesOf(reader, partyId),
      contacts: await contactsOf(reader, partyId),
      bankAccounts: await bankAccountsOf(reader, partyId),
      merges: await mergesAbout(reader, partyId),
    }
  })
  if (!file) return refuse('not-found', 'There is no such party.')
  const others = [...file.members, ...file.paysFor].map(({ id }) => id)
  const seen = await visibleIds(db, actor, others)
  return maskFile(actor, {
    ...file,
    members: file.members.filter(({ id }) => seen.has(id)),
    paysFor: file.paysFor.filter(({ id }) => seen.has(id)),
  })
}
