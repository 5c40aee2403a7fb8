import type { NewReplay } from '#contract/replay.ts'
import { replayBook } from '#server/lab/replay-book.ts'
import { replayJob } from '#server/lab/replays.ts'
import type { JobKind } from '#server/platform/job.ts'

export const labJobs: JobKind[] = [
  {
    kind: replayJob,
    perform: (context, input, progress) => replayBook(context, input as NewReplay, progress),
  },
]
