import type { Day } from '#kernel/calendar/day.ts'
import { type PositionTarget, positionChanges, raiseOf } from '#kernel/exposure/position-change.ts'
import { invariant } from '#kernel/invariant.ts'
import { type LockedTree, lockTree } from '#server/exposure/locked-tree.ts'
import {
  type Position,
  positionsOfDocuments,
  writePositions,
} from '#server/exposure/position.store.ts'
import { type Posting, recordPostings } from '#server/exposure/post.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

export type PositionsToSet = {
  readonly buyerId: string
  /** Empty for none. */
  readonly segment: string
  readonly targets: readonly PositionTarget[]
  readonly cause: string
  readonly effectiveOn: Day
  /**
   * The credit check that allows it; without one nothing may be raised, but for what stood before
   * the ledger was kept.
   */
  readonly decisionId: string | 'opening' | null
}

/** Brings documents to what they are to count with from now on. */
export async function setPositions(
  tx: CommandTransaction,
  ...all: readonly PositionsToSet[]
): Promise<void> {
  const documents = all.flatMap(({ buyerId, targets }) =>
    targets.map(({ documentId }) => ({ partyId: buyerId, documentId })),
  )
  if (documents.length === 0) return
  const known = await positionsOfDocuments(tx, documents)
  const asked = all.map(({ buyerId, segment }) => ({ partyId: buyerId, segment }))
  const tree = await lockTree(tx, [...asked, ...known])
  // Read again: now nobody else changes them.
  const standing = await positionsOfDocuments(tx, documents)
  await applyTargets(tx, tree, standing, all)
}

/**
 * The same for many documents whose accounts are locked and whose positions were read since. Each
 * starts from what those before it left.
 */
export async function applyTargets(
  tx: CommandTransaction,
  tree: LockedTree,
  standing: readonly Position[],
  all: readonly PositionsToSet[],
): Promise<void> {
  const positions = new Map(standing.map((position) => [keyOf(position), position]))
  const changed = new Map<string, Omit<Position, 'segment'>>()
  const postings: Posting[] = []
  for (const { buyerId, segment, targets, cause, effectiveOn, decisionId } of all) {
    const stood = targets.flatMap((target) => {
      const position = positions.get(keyOf({ ...target, partyId: buyerId }))
      return position ? [position] : []
    })
    invariant(
      decisionId !== null || raiseOf(stood, targets) <= 0n,
      'what raises exposure names the credit check that allows it',
    )
    for (const { target, ...change } of positionChanges(stood, targets, segment)) {
      const { documentKind, documentId, number } = target
      const document = { documentKind, documentId, number }
      const allowedBy = decisionId === 'opening' ? null : decisionId
      const how = { cause, effectiveOn, decisionId: allowedBy }
      postings.push({ ...change, ...document, ...how, partyId: buyerId })
    }
    const account = tree.leafOf({ partyId: buyerId, segment }).account
    for (const target of targets) {
      const position = { ...target, partyId: buyerId, accountId: account.id, segment }
      const key = keyOf(position)
      if (target.minor === 0n && !positions.has(key)) continue
      positions.set(key, position)
      changed.set(key, position)
    }
  }
  if (changed.size === 0) return
  await tx.together(
    () => writePositions(tx, [...changed.values()]),
    () => recordPostings(tx, tree, postings),
  )
}

function keyOf(of: { partyId: string; documentId: string; stage: string }): string {
  return `${of.partyId} ${of.documentId} ${of.stage}`
}
