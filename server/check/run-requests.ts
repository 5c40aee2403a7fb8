import type { CreditCheck, CreditCheckReply } from '#contract/check.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { checkReply } from '#server/check/check-reply.ts'
import { buyerOf } from '#server/check/gate.ts'
import { type ReadCheck, readChecks } from '#server/check/read-checks.ts'
import {
  databaseNow,
  type ReservationRow,
  reservationsOf,
  writeReservations,
} from '#server/check/reservation.store.ts'
import { type CheckAnswer, notDecided, runChecks } from '#server/check/run-checks.ts'
import { lockTree } from '#server/exposure/public.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'
import { publishedCheckRules } from '#server/policy/public.ts'

export type CheckAsked = { readonly check: CreditCheck; readonly mode: 'check' | 'reserve' }
export type CheckReplied = CreditCheckReply | Refusal

/**
 * Answers requests for credit checks in one transaction, each for itself: one that cannot be read or
 * decided keeps back no other. What is reserved for a document of another system is its reservation.
 */
export async function runRequests(
  tx: CommandTransaction,
  context: Context,
  requests: readonly CheckAsked[],
): Promise<CheckReplied[]> {
  const published = await publishedCheckRules(tx)
  if (isRefusal(published)) return requests.map(() => notDecided(published.refused.detail))
  const { read, links } = await readChecks(tx, context, requests)
  const sound = read.filter((each): each is ReadCheck => !isRefusal(each))
  if (sound.length === 0) return read.filter(isRefusal)
  // Reservations are read under the locks, or two requests for one document would both be its first.
  const tree = await lockTree(
    tx,
    sound.map(({ check }) => buyerOf(check)),
    links,
  )
  const known = await knownReservations(tx, sound)
  const nowMs = await databaseNow(tx)
  const asked = sound.map((each) => withTerm(each, known, { nowMs, rules: published.rules }))
  const checks = asked.map(({ check }) => check)
  const answers = await runChecks(tx, context, checks, { published, tree })
  const written = new Map<string, ReservationRow>()
  const replies = asked.map((each, index): CheckReplied => {
    const answer = answers[index] ?? refuse('internal-error', 'This check has no answer.')
    if (isRefusal(answer)) return answer
    const reservation = reservationAfter(each, answer, known)
    if (reservation && isToBeWritten(reservation, known)) written.set(reservation.id, reservation)
    return checkReply({ ...answer, partyId: each.check.buyer.id, reservation })
  })
  if (written.size > 0) await writeReservations(tx, [...written.values()])
  let next = 0
  return read.map((each) => (isRefusal(each) ? each : (replies[next++] ?? notDecided(''))))
}

/** What is open and always was needs no row: it counts, which is what it is. */
function isToBeWritten(
  { id, state }: ReservationRow,
  known: ReadonlyMap<string, ReservationRow>,
): boolean {
  return state !== 'open' || (known.get(id)?.state ?? 'open') !== 'open'
}

type Termed = ReadCheck & { readonly expiresAt: string | null }

async function knownReservations(
  tx: CommandTransaction,
  checks: readonly ReadCheck[],
): Promise<Map<string, ReservationRow>> {
  const keys = checks.flatMap(({ check }) =>
    check.document ? [{ partyId: check.buyer.id, id: check.document.id }] : [],
  )
  if (keys.length === 0) return new Map()
  return new Map((await reservationsOf(tx, keys)).map((row) => [row.id, row]))
}

/** Gives a reservation its end; one that was committed has none any more. */
function withTerm(
  read: ReadCheck,
  known: ReadonlyMap<string, ReservationRow>,
  of: { readonly nowMs: number; readonly rules: { readonly reservationMinutes: number } },
): Termed {
  const { check, expiresInMinutes } = read
  if (check.document === null) return { ...read, expiresAt: null }
  const standing = known.get(check.document.id)
  const minutes = expiresInMinutes ?? of.rules.reservationMinutes
  const isCommitted = standing?.state === 'committed'
  const expiresAt = isCommitted ? null : new Date(of.nowMs + minutes * 60_000).toISOString()
  const targets = check.targets.map((target) => ({ ...target, expiresAt }))
  const document = { ...check.document, isNew: standing === undefined }
  return { ...read, expiresAt, check: { ...check, targets, document } }
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
