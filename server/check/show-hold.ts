import type { HoldFile } from '#contract/hold.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { readCheckResult } from '#kernel/check/check-result.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import { toDecimal } from '#kernel/money/money.ts'
import type { HoldKey } from '#server/check/ask-for-release.ts'
import { checkReply } from '#server/check/check-reply.ts'
import { checkSource } from '#server/check/check-source.ts'
import {
  decisionsOfDocument,
  findDecision,
  type StoredDecision,
} from '#server/check/decision.store.ts'
import { findHold, holdsOfDocument } from '#server/check/hold.store.ts'
import { ageOfHold } from '#server/check/hold-list.store.ts'
import { holdReply, releaseReply } from '#server/check/hold-replies.ts'
import { releasesOfDocument } from '#server/check/release.store.ts'
import { showAuthority } from '#server/check/release-authority.ts'
import { findCompany } from '#server/company/public.ts'
import { findParties } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'

/** A hold with the decision behind it in words and numbers, and what happened to its document. */
export async function showHold(
  context: Context,
  { id, partyId }: HoldKey,
): Promise<HoldFile | Refusal> {
  const { db, today } = context
  const hold = await findHold(db, partyId, id)
  const decided = hold && (await findDecision(db, partyId, hold.decisionId))
  if (!hold || !decided) return refuse('not-found', 'This party has no such hold.')
  const { documentId } = hold
  const timeZone = (await findCompany(db))?.timeZone ?? 'Asia/Shanghai'
  const [party] = await findParties(db, [partyId])
  const check = readCheckResult(decided.result, readCheckInputs(decided.inputs).facts)
  return {
    ...holdReply(hold),
    party: { id: partyId, code: party?.code ?? '', name: party?.name ?? '' },
    ageDays: await ageOfHold(db, hold, { timeZone, today }),
    documentAmount: toDecimal({ minor: hold.documentMinor, currency: hold.currency }),
    authority: await showAuthority(db, context, hold),
    check: checkReply({
      ...{ ...check, partyId, decisionId: decided.id, outcome: decided.outcome, holdId: id },
      reservation: null,
    }),
    source: await checkSource(db, decided),
    decisions: (await decisionsOfDocument(db, documentId)).map(decisionReply),
    holds: (await holdsOfDocument(db, documentId)).map(holdReply),
    releases: (await releasesOfDocument(db, partyId, documentId)).map(releaseReply),
  }
}

function decisionReply(decision: StoredDecision): HoldFile['decisions'][number] {
  const { checkpoint, currency, decidedFor, id, mode, outcome, recordedAt } = decision
  const amount = toDecimal({ minor: decision.amountMinor, currency })
  return { id, outcome, mode, checkpoint, currency, amount, decidedFor, recordedAt }
}
