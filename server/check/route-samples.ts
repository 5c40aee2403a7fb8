import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

export const checkSamples: RouteSamples = {
  'POST /api/credit-checks': async (world) => ({
    body: { ...(await reservable(world)), mode: 'reserve' },
  }),
  'POST /api/credit-checks of several': async (world) => {
    const check = await reservable(world)
    return { body: { checks: [check, { ...check, amount: '5.00' }] } }
  },
  'POST /api/exposure-verifications': async () => ({}),
  'POST /api/reservations/:partyId/:id/commit': async (world) => ({
    params: await reservation(world),
    body: { amount: '60.00' },
  }),
  'POST /api/reservations/:partyId/:id/release': async (world) => ({
    params: await reservation(world),
    body: { reason: '客户取消' },
  }),
}

/** A check of a party that has a limit. */
async function reservable(world: SampleWorld) {
  const party = await world.newParty()
  const url = `/api/parties/${party}/credit-accounts`
  const account = await world.idOf(url, { level: 'party' })
  await world.call('PUT', `/api/credit-accounts/${party}/${account}/limit`, {
    ...{ limit: '100000.00', currency: 'CNY', toOn: world.dayFromToday(90), reason: '试用' },
  })
  return { party, document: world.unique('SO'), amount: '100.00', currency: 'CNY' }
}

async function reservation(world: SampleWorld) {
  const check = { ...(await reservable(world)), mode: 'reserve' }
  const reply = await world.call('POST', '/api/credit-checks', check)
  const { id } = reply.reservation as { readonly id: string }
  return { partyId: check.party, id }
}
