import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

export const partySamples: RouteSamples = {
  'POST /api/parties': async (world) => ({
    body: {
      name: world.unique('样品贸易有限公司'),
      terms: '月结30天',
      currency: null,
      identifiers: [{ scheme: 'customer-code', value: world.unique('K') }],
      contacts: [{ name: '王敏', phone: '12000000000' }],
    },
  }),
  'PUT /api/parties/:partyId': async (world) => ({
    params: { partyId: await world.newParty() },
    body: { name: world.unique('改名公司'), region: '上海', salesperson: null },
  }),
  'POST /api/parties/:partyId/identifiers': adding({ scheme: 'customer-code', value: 'K-1' }),
  'POST /api/parties/:partyId/names': adding({ name: '旧名公司', kind: 'former' }),
  'POST /api/parties/:partyId/contacts': adding(contact()),
  'POST /api/parties/:partyId/bank-accounts': adding(account()),
  'PUT /api/parties/:partyId/contacts/:id': async (world) => ({
    params: await partOf(world, 'contacts', contact()),
    body: { ...contact(), phone: '12000000002' },
  }),
  'DELETE /api/parties/:partyId/identifiers/:id': removing('identifiers', {
    scheme: 'customer-code',
    value: 'K-1',
  }),
  'DELETE /api/parties/:partyId/names/:id': removing('names', { name: '别名', kind: 'alias' }),
  'DELETE /api/parties/:partyId/contacts/:id': removing('contacts', contact()),
  'DELETE /api/parties/:partyId/bank-accounts/:id': removing('bank-accounts', account()),
  'POST /api/parties/:partyId/merges': async (world) => ({
    params: { partyId: await world.newParty() },
    body: { duplicateId: await world.newParty(), reason: '重复建档' },
  }),
  'DELETE /api/parties/:partyId/merges/:id': async (world) => {
    const body = { duplicateId: await world.newParty(), reason: '重复建档' }
    return { params: await partOf(world, 'merges', body) }
  },
  'POST /api/party-duplicates/search': async () => ({ body: {} }),
}

async function ofParty(world: SampleWorld) {
  return { params: { partyId: await world.newParty() } }
}

function adding(body: unknown) {
  return async (world: SampleWorld) => ({ ...(await ofParty(world)), body })
}

function removing(path: string, body: unknown) {
  return async (world: SampleWorld) => ({ params: await partOf(world, path, body) })
}

async function partOf(world: SampleWorld, path: string, body: unknown) {
  const partyId = await world.newParty()
  return { partyId, id: await world.idOf(`/api/parties/${partyId}/${path}`, body) }
}

function contact() {
  return { name: '王敏', phone: '12000000001', isForDunning: true }
}

function account() {
  return { accountNumber: '6222 0000 1111 2222', bankName: '样品银行' }
}
