import type { JobKind } from '#server/platform/job.ts'
import { noteNearLimits } from '#server/report/note-near-limits.ts'
import { recordFigures } from '#server/report/record-figures.ts'
import { sendDigests } from '#server/report/send-digests.ts'

export const reportJobs: JobKind[] = [
  {
    kind: 'report.figures',
    // Every hour, so that today's figures are of today and yesterday's are closed after midnight.
    cron: '7 * * * *',
    perform: (context, _, progress) => recordFigures(context, progress),
  },
  { kind: 'report.near-limits', cron: '*/5 * * * *', perform: noteNearLimits },
  // 08:15 in China.
  { kind: 'report.digest', cron: '15 0 * * *', perform: sendDigests },
]
