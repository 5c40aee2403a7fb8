import type { Commitment, Reservation } from '#contract/check.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import { exponentOf } from '#kernel/money/currency.ts'
import { toReadable } from '#kernel/money/money.ts'
import { reservationReply } from '#server/check/check-reply.ts'
import type { HeldDocument } from '#server/check/hold.store.ts'
import {
  databaseNow,
  type ReservationRow,
  reservationsOf,
  writeReservations,
} from '#server/check/reservation.store.ts'
import { withdrawHolds } from '#server/check/withdraw-holds.ts'
import {
  expiredReservations,
  forgetReliefs,
  lockTree,
  positionsOf,
  setPositions,
} from '#server/exposure/public.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

type Key = { readonly partyId: string; readonly id: string }

/**
 * Turns a reservation into what the document counts with from now on, in full or part; the rest is
 * free again. The same commitment again is answered alike; one that comes too late is refused.
 */
export function commitReservation(
  context: Context,
  key: Key,
  commitment: Commitment,
): Promise<Reservation | Refusal> {
  return resolve(context, key, 'reservation.commit', { ...commitment }, async (tx, standing) => {
    const minor = readCommitted(commitment, standing)
    if (isRefusal(minor)) return minor
    if (standing.state === 'committed') {
      if (minor === standing.committedMinor) return standing
      const detail = `${standing.number} was committed already: reserve its new amount instead.`
      return refuse('wrong-state', detail, { state: standing.state })
    }
    const late = await lateness(tx, standing)
    if (late) return late
    const count = await countWith(tx, context, standing, { minor, cause: 'committed' })
    const terms = { committedMinor: count, expiresAt: null }
    return { ...standing, ...terms, state: 'committed' }
  })
}

/** Gives back what a reservation, or what was committed of it, still counts with. */
export function releaseReservation(
  context: Context,
  key: Key,
  end: { readonly reason?: string },
): Promise<Reservation | Refusal> {
  return resolve(context, key, 'reservation.release', { ...end }, async (tx, standing) => {
    if (standing.state === 'released' || standing.state === 'expired') return standing
    await endCounting(tx, context, standing, 'released')
    if (standing.state === 'held')
      await withdrawHolds(tx, context, standing.id, end.reason ?? '已取消')
    return { ...standing, state: 'released' }
  })
}

function resolve(
  context: Context,
  key: Key,
  name: string,
  input: Record<string, string>,
  work: (tx: CommandTransaction, standing: ReservationRow) => Promise<ReservationRow | Refusal>,
): Promise<Reservation | Refusal> {
  return runCommand(
    context,
    {
      name,
      permission: 'check:run',
      input: { ...input, reservationId: key.id },
      subject: key.partyId,
    },
    async (tx) => {
      const standing = await lockStanding(tx, key)
      if (!standing) return refuse('not-found', 'There is no such reservation.')
      const resolved = await work(tx, standing)
      if (isRefusal(resolved)) return resolved
      if (resolved !== standing) await writeReservations(tx, [resolved])
      return reservationReply(resolved)
    },
  )
}

/** Accounts first, as everywhere: then nobody else resolves it. */
export async function lockStanding(
  tx: CommandTransaction,
  key: Key,
): Promise<ReservationRow | undefined> {
  const [found] = await reservationsOf(tx, [key])
  if (!found) return undefined
  await lockTree(tx, [found])
  const [standing = found] = await reservationsOf(tx, [key])
  return standing
}

function readCommitted({ amount }: Commitment, standing: ReservationRow): bigint | Refusal {
  if (amount === undefined) return standing.committedMinor ?? standing.amountMinor
  const { currency, amountMinor } = standing
  const reading = parseScaled(amount, exponentOf(currency))
  if (reading.kind === 'scaled' && reading.value > 0n && reading.value <= amountMinor) {
    return reading.value
  }
  const most = toReadable({ minor: amountMinor, currency })
  const detail = `amount: write an amount above zero and up to the ${most} that are reserved.`
  return refuse('invalid-input', detail, { field: 'amount', reserved: most })
}

async function lateness(
  tx: CommandTransaction,
  standing: ReservationRow,
): Promise<Refusal | undefined> {
  const { number, state, expiresAt } = standing
  const nowMs = await databaseNow(tx)
  const isOver = state === 'expired' || (expiresAt !== null && Date.parse(expiresAt) <= nowMs)
  if (state === 'open' && !isOver) return undefined
  if (isOver) {
    const detail = `The reservation for ${number} ended at ${expiresAt}: reserve it again.`
    return refuse('reservation-expired', detail, { expiresAt })
  }
  const why = state === 'held' ? 'is on hold' : `was ${state}`
  return refuse('wrong-state', `${number} ${why}: reserve it before it is committed.`, { state })
}

/**
 * Has a reservation that was released from its hold wait again; its hold stays what keeps it. What was
 * committed or ended since, or of which an invoice took a part, is not taken back.
 */
export async function recallReserved(
  tx: CommandTransaction,
  context: Context,
  held: Pick<HeldDocument, 'partyId' | 'documentId' | 'number'>,
): Promise<Refusal | undefined> {
  const { documentId: id, number, partyId } = held
  const standing = await lockStanding(tx, { partyId, id })
  const positions = await positionsOf(tx, partyId, [id])
  const stood = positions.find(({ stage }) => stage === 'order')
  if (standing?.state !== 'open' || stood?.minor !== standing.amountMinor) {
    const state = standing && standing.state !== 'open' ? standing.state : 'invoiced'
    const detail = `The reservation for ${number} is ${state} by now: its release cannot be taken back.`
    return refuse('wrong-state', detail, { state, zh: `${number} 的预占已处理，放行不能收回。` })
  }
  await endCounting(tx, context, standing, 'recalled')
  await writeReservations(tx, [{ ...standing, state: 'held', expiresAt: null }])
}

async function endCounting(
  tx: CommandTransaction,
  context: Context,
  standing: ReservationRow,
  cause: string,
): Promise<void> {
  const { id: documentId, partyId } = standing
  await countWith(tx, context, standing, { minor: 0n, cause })
  await forgetReliefs(tx, { partyId, documentId }, context.today)
}

/** Lets the document count with no more than this; what an invoice took over stays taken. */
async function countWith(
  tx: CommandTransaction,
  context: Context,
  standing: ReservationRow,
  of: { readonly minor: bigint; readonly cause: string },
): Promise<bigint> {
  const { partyId, id, number, segment, currency } = standing
  const positions = await positionsOf(tx, partyId, [id])
  const stood = positions.find(({ stage }) => stage === 'order')
  const minor = stood && stood.minor < of.minor ? stood.minor : of.minor
  await setPositions(tx, {
    buyerId: partyId,
    segment,
    targets: [
      {
        ...{ documentId: id, documentKind: 'reservation', number, orderNumber: number },
        ...{ stage: 'order', currency, minor: stood ? minor : 0n, shipOn: stood?.shipOn ?? null },
        expiresAt: null,
      },
    ],
    cause: of.cause,
    effectiveOn: context.today,
    decisionId: null,
  })
  return of.minor
}

const togetherMost = 500

/** Ends reservations whose time has passed. Runs every minute. */
export async function expireReservations(context: Context): Promise<unknown> {
  const due = await expiredReservations(context.db, togetherMost)
  if (due.length === 0) return { expired: 0 }
  return runCommand(
    context,
    { name: 'reservation.expire', permission: 'check:run', input: { reservations: due.length } },
    async (tx) => {
      await lockTree(tx, due)
      const nowMs = await databaseNow(tx)
      const keys = due.map(({ partyId, documentId }) => ({ partyId, id: documentId }))
      const ended = (await reservationsOf(tx, keys)).filter(
        ({ state, expiresAt }) =>
          state === 'open' && expiresAt !== null && Date.parse(expiresAt) <= nowMs,
      )
      for (const each of ended) await endCounting(tx, context, each, 'expired')
      if (ended.length > 0) {
        await writeReservations(
          tx,
          ended.map((each) => ({ ...each, state: 'expired' })),
        )
      }
      return { expired: ended.length }
    },
  )
}
