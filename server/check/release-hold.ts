import type { NewRelease, NewReleases, ReleaseAnswer, ReleaseAnswers } from '#contract/hold.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Money, money, toDecimal } from '#kernel/money/money.ts'
import {
  askForRelease,
  type HoldKey,
  type PermittedRelease,
} from '#server/check/ask-for-release.ts'
import { findHold, type HoldRow, lockHold } from '#server/check/hold.store.ts'
import { closeHolds, keepOpen } from '#server/check/open-holds.ts'
import { insertRelease } from '#server/check/release.store.ts'
import { tellOfPartialRelease } from '#server/check/tell-of-holds.ts'
import { newId } from '#server/platform/ids.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Does with a document what its hold kept back, by asking the gate again. Undefined where nothing
 * is to be done until somebody comes back with the document, such as with its next delivery.
 */
export type FollowRelease = (
  tx: CommandTransaction,
  context: Context,
  held: HeldDocument,
) => Promise<Followed | Refusal | undefined>

export type HeldDocument = Pick<
  HoldRow,
  'partyId' | 'documentKind' | 'documentId' | 'documentMinor' | 'checkpoint'
> & {
  /** Up to which amount of the whole document it may pass; null: all of it. */
  readonly upToMinor: bigint | null
}

type Followed = { readonly outcome: 'approved' | 'warned' | 'held' }

/**
 * Lets a held document pass, in full or up to an amount, once or until a day, within the authority
 * of who says so, and at once does what was held back. A document released in part stays held for
 * the rest.
 */
export async function releaseHold(
  context: Context,
  key: HoldKey,
  input: NewRelease,
  follow: FollowRelease,
): Promise<ReleaseAnswer | Refusal> {
  return runCommand(
    context,
    {
      name: 'hold.release',
      permission: 'hold:release',
      input: { ...input, holdId: key.id },
      subject: key.partyId,
    },
    async (tx) => {
      // Of two who release at once the second waits here and finds that it is done.
      await lockHold(tx, key)
      const permitted = await askForRelease(tx, context, key, input)
      if (isRefusal(permitted)) return permitted
      const { authority, hold, untilOn, upTo } = permitted
      const releaseId = newId()
      await insertRelease(tx, {
        ...{ partyId: hold.partyId, id: releaseId, holdId: hold.id, documentId: hold.documentId },
        ...{ currency: upTo.currency, upToMinor: upTo.minor, untilOn, reason: input.reason },
        ...{ cause: 'person', releasedBy: context.actor.name, authority, endedOn: null },
      })
      const upToMinor = permitted.isPartial ? upTo.minor : null
      const followed = await follow(tx, context, { ...hold, upToMinor })
      if (isRefusal(followed)) return followed
      if (followed?.outcome === 'held') return stillHeld(hold)
      const rest = await settle(tx, context, permitted, input.reason)
      if (isRefusal(rest)) return rest
      await tx.emit({
        kind: 'hold.released',
        partyId: hold.partyId,
        facts: { id: hold.id, number: hold.number, upTo: toDecimal(upTo), currency: hold.currency },
      })
      return {
        ...{ partyId: hold.partyId, holdId: hold.id, releaseId },
        ...{ upTo: toDecimal(upTo), currency: upTo.currency, waiting: toDecimal(rest) },
        outcome: permitted.isPartial ? 'released-in-part' : 'released',
      }
    },
  )
}

/** Releases several holds, each by itself: one that is refused does not keep back the others. */
export async function releaseHolds(
  context: Context,
  { holds, ...input }: NewReleases,
  follow: FollowRelease,
): Promise<ReleaseAnswers> {
  const items: ReleaseAnswers['items'] = []
  for (const { amount, id, partyId } of holds) {
    const { idempotencyKey } = context
    const own = idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey} ${id}` }
    const asked = amount === undefined ? input : { ...input, amount }
    const answer = await releaseHold({ ...context, ...own }, { partyId, id }, asked, follow)
    items.push({
      ...{ partyId, holdId: id },
      release: isRefusal(answer) ? null : answer,
      problem: isRefusal(answer)
        ? { kind: answer.refused.kind, detail: answer.refused.detail }
        : null,
    })
  }
  return { items }
}

/** Ends the hold, or leaves it open for what was not released; gives what still waits. */
async function settle(
  tx: CommandTransaction,
  context: Context,
  { hold, isPartial, upTo }: PermittedRelease,
  reason: string,
): Promise<Money | Refusal> {
  const by = context.actor.name
  if (isPartial) {
    const rest = money(hold.documentMinor - upTo.minor, hold.currency)
    await keepOpen(tx, hold, rest.minor)
    await tellOfPartialRelease(tx, hold, { by, reason, upTo })
    return rest
  }
  const end = { state: 'released', by, reason, checkpoint: hold.checkpoint } as const
  const ended = await closeHolds(tx, [hold.documentId], end)
  if (ended.length === 0 && (await findHold(tx, hold.partyId, hold.id))?.state !== 'released') {
    return refuse('wrong-state', `${hold.number} was dealt with by somebody else meanwhile.`)
  }
  return money(0n, hold.currency)
}

function stillHeld(hold: HoldRow): Refusal {
  const detail = `${hold.number} would be held again all the same: look at its reasons.`
  return refuse('wrong-state', detail, { holdId: hold.id })
}
