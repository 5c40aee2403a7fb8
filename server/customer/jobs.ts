import { followChanges } from '#server/customer/follow-changes.ts'
import type { JobKind } from '#server/platform/job.ts'

export const customerJobs: JobKind[] = [
  {
    kind: 'customer.follow-changes',
    everyMs: 1_000,
    perform: (context) => followChanges(context),
  },
]
