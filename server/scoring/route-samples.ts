import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

function override(world: SampleWorld) {
  return { grade: 'B', reason: 'to see it work', expiresOn: world.dayFromToday(30) }
}

async function overridden(world: SampleWorld): Promise<string> {
  const partyId = await world.newParty()
  await world.call('PUT', `/api/parties/${partyId}/rating-override`, override(world))
  return partyId
}

export const scoringSamples: RouteSamples = {
  'POST /api/parties/:partyId/ratings': async (world) => ({
    params: { partyId: await world.newParty() },
  }),
  'PUT /api/parties/:partyId/rating-override': async (world) => ({
    params: { partyId: await world.newParty() },
    body: override(world),
  }),
  'DELETE /api/parties/:partyId/rating-override': async (world) => ({
    params: { partyId: await overridden(world) },
  }),
  'POST /api/rating-runs': async () => ({ body: {} }),
  'POST /api/replays': async () => ({}),
}
