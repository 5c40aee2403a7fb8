import { expireReservations } from '#server/check/resolve-reservation.ts'
import { verifyExposure } from '#server/check/verify-exposure.ts'
import type { JobKind } from '#server/platform/job.ts'

export const checkJobs: JobKind[] = [
  { kind: 'exposure.verify', perform: (context) => verifyExposure(context.db) },
  { kind: 'reservation.expire', cron: '* * * * *', perform: expireReservations },
]
