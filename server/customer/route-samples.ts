import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

export const customerSamples: RouteSamples = {
  'POST /api/views': async (world) => ({ body: sample(world) }),
  'PUT /api/views/:id': async (world) => ({
    params: { id: await world.idOf('/api/views', sample(world)) },
    body: { name: world.unique('逾期客户'), query: 'overdue=true', isShared: false },
  }),
  'DELETE /api/views/:id': async (world) => ({
    params: { id: await world.idOf('/api/views', sample(world)) },
  }),
}

function sample(world: SampleWorld) {
  return {
    ...{ page: 'customers', name: world.unique('华东逾期'), isShared: true },
    query: 'region=华东&overdue=true&sort=overdue&order=desc',
  }
}
