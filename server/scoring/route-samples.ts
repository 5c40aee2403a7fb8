import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

const override = { grade: 'BB', reason: 'a sample', days: 30 }

async function overridden(world: SampleWorld): Promise<string> {
  const partyId = await world.newParty()
  await world.call('PUT', `/api/parties/${partyId}/rating-override`, override)
  return partyId
}

export const scoringSamples: RouteSamples = {
  'POST /api/parties/:partyId/ratings': async (world) => ({
    params: { partyId: await world.newParty() },
  }),
  'PUT /api/parties/:partyId/rating-override': async (world) => ({
    params: { partyId: await world.newParty() },
    body: override,
  }),
  'DELETE /api/parties/:partyId/rating-override': async (world) => ({
    params: { partyId: await overridden(world) },
  }),
  'POST /api/rating-runs': async () => ({ body: {} }),
  'POST /api/replays': async () => ({}),
}
