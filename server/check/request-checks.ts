import type { CreditCheck, CreditCheckReply, NewCreditChecks } from '#contract/check.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { invariant } from '#kernel/invariant.ts'
import type { CheckReplied } from '#server/check/asked-check.ts'
import { gatherChecks } from '#server/check/gather-checks.ts'
import type { Context } from '#server/platform/run-command.ts'

/**
 * Answers one check, together with others that wait at the same moment, or the many of one call in
 * their order: each item of the answer is a check's reply or the problem that it met.
 */
export async function requestChecks(
  context: Context,
  { mode = 'check', checks, ...single }: NewCreditChecks,
): Promise<CreditCheckReply | { items: unknown[] } | Refusal> {
  const { requestId } = context
  const asking = { mode, ...(requestId === undefined ? {} : { requestId }) }
  if (checks === undefined) {
    const missing = (['party', 'amount', 'currency'] as const).filter((name) => !single[name])
    if (missing.length > 0) {
      const detail = `${missing.join(', ')}: must be given, or several checks under "checks".`
      return refuse('invalid-input', detail, { fields: missing })
    }
    const answered = await gatherChecks(context, [{ ...asking, check: single as CreditCheck }])
    if (isRefusal(answered)) return answered
    const [reply] = answered
    invariant(reply, 'one check has one reply')
    return reply
  }
  if (Object.keys(single).length > 0) {
    const named = Object.keys(single).join(', ')
    return refuse('invalid-input', `${named}: belongs to each of the checks, not beside them.`)
  }
  const answered = await gatherChecks(
    context,
    checks.map((check) => ({ ...asking, check })),
  )
  if (isRefusal(answered)) return answered
  const [first] = answered
  // Where nothing at all could be decided the call has failed, and may be repeated.
  if (first && answered.every(isUnavailable)) return first
  return { items: answered.map(itemOf) }
}

function itemOf(reply: CheckReplied): unknown {
  if (!isRefusal(reply)) return reply
  const { kind, detail, facts } = reply.refused
  return { problem: { ...facts, kind, detail } }
}

function isUnavailable(reply: CheckReplied): boolean {
  return isRefusal(reply) && reply.refused.kind === 'unavailable'
}
