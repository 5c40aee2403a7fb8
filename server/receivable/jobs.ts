import type { JobKind } from '#server/platform/job.ts'
import { verifyLedger } from '#server/receivable/verify-ledger.ts'

export const receivableJobs: JobKind[] = [
  { kind: 'receivable.verify', perform: (context) => verifyLedger(context.db) },
]
