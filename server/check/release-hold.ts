import type { NewRelease, NewReleases, ReleaseAnswer, ReleaseAnswers } from '#contract/hold.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { money, toDecimal } from '#kernel/money/money.ts'
import { askForRelease, type HoldKey } from '#server/check/ask-for-release.ts'
import { type FollowHolds, followRelease, lockHeld } from '#server/check/follow-hold.ts'
import { endHolds, type HoldRow, lockHold, reopenHold } from '#server/check/hold.store.ts'
import { settleEndedHolds } from '#server/check/open-holds.ts'
import { insertRelease } from '#server/check/release.store.ts'
import { tellOfPartialRelease } from '#server/check/tell-of-holds.ts'
import { seesParty } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Lets a held document pass, in full or up to an amount, once or until a day, within the authority
 * of who says so, and at once does what was held back. A document released in part stays held for
 * the rest.
 */
export async function releaseHold(
  context: Context,
  key: HoldKey,
  input: NewRelease,
  orders: FollowHolds,
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
      await lockHeld(tx, key, orders)
      // Of two who release at once the second waits here and finds that it is done.
      await lockHold(tx, key)
      const permitted = await askForRelease(tx, context, key, input)
      if (isRefusal(permitted)) return permitted
      const { authority, hold, isPartial, untilOn, upTo } = permitted
      const releaseId = newId()
      await insertRelease(tx, {
        ...{ partyId: hold.partyId, id: releaseId, holdId: hold.id, documentId: hold.documentId },
        ...{ currency: upTo.currency, upToMinor: upTo.minor, untilOn, reason: input.reason },
        ...{ cause: 'person', releasedBy: context.actor.name, authority, endedOn: null },
      })
      // It ends before its document passes, so that it tells who let it pass and why.
      const end = { state: 'released', by: context.actor.name, reason: input.reason } as const
      const { checkpoint } = hold
      const ended = await endHolds(tx, [hold.documentId], { ...end, checkpoint })
      const upToMinor = isPartial ? upTo.minor : null
      const followed = await followRelease(tx, context, { ...hold, upToMinor }, orders)
      if (isRefusal(followed)) return followed
      if (followed?.outcome === 'held') return stillHeld(hold)
      const waitingMinor = hold.documentMinor - upTo.minor
      if (isPartial) {
        await reopenHold(tx, hold, waitingMinor)
        await tellOfPartialRelease(tx, hold, { ...end, upTo })
      } else await settleEndedHolds(tx, ended, end)
      await tx.emit({
        kind: 'hold.released',
        partyId: hold.partyId,
        facts: { id: hold.id, number: hold.number, upTo: toDecimal(upTo), currency: hold.currency },
      })
      return {
        ...{ partyId: hold.partyId, holdId: hold.id, releaseId },
        ...{ upTo: toDecimal(upTo), currency: upTo.currency },
        waiting: toDecimal(money(waitingMinor, upTo.currency)),
        outcome: isPartial ? 'released-in-part' : 'released',
      }
    },
  )
}

/** Releases several holds, each by itself: one that is refused does not keep back the others. */
export async function releaseHolds(
  context: Context,
  { holds, ...input }: NewReleases,
  orders: FollowHolds,
): Promise<ReleaseAnswers> {
  const items: ReleaseAnswers['items'] = []
  for (const { amount, id, partyId } of holds) {
    const { idempotencyKey } = context
    const own = idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey} ${id}` }
    const asked = amount === undefined ? input : { ...input, amount }
    const isSeen = await seesParty(context.db, context.actor, partyId)
    const answer = isSeen
      ? await releaseHold({ ...context, ...own }, { partyId, id }, asked, orders)
      : noSuchHold
    items.push({
      ...{ partyId, holdId: id },
      release: isRefusal(answer) ? null : answer,
      problem: isRefusal(answer) ? problemOf(answer) : null,
    })
  }
  return { items }
}

function problemOf({ refused: { detail, facts, kind } }: Refusal) {
  return { kind, detail, ...(typeof facts?.zh === 'string' ? { zh: facts.zh } : {}) }
}

const noSuchHold = refuse('not-found', 'This party has no such hold.')

function stillHeld(hold: HoldRow): Refusal {
  const detail = `${hold.number} would be held again all the same: look at its reasons.`
  const zh = `放行后 ${hold.number} 仍会被暂挂：请查看原因。`
  return refuse('wrong-state', detail, { holdId: hold.id, zh })
}
