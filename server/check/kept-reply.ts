import type { Reservation } from '#contract/check.ts'
import { isRefusal, type Problem, type Refusal } from '#contract/problem.ts'
import { readCheckResult } from '#kernel/check/check-result.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import { invariant } from '#kernel/invariant.ts'
import type { CheckReplied } from '#server/check/asked-check.ts'
import { checkReply } from '#server/check/check-reply.ts'
import { findDecision } from '#server/check/decision.store.ts'
import type { Reader } from '#server/platform/database.ts'

/** What is kept of a reply for whoever sends the request again: the rest is in its decision. */
type KeptReply =
  | { readonly refused: Problem }
  | {
      readonly partyId: string
      readonly decisionId: string
      readonly holdId: string | null
      readonly reservation: Reservation | null
    }

export function keptReply(reply: CheckReplied): KeptReply {
  if (isRefusal(reply)) return reply
  const { partyId, decisionId, holdId, reservation } = reply
  return { partyId, decisionId, holdId, reservation }
}

/** The replies as they were given the first time. */
export async function readKeptReplies(db: Reader, kept: unknown): Promise<CheckReplied[]> {
  const replies: CheckReplied[] = []
  for (const one of kept as readonly KeptReply[]) replies.push(await readKept(db, one))
  return replies
}

async function readKept(db: Reader, kept: KeptReply): Promise<CheckReplied> {
  if (isRefusal(kept)) return kept as Refusal
  const { partyId, decisionId, holdId, reservation } = kept
  const row = await findDecision(db, partyId, decisionId)
  invariant(row, 'a decision is never deleted')
  const { facts } = readCheckInputs(row.inputs)
  const { decision, remedies } = readCheckResult(row.result, facts)
  const { outcome } = row
  return checkReply({ partyId, decisionId, outcome, holdId, decision, remedies, reservation })
}
