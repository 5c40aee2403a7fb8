import { expireReservations } from '#server/check/resolve-reservation.ts'
import { requestExposureVerification, verifyExposure } from '#server/check/verify-exposure.ts'
import type { JobKind } from '#server/platform/job.ts'

export const checkJobs: JobKind[] = [
  { kind: 'exposure.verify', perform: (context) => verifyExposure(context.db) },
  {
    kind: 'exposure.verify-by-night',
    // 04:00 in China. It asks for the proof as a person does, so that its findings can be seen.
    cron: '0 20 * * *',
    perform: requestExposureVerification,
  },
  { kind: 'reservation.expire', cron: '* * * * *', perform: expireReservations },
]
