import { recheckJob } from '#server/order/recheck-job.ts'
import { remindOfDeliveries } from '#server/order/remind-of-deliveries.ts'
import type { JobKind } from '#server/platform/job.ts'

export const orderJobs: JobKind[] = [
  recheckJob,
  {
    kind: 'order.remind',
    // 07:30 in China.
    cron: '30 23 * * *',
    perform: (context) => remindOfDeliveries(context),
  },
]
