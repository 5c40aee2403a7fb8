import { recheckJob } from '#server/check/public.ts'
import { followHolds } from '#server/order/follow-holds.ts'
import { remindOfDeliveries } from '#server/order/remind-of-deliveries.ts'
import type { JobKind } from '#server/platform/job.ts'

export const orderJobs: JobKind[] = [
  recheckJob(followHolds),
  {
    kind: 'order.remind',
    // 07:30 in China.
    cron: '30 23 * * *',
    perform: (context) => remindOfDeliveries(context),
  },
]
