import type { Day } from '#kernel/calendar/day.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'

/**
 * The history as it stood at the end of a day: what began later is not there, and what ended later
 * (a reversal, a cancellation, a dispute closed) has not ended. Whoever is given this cannot see the
 * future, whatever they look at.
 */
export function historyUntil(history: PartyHistory, on: Day): PartyHistory {
  const began = (from: Day) => from <= on
  const ended = (until: Day | null) => (until !== null && until <= on ? until : null)
  return {
    partyId: history.partyId,
    since: history.since !== null && began(history.since) ? history.since : null,
    invoices: history.invoices
      .filter(({ issuedOn }) => began(issuedOn))
      .map((each) => ({ ...each, voidedOn: ended(each.voidedOn) })),
    credits: history.credits
      .filter(({ effectiveOn }) => began(effectiveOn))
      .map((each) => ({ ...each, voidedOn: ended(each.voidedOn) })),
    allocations: history.allocations
      .filter(({ effectiveOn }) => began(effectiveOn))
      .map((each) => ({ ...each, reversedOn: ended(each.reversedOn) })),
    disputes: history.disputes
      .filter(({ openedOn }) => began(openedOn))
      .map((each) => ({ ...each, closedOn: ended(each.closedOn) })),
    promises: history.promises.filter(({ madeOn }) => began(madeOn)),
    orders: history.orders
      .filter(({ orderedOn }) => began(orderedOn))
      .map((each) => ({ ...each, cancelledOn: ended(each.cancelledOn) })),
    limits: history.limits
      .filter(({ fromOn }) => began(fromOn))
      .map((each) => ({ ...each, toOn: ended(each.toOn) })),
  }
}
