import type { JobKind } from '#server/platform/job.ts'
import { publishDue, publishTask } from '#server/policy/publish-policy.ts'

export const policyJobs: JobKind[] = [
  {
    kind: 'policy.publish-due',
    task: publishTask,
    perform: (context, input) => publishDue(context, (input as { id: string }).id),
  },
]
