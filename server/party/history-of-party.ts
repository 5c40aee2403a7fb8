import type { PartyChangeRecord } from '#contract/party.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { historyOfRow } from '#server/audit/public.ts'
import { maskRecord } from '#server/party/mask.ts'
import { showParty } from '#server/party/show-party.ts'
import type { Context } from '#server/platform/run-command.ts'

const recordsMax = 500

/**
 * Which fields of the file changed, when and by whom, latest first: those of the party itself and
 * of the names, contacts and merges that belong to it.
 */
export async function historyOfParty(
  context: Pick<Context, 'db' | 'actor'>,
  partyId: string,
): Promise<{ items: PartyChangeRecord[] } | Refusal> {
  const file = await showParty(context, partyId)
  if (isRefusal(file)) return file
  const ownMerges = file.merges.filter((merge) => merge.partyId === partyId)
  const children = [...file.otherNames, ...file.contacts, ...ownMerges]
  const rowIds = [partyId, ...children.map((child) => child.id)]
  const histories = await Promise.all(
    rowIds.map(async (rowId) =>
      (await historyOfRow(context.db, rowId)).map((change) => ({ rowId, ...change })),
    ),
  )
  const items = histories
    .flat()
    .sort((a, b) => (a.changedAt < b.changedAt ? 1 : a.changedAt > b.changedAt ? -1 : 0))
    .slice(0, recordsMax)
  return { items: items.map((item) => maskRecord(context.actor, item)) }
}
