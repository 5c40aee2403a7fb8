import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import { money } from '#kernel/money/money.ts'
import type { AskedCheck, CheckAnswer } from '#server/check/asked-check.ts'
import { findDecision } from '#server/check/decision.store.ts'
import type { HeldDocument } from '#server/check/hold.store.ts'
import {
  databaseNow,
  type ReservationRow,
  writeReservations,
} from '#server/check/reservation.store.ts'
import { lockStanding } from '#server/check/resolve-reservation.ts'
import { runChecks } from '#server/check/run-checks.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'
import { publishedCheckRules } from '#server/policy/public.ts'

/**
 * Reserves what a hold kept back, up to what was released of it: asks the gate what it was asked
 * before. Undefined where nothing waits any more.
 */
export async function reserveReleased(
  tx: CommandTransaction,
  context: Context,
  held: HeldDocument,
): Promise<CheckAnswer | Refusal | undefined> {
  const standing = await lockStanding(tx, { partyId: held.partyId, id: held.documentId })
  const decided = await findDecision(tx, held.partyId, held.decisionId)
  if (!standing || !decided || isOver(standing)) return undefined
  const published = await publishedCheckRules(tx)
  if (isRefusal(published)) return published
  const isCommitted = standing.state === 'committed'
  const endsMs = (await databaseNow(tx)) + published.rules.reservationMinutes * 60_000
  const expiresAt = isCommitted ? null : new Date(endsMs).toISOString()
  const minor = held.upToMinor ?? held.documentMinor
  const check = checkOf(held, standing, {
    inputs: decided.inputs,
    minor,
    expiresAt,
    today: context.today,
  })
  const [answer] = await runChecks(tx, context, [check])
  if (answer === undefined || isRefusal(answer) || answer.outcome === 'held') return answer
  await writeReservations(tx, [
    {
      ...standing,
      ...{ currency: held.currency, amountMinor: minor, expiresAt },
      committedMinor: isCommitted ? minor : null,
      state: isCommitted ? 'committed' : 'open',
      decisionId: answer.decisionId,
    },
  ])
  return answer
}

/** Gives up a reservation that never counted; one that counts goes on with what it has. */
export async function dropHeldReservation(
  tx: CommandTransaction,
  held: Pick<HeldDocument, 'partyId' | 'documentId'>,
): Promise<undefined> {
  const standing = await lockStanding(tx, { partyId: held.partyId, id: held.documentId })
  if (standing?.state !== 'held') return
  await writeReservations(tx, [{ ...standing, state: 'released' }])
}

function isOver({ state }: ReservationRow): boolean {
  return state === 'released' || state === 'expired'
}

function checkOf(
  held: HeldDocument,
  standing: ReservationRow,
  of: {
    readonly inputs: string
    readonly minor: bigint
    readonly expiresAt: string | null
    readonly today: Day
  },
): AskedCheck {
  const { currency, documentId: id, number } = held
  const { request } = readCheckInputs(of.inputs)
  const { discountBps, requestedOn, terms } = request
  return {
    buyer: { id: held.partyId },
    segment: standing.segment,
    document: { kind: 'reservation', id, number },
    ...{ checkpoint: held.checkpoint, mode: 'reserve' },
    amount: money(of.minor, currency),
    targets: [
      {
        ...{ documentId: id, documentKind: 'reservation', number, orderNumber: number },
        ...{ stage: 'order', currency, minor: of.minor, expiresAt: of.expiresAt },
        shipOn: requestedOn !== null && requestedOn > of.today ? requestedOn : null,
      },
    ],
    ...{ requestedOn, terms, discountBps, changedFields: [], quantity: null },
    ...{ priority: held.priority, salesperson: held.salesperson, cause: 'hold-released' },
  }
}
