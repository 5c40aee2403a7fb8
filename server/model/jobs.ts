import type { NewModel } from '#contract/model.ts'
import { keepModel } from '#server/model/keep-model.ts'
import { modelJob } from '#server/model/models.ts'
import type { JobKind } from '#server/platform/job.ts'

export const modelJobs: JobKind[] = [
  {
    kind: modelJob,
    perform: (context, input, progress) => keepModel(context, input as NewModel, progress),
  },
]
