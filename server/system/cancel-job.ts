import { type Refusal, refuse } from '#contract/problem.ts'
import { requestCancel } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Asks a job to stop; it ends at its next step. */
export function cancelJob(context: Context, id: string): Promise<{ asked: true } | Refusal> {
  return runCommand(
    context,
    { name: 'job.cancel', permission: 'job:write', input: { id }, subject: id },
    async (tx) => {
      const asked = await requestCancel(tx, id)
      return asked
        ? { asked: true }
        : refuse('wrong-state', 'This job is not waiting or running.', {
            zh: '这个任务不在排队或进行中。',
          })
    },
  )
}
