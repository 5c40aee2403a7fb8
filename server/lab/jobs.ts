import { effectTask } from '#contract/lab.ts'
import type { NewReplay } from '#contract/replay.ts'
import { tellOfEffect } from '#server/lab/policy-effect.ts'
import { replayBook } from '#server/lab/replay-book.ts'
import { replayJob } from '#server/lab/replays.ts'
import type { JobKind } from '#server/platform/job.ts'

export const labJobs: JobKind[] = [
  {
    kind: 'lab.effect',
    task: effectTask,
    perform: (context, input) => tellOfEffect(context, (input as { id: string }).id),
  },
  {
    kind: replayJob,
    perform: (context, input, progress) => replayBook(context, input as NewReplay, progress),
  },
]
