import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { CheckAnswer, CheckAsked, CheckReplied } from '#server/check/asked-check.ts'
import { checkReply } from '#server/check/check-reply.ts'
import type { Gate, PublishedRules } from '#server/check/gate.ts'
import { openGate } from '#server/check/open-gate.ts'
import { type Buyers, findBuyers, type ReadCheck, readChecks } from '#server/check/read-checks.ts'
import {
  type ReservationRow,
  standingReservations,
  writeReservations,
} from '#server/check/reservation.store.ts'
import { notDecided, passGate } from '#server/check/run-checks.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { Actor, CommandTransaction, Context } from '#server/platform/run-command.ts'
import { publishedCheckRules } from '#server/policy/public.ts'

/** What requests are answered by, read before any lock is taken. */
type Known = { readonly published: PublishedRules | Refusal; readonly buyers: Buyers }

export async function readKnown(
  tx: Transaction,
  actor: Actor,
  requests: readonly CheckAsked[],
): Promise<Known> {
  const [published, buyers] = await tx.together(
    () => publishedCheckRules(tx),
    () => findBuyers({ actor, db: tx }, requests),
  )
  return { published, buyers }
}

/**
 * Answers requests for credit checks in one transaction, each for itself: one that cannot be read or
 * decided keeps back no other. What is reserved for a document of another system is its reservation.
 */
export async function runRequests(
  tx: CommandTransaction,
  context: Context,
  requests: readonly CheckAsked[],
  { published, buyers }: Known,
): Promise<CheckReplied[]> {
  if (isRefusal(published)) return requests.map(() => notDecided(published.refused.detail))
  const read = readChecks(context, requests, buyers)
  const sound = read.filter((each): each is ReadCheck => !isRefusal(each))
  if (sound.length === 0) return read.filter(isRefusal)
  const gate = await openGate(tx, context.today, {
    ...{ asked: sound.map(({ check }) => check), published, links: buyers.links },
  })
  const known = knownReservations(gate)
  const asked = sound.map((each) => withTerm(each, known, gate))
  const answers = await passGate(
    tx,
    context,
    gate,
    asked.map(({ check }) => check),
  )
  const written = new Map<string, ReservationRow>()
  const replies = asked.map((each, index): CheckReplied => {
    const answer = answers[index] ?? refuse('internal-error', 'This check has no answer.')
    if (isRefusal(answer)) return answer
    const reservation = reservationAfter(each, answer, known)
    if (!reservation) return checkReply({ ...answer, partyId: each.check.buyer.id, reservation })
    // What is open and always was needs no row: it counts, which is what it is.
    const { id, state } = reservation
    const hasRow = gate.reservations.has(id) || written.has(id)
    if (state !== 'open' || hasRow) written.set(id, reservation)
    // Another check of the same call may be about the same document.
    known.set(id, reservation)
    return checkReply({ ...answer, partyId: each.check.buyer.id, reservation })
  })
  if (written.size > 0) await writeReservations(tx, [...written.values()])
  let next = 0
  return read.map((each) => (isRefusal(each) ? each : (replies[next++] ?? notDecided(''))))
}

type Termed = ReadCheck & { readonly expiresAt: string | null }

/** Reservations as they stood under the locks. */
function knownReservations(gate: Gate): Map<string, ReservationRow> {
  const rows = [...gate.reservations.values()]
  const standing = standingReservations(rows, [...gate.positions.values()].flat())
  return new Map(standing.map((row) => [row.id, row]))
}

/** Gives a reservation its end; one that was committed has none any more. */
function withTerm(
  read: ReadCheck,
  known: ReadonlyMap<string, ReservationRow>,
  { nowMs, rules }: Gate,
): Termed {
  const { check, expiresInMinutes } = read
  if (check.document === null) return { ...read, expiresAt: null }
  const minutes = expiresInMinutes ?? rules.reservationMinutes
  const isCommitted = known.get(check.document.id)?.state === 'committed'
  const expiresAt = isCommitted ? null : new Date(nowMs + minutes * 60_000).toISOString()
  const targets = check.targets.map((target) => ({ ...target, expiresAt }))
  return { ...read, expiresAt, check: { ...check, targets } }
}

function reservationAfter(
  { check, expiresAt }: Termed,
  answer: CheckAnswer,
  known: ReadonlyMap<string, ReservationRow>,
): ReservationRow | null {
  if (check.document === null || check.mode === 'check') return null
  const standing = known.get(check.document.id)
  const isCounting = standing?.state === 'open' || standing?.state === 'committed'
  // What already counts goes on as it was while more of it is held.
  if (answer.outcome === 'held' && standing && isCounting) return standing
  const isCommitted = standing?.state === 'committed'
  return {
    partyId: check.buyer.id,
    id: check.document.id,
    number: check.document.number,
    segment: check.segment,
    currency: check.amount.currency,
    amountMinor: check.amount.minor,
    committedMinor: isCommitted ? check.amount.minor : null,
    state: answer.outcome === 'held' ? 'held' : isCommitted ? 'committed' : 'open',
    requestedOn: check.requestedOn,
    expiresAt: answer.outcome === 'held' ? null : expiresAt,
    decisionId: answer.decisionId,
  }
}
