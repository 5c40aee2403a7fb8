import type { PolicyVersion } from '#contract/policy.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { tryPolicy } from '#server/lab/try-policy.ts'
import type { Context } from '#server/platform/run-command.ts'
import { submitPolicy } from '#server/policy/public.ts'

/**
 * Submits a draft with what it would do today to all customers, so that it can be held against what it
 * does later.
 */
export async function submitWithImpact(
  context: Context,
  id: string,
): Promise<PolicyVersion | Refusal> {
  const { scope: _, ...actor } = context.actor
  const impact = await tryPolicy({ ...context, actor }, { versionId: id })
  // Why it cannot be tried is what submitting it says too, and says better.
  return submitPolicy(context, id, isRefusal(impact) ? null : impact)
}
