import type { RouteSamples } from '#server/platform/route-sample.ts'

export const auditSamples: RouteSamples = {
  'POST /api/audit/verifications': async () => ({}),
}
