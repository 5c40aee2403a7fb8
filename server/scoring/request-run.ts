import { type Refusal, refuse } from '#contract/problem.ts'
import type { RunRequest } from '#contract/scoring.ts'
import { parseDay } from '#kernel/calendar/day.ts'
import { requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Queues a rating of many parties; what it did is the job's result. */
export async function requestRatingRun(
  context: Context,
  request: RunRequest,
): Promise<{ jobId: string } | Refusal> {
  if (request.asOf !== undefined && (parseDay(request.asOf) ?? context.today) > context.today) {
    return refuse('invalid-input', 'asOf: the day is in the future.')
  }
  return runCommand(
    context,
    { name: 'rating.request-run', permission: 'scoring:run', input: { ...request } },
    async (tx) => ({ jobId: await requestJob(tx, context, 'scoring.rate', { ...request }) }),
  )
}

/** Queues a replay of all stored decisions. */
export function requestReplay(context: Context): Promise<{ jobId: string } | Refusal> {
  return runCommand(
    context,
    { name: 'rating.request-replay', permission: 'scoring:run', input: {} },
    async (tx) => ({ jobId: await requestJob(tx, context, 'scoring.replay', {}) }),
  )
}
