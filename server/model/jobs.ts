import type { NewModel } from '#contract/model.ts'
import { keepModel } from '#server/model/keep-model.ts'
import { modelJob } from '#server/model/models.ts'
import { keepMonitoring, monitoringJob } from '#server/model/monitorings.ts'
import type { JobKind } from '#server/platform/job.ts'

export const modelJobs: JobKind[] = [
  {
    kind: modelJob,
    perform: (context, input, progress) => keepModel(context, input as NewModel, progress),
  },
  {
    kind: monitoringJob,
    // In the night of the first of a month in China.
    cron: '40 19 1 * *',
    perform: (context, _, progress) => keepMonitoring(context, progress),
  },
]
