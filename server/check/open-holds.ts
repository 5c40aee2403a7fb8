import type { Checkpoint } from '#kernel/check/check-facts.ts'
import {
  type EndedHold,
  endHolds,
  type HoldEnd,
  insertHolds,
  type NewHold,
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
  for (const { documentId, partyId } of holds) {
    tx.announce({ kind: 'hold.opened', partyId, id: opened.get(documentId)?.id })
  }
  await tellOfOpenedHolds(tx, fresh, (documentId) => opened.get(documentId)?.id ?? '')
  return new Map([...opened].map(([documentId, { id }]) => [documentId, id]))
}

/** Ends the open holds of documents: they passed, were given up or were turned down. */
export async function closeHolds(
  tx: CommandTransaction,
  documentIds: readonly string[],
  end: HoldEnd,
): Promise<void> {
  if (documentIds.length === 0) return
  const ended = await endHolds(tx, documentIds, end)
  await settleEndedHolds(tx, ended, end)
}

/** Takes ended holds off the counts of their accounts and tells people of them. */
export async function settleEndedHolds(
  tx: CommandTransaction,
  ended: readonly EndedHold[],
  end: HoldEnd,
): Promise<void> {
  await addOpenHolds(
    tx,
    ended.map(({ accountId, accountPartyId }) => ({ partyId: accountPartyId, accountId, by: -1 })),
  )
  for (const { id, partyId } of ended) tx.announce({ kind: `hold.${end.state}`, partyId, id })
  await tellOfClosedHolds(tx, ended, end)
}

/** A document that passed the gate does not wait for it any more, however it came to pass. */
export async function closePassedHolds(
  tx: CommandTransaction,
  by: string,
  passed: readonly { readonly documentId: string; readonly checkpoint: Checkpoint }[],
): Promise<void> {
  for (const checkpoint of ['order', 'delivery'] as const) {
    const ids = passed.flatMap((one) => (one.checkpoint === checkpoint ? [one.documentId] : []))
    const reason = '已通过信用检查 / It passed the credit check'
    await closeHolds(tx, ids, { state: 'released', by, reason, checkpoint })
  }
}
