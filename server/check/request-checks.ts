import type { CreditCheck, CreditCheckReply, NewCreditChecks } from '#contract/check.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { gatherCheck, runMany } from '#server/check/gather-checks.ts'
import type { CheckReplied } from '#server/check/run-requests.ts'
import type { Context } from '#server/platform/run-command.ts'

/**
 * Answers one check, together with others that wait at the same moment, or the many of one call in
 * their order: each item of the answer is a check's reply or the problem that it met.
 */
export async function requestChecks(
  context: Context,
  { mode = 'check', checks, ...single }: NewCreditChecks,
): Promise<CreditCheckReply | { items: unknown[] } | Refusal> {
  if (checks === undefined) {
    const missing = (['party', 'amount', 'currency'] as const).filter((name) => !single[name])
    if (missing.length > 0) {
      const detail = `${missing.join(', ')}: must be given, or several checks under "checks".`
      return refuse('invalid-input', detail, { fields: missing })
    }
    return gatherCheck(context, { check: single as CreditCheck, mode })
  }
  if (Object.keys(single).length > 0) {
    const named = Object.keys(single).join(', ')
    return refuse('invalid-input', `${named}: belongs to each of the checks, not beside them.`)
  }
  const replies = await runMany(
    context,
    checks.map((check) => ({ check, mode })),
  )
  const [first] = replies
  // The command itself was refused: a repeated key with another body, no permission.
  if (replies.length < checks.length && first && isRefusal(first)) return first
  return { items: replies.map(itemOf) }
}

function itemOf(reply: CheckReplied): unknown {
  if (!isRefusal(reply)) return reply
  const { kind, detail, facts } = reply.refused
  return { problem: { ...facts, kind, detail } }
}
