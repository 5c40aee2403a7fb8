import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

export const exposureSamples: RouteSamples = {
  'POST /api/parties/:partyId/credit-accounts': async (world) => ({
    params: { partyId: await world.newParty() },
    body: { level: 'segment', segment: '备件' },
  }),
  'PUT /api/credit-accounts/:partyId/:id/limit': async (world) => ({
    params: await account(world),
    body: {
      ...{ limit: '500000.00', currency: 'CNY', toOn: world.dayFromToday(180) },
      reason: '年度授信',
    },
  }),
  'PUT /api/credit-accounts/:partyId/:id': async (world) => ({
    params: await account(world),
    body: { tolerance: '3%', dunningLevel: 1 },
  }),
  'PUT /api/credit-accounts/:partyId/:id/status': async (world) => ({
    params: await account(world),
    body: { status: 'frozen', reason: '涉诉' },
  }),
  'POST /api/credit-accounts/:partyId/:id/temporary-limits': async (world) => ({
    params: await account(world),
    body: { amount: '20000.00', toOn: world.dayFromToday(14), reason: '旺季备货' },
  }),
  'DELETE /api/credit-accounts/:partyId/:id/temporary-limits/:limitId': async (world) => {
    const { partyId, id } = await account(world)
    const body = { amount: '20000.00', toOn: world.dayFromToday(14), reason: '旺季备货' }
    const url = `/api/credit-accounts/${partyId}/${id}/temporary-limits`
    const granted = await world.call('POST', url, body)
    const [first] = granted.temporaryLimits as readonly { readonly id: string }[]
    return { params: { partyId, id, limitId: first?.id ?? '' } }
  },
  'POST /api/parties/:partyId/securities': async (world) => ({
    params: { partyId: await world.newParty() },
    body: newSecurity(world),
  }),
  'POST /api/securities/:partyId/:id/end': async (world) => {
    const partyId = await world.newParty()
    const id = await world.idOf(`/api/parties/${partyId}/securities`, newSecurity(world))
    return { params: { partyId, id }, body: { reason: '单证不符' } }
  },
}

async function account(world: SampleWorld) {
  const partyId = await world.newParty()
  const url = `/api/parties/${partyId}/credit-accounts`
  return { partyId, id: await world.idOf(url, { level: 'segment', segment: '备件' }) }
}

function newSecurity(world: SampleWorld) {
  return {
    ...{ kind: 'letter-of-credit', number: world.unique('LC'), currency: 'CNY' },
    ...{ amount: '100000.00', toOn: world.dayFromToday(90), issuer: '中国银行' },
  }
}
