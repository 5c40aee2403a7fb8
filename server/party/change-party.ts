import type { Party, PartyChange } from '#contract/party.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { lockStructure } from '#server/party/group.store.ts'
import { otherNameRowOf } from '#server/party/insert-parties.ts'
import { refreshNameKeys } from '#server/party/name-index.store.ts'
import { keepFormerName } from '#server/party/other-name.store.ts'
import { checkLinks, lockOwnFile, refusedAsTaken } from '#server/party/own-file.ts'
import { findParty, findPartyByCode, updateParty } from '#server/party/party.store.ts'
import { refusedOutOfSight } from '#server/party/party-owner.ts'
import { readFields } from '#server/party/read-fields.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

/** Changes the fields that are given. A new name leaves the old one behind as a former name. */
export async function changeParty(
  context: Context,
  partyId: string,
  change: PartyChange,
): Promise<Party | Refusal> {
  const { actor } = context
  const { groupParentId, payerId, ...own } = change
  const fields = readFields(own)
  if (isRefusal(fields)) return fields
  const input: Canonical = { partyId, ...change }
  return runCommand(
    context,
    { name: 'party.change', permission: 'party:write', input, subject: partyId },
    async (tx) => {
      if (touchesOthers(change)) await lockStructure(tx)
      const before = await lockOwnFile(tx, partyId)
      if (isRefusal(before)) return before
      const links = await checkLinks({ db: tx, actor }, before, { groupParentId, payerId })
      if (isRefusal(links)) return links
      const unseen = refusedOutOfSight(actor, { ...before, ...fields })
      if (unseen) return unseen
      const other = fields.code === undefined ? undefined : await findPartyByCode(tx, fields.code)
      if (other && other.id !== partyId) {
        return refusedAsTaken(tx, actor, other)
      }
      await updateParty(tx, partyId, { ...fields, ...links })
      await keepNames(tx, before, fields, context.today)
      if (groupParentId !== undefined || payerId !== undefined) {
        // The head of a group counts to it too, so its accounts follow as well.
        const heads = [before.groupParentId, groupParentId].flatMap((id) => id ?? [])
        await tx.enqueue('exposure_follow', { partyIds: [partyId, ...heads] })
      }
      await tx.emit({ kind: 'party.changed', partyId, facts: { fields: Object.keys(change) } })
      return (await findParty(tx, partyId)) ?? before
    },
  )
}

function touchesOthers({ groupParentId, payerId, code }: PartyChange): boolean {
  return groupParentId !== undefined || payerId !== undefined || code !== undefined
}

async function keepNames(
  tx: CommandTransaction,
  before: Party,
  fields: { name?: string; shortName?: string | null },
  today: string,
): Promise<void> {
  const isRenamed = fields.name !== undefined && fields.name !== before.name
  if (isRenamed) {
    const owner = { id: before.id, importBatchId: null }
    const former = { name: before.name, kind: 'former', untilOn: today } as const
    await keepFormerName(tx, otherNameRowOf(owner, former))
  }
  if (isRenamed || fields.shortName !== undefined) await refreshNameKeys(tx, [before.id])
}
