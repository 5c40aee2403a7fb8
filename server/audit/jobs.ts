import { sealAudit } from '#server/audit/seal-audit.ts'
import { verifyAudit } from '#server/audit/verify-audit.ts'
import type { JobKind } from '#server/platform/job.ts'

export const auditJobs: JobKind[] = [
  { kind: 'audit.seal', cron: '* * * * *', perform: (context) => sealAudit(context.db) },
  { kind: 'audit.verify', perform: (context) => verifyAudit(context.db) },
]
