import type { Reservation } from '#contract/check.ts'
import { isRefusal, type Problem, type Refusal } from '#contract/problem.ts'
import { readCheckResult } from '#kernel/check/check-result.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import { invariant } from '#kernel/invariant.ts'
import { toDecimal } from '#kernel/money/money.ts'
import type { CheckReplied } from '#server/check/asked-check.ts'
import { checkReply } from '#server/check/check-reply.ts'
import { findDecision, type StoredDecision } from '#server/check/decision.store.ts'
import type { Reader } from '#server/platform/database.ts'

/**
 * What is kept of a reply for whoever sends the request again: the rest is in its decision. Of a
 * reservation that the check made, that is its end alone.
 */
type KeptReply =
  | { readonly refused: Problem }
  | {
      readonly partyId: string
      readonly decisionId: string
      readonly holdId?: string
      readonly endsAt?: string
      readonly reservation?: Reservation
    }

export function keptReply(reply: CheckReplied): KeptReply {
  if (isRefusal(reply)) return reply
  const { partyId, decisionId, holdId, reservation } = reply
  const kept = { partyId, decisionId, ...(holdId === null ? {} : { holdId }) }
  if (reservation === null) return kept
  const { expiresAt, state } = reservation
  const isMadeHere = state === 'open' && reservation.decisionId === decisionId
  return isMadeHere && expiresAt !== null
    ? { ...kept, endsAt: expiresAt }
    : { ...kept, reservation }
}

/** The replies as they were given the first time. */
export async function readKeptReplies(db: Reader, kept: unknown): Promise<CheckReplied[]> {
  const replies: CheckReplied[] = []
  for (const one of kept as readonly KeptReply[]) replies.push(await readKept(db, one))
  return replies
}

async function readKept(db: Reader, kept: KeptReply): Promise<CheckReplied> {
  if (isRefusal(kept)) return kept as Refusal
  const { partyId, decisionId, endsAt, holdId = null } = kept
  const row = await findDecision(db, partyId, decisionId)
  invariant(row, 'a decision is never deleted')
  const { facts } = readCheckInputs(row.inputs)
  const { decision, remedies } = readCheckResult(row.result, facts)
  const reservation = kept.reservation ?? (endsAt === undefined ? null : madeBy(row, endsAt))
  const { outcome } = row
  return checkReply({ partyId, decisionId, outcome, holdId, decision, remedies, reservation })
}

function madeBy(row: StoredDecision, expiresAt: string): Reservation {
  const { partyId, currency, documentId, number, id: decisionId } = row
  return {
    ...{ partyId, id: documentId ?? '', number: number ?? '', currency },
    amount: toDecimal({ minor: row.amountMinor, currency }),
    ...{ committed: null, state: 'open', expiresAt, decisionId },
  }
}
