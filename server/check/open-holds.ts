import {
  type EndedHold,
  endHolds,
  type HoldEnd,
  type HoldRow,
  insertHolds,
  type NewHold,
  reopenHold,
} from '#server/check/hold.store.ts'
import { tellOfClosedHolds, tellOfOpenedHolds } from '#server/check/tell-of-holds.ts'
import { addOpenHolds } from '#server/exposure/public.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

/**
 * Opens holds for documents that must wait, counts them at their accounts and tells who deals with
 * them; gives their ids by document. A document that is held already keeps its hold.
 */
export async function openHolds(
  tx: CommandTransaction,
  holds: readonly NewHold[],
): Promise<ReadonlyMap<string, string>> {
  if (holds.length === 0) return new Map()
  const opened = await insertHolds(tx, holds)
  const fresh = holds.filter(({ documentId }) => opened.get(documentId)?.isNew)
  const changes = holds.flatMap(({ accountId, accountPartyId: partyId, documentId }) => {
    const { isNew, leftAccount } = opened.get(documentId) ?? {}
    if (isNew) return [{ partyId, accountId, by: 1 }]
    return leftAccount
      ? [
          { partyId, accountId, by: 1 },
          { ...leftAccount, by: -1 },
        ]
      : []
  })
  await addOpenHolds(tx, changes)
  await tellOfOpenedHolds(tx, fresh, (documentId) => opened.get(documentId)?.id ?? '')
  return new Map([...opened].map(([documentId, { id }]) => [documentId, id]))
}

/** Ends the open holds of documents: they passed, were given up or were turned down. */
export async function closeHolds(
  tx: CommandTransaction,
  documentIds: readonly string[],
  end: HoldEnd,
): Promise<EndedHold[]> {
  if (documentIds.length === 0) return []
  const ended = await endHolds(tx, documentIds, end)
  await addOpenHolds(
    tx,
    ended.map(({ accountId, accountPartyId }) => ({ partyId: accountPartyId, accountId, by: -1 })),
  )
  await tellOfClosedHolds(tx, ended, end)
  return ended
}

/** Leaves a hold open for the rest of its document, whose first part has just passed. */
export async function keepOpen(
  tx: CommandTransaction,
  hold: HoldRow,
  restMinor: bigint,
): Promise<void> {
  const wasClosed = await reopenHold(tx, hold, restMinor)
  const { accountId, accountPartyId } = hold
  if (wasClosed) await addOpenHolds(tx, [{ partyId: accountPartyId, accountId, by: 1 }])
}
