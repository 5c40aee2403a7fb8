import type { JobKind } from '#server/platform/job.ts'
import { noteNearLimits } from '#server/report/note-near-limits.ts'
import { recordFigures } from '#server/report/record-figures.ts'
import { sendDigests } from '#server/report/send-digests.ts'

export const reportJobs: JobKind[] = [
  {
    kind: 'report.figures',
    // Every hour, so that today's figures are of today; those of past days once, after midnight.
    cron: '7 * * * *',
    // After an import, which may bring invoices of past years.
    task: 'report_figures',
    perform: (context, input, progress) =>
      recordFigures(context, input as { anew?: boolean }, progress),
  },
  { kind: 'report.near-limits', cron: '*/5 * * * *', perform: noteNearLimits },
  // 08:15 in China.
  { kind: 'report.digest', cron: '15 0 * * *', perform: sendDigests },
]
