import type { RouteSamples } from '#server/platform/route-sample.ts'

export const systemSamples: RouteSamples = {
  'DELETE /api/jobs/:id': async (world) => ({ params: { id: await world.waitingJob() } }),
}
