import type { RunRequest } from '#contract/scoring.ts'
import { parseDay } from '#kernel/calendar/day.ts'
import type { JobKind } from '#server/platform/job.ts'
import { rateParties } from '#server/scoring/rate-parties.ts'
import { replayDecisions } from '#server/scoring/replay-decisions.ts'

export const scoringJobs: JobKind[] = [
  {
    kind: 'scoring.rate',
    // Every customer once a night, Shanghai time, so that limits and reviews never grow stale.
    cron: '30 18 * * *',
    perform: (context, input, progress) => {
      const { asOf, partyIds, indicators, limits } = input as RunRequest
      const today = (asOf === undefined ? null : parseDay(asOf)) ?? context.today
      return rateParties(
        { ...context, today },
        {
          ...(partyIds ? { partyIds } : {}),
          indicators: indicators ?? 'fresh',
          limits: limits ?? true,
        },
        progress,
      )
    },
  },
  {
    kind: 'scoring.replay',
    perform: (context, _, progress) => replayDecisions(context.db, progress),
  },
]
