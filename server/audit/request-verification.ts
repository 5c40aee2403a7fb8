import type { Refusal } from '#contract/problem.ts'
import { requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Queues a verification; its findings are the job's result. */
export function requestVerification(context: Context): Promise<{ jobId: string } | Refusal> {
  return runCommand(
    context,
    { name: 'audit.verify', permission: 'audit:read', input: {} },
    async (tx) => ({ jobId: await requestJob(tx, context, 'audit.verify', {}) }),
  )
}
