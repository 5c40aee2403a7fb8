import { followRelations } from '#server/exposure/follow-relations.ts'
import { turnSecurities } from '#server/exposure/turn-securities.ts'
import type { JobKind } from '#server/platform/job.ts'

export const exposureJobs: JobKind[] = [
  { kind: 'exposure.turn-securities', cron: '* * * * *', perform: turnSecurities },
  {
    kind: 'exposure.follow-relations',
    task: 'exposure_follow',
    perform: (context, input) =>
      followRelations(context, (input as { partyIds: readonly string[] | null }).partyIds),
  },
]
