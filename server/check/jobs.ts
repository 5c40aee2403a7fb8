import { expireReservations } from '#server/check/resolve-reservation.ts'
import type { JobKind } from '#server/platform/job.ts'

export const checkJobs: JobKind[] = [
  { kind: 'reservation.expire', cron: '* * * * *', perform: expireReservations },
]
