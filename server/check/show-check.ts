import type { StoredCheck } from '#contract/check.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { readCheckResult } from '#kernel/check/check-result.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { checkReply } from '#server/check/check-reply.ts'
import { checkSource } from '#server/check/check-source.ts'
import { findDecision } from '#server/check/decision.store.ts'
import { reservationsOf } from '#server/check/reservation.store.ts'
import type { Context } from '#server/platform/run-command.ts'

/** A stored decision with all that it was made from, its reasons and remedies in words. */
export async function showCheck(
  { db }: Context,
  key: { readonly partyId: string; readonly id: string },
): Promise<StoredCheck | Refusal> {
  const row = await findDecision(db, key.partyId, key.id)
  if (!row) return refuse('not-found', 'There is no such credit check.')
  const { facts } = readCheckInputs(row.inputs)
  const { decision, remedies } = readCheckResult(row.result, facts)
  const documents = row.documentId === null ? [] : [{ partyId: row.partyId, id: row.documentId }]
  const [reservation] = await reservationsOf(db, documents)
  const { id: decisionId, outcome, partyId } = row
  return {
    ...checkReply({
      ...{ decisionId, outcome, holdId: null, decision, remedies, partyId },
      reservation: reservation ?? null,
    }),
    mode: row.mode,
    checkpoint: row.checkpoint,
    document: row.number,
    amount: toDecimal({ minor: row.amountMinor, currency: row.currency }),
    currency: row.currency,
    policyId: row.policyId,
    engine: row.engine,
    inputs: JSON.parse(row.inputs),
    hash: row.hash.toString('hex'),
    decidedFor: row.decidedFor,
    recordedAt: row.recordedAt,
    source: await checkSource(db, row),
  }
}
