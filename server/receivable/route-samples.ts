import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

export const receivableSamples: RouteSamples = {
  'POST /api/invoices': async (world) => ({
    body: newInvoice(world, await world.newParty()),
  }),
  'POST /api/invoices/:partyId/:id/void': async (world) => ({
    params: await invoice(world),
    body: { reason: '开错票' },
  }),
  'POST /api/invoices/:partyId/:id/write-off': async (world) => ({
    params: await invoice(world),
    body: { amount: '400.00', note: '破产清算' },
  }),
  'POST /api/invoices/:partyId/:id/disputes': async (world) => ({
    params: await invoice(world),
    body: { reason: '质量问题' },
  }),
  'POST /api/disputes/:partyId/:id/close': async (world) => {
    const { partyId, id } = await invoice(world)
    const url = `/api/invoices/${partyId}/${id}/disputes`
    return { params: { partyId, id: await world.idOf(url, { reason: '质量问题' }) }, body: {} }
  },
  'POST /api/receipts': async (world) => ({
    body: { party: (await invoice(world)).partyId, currency: 'CNY', amount: '400.00' },
  }),
  'POST /api/credits': async (world) => ({
    body: newCreditNote(world, await world.newParty()),
  }),
  'POST /api/bills': async (world) => ({
    body: newBill(world, (await invoice(world)).partyId),
  }),
  'POST /api/credits/:partyId/:id/collection': async (world) => {
    const partyId = await world.newParty()
    return {
      params: { partyId, id: await world.idOf('/api/bills', newBill(world, partyId)) },
      body: {},
    }
  },
  'POST /api/credits/:partyId/:id/allocations': async (world) => {
    const { partyId, id } = await invoice(world)
    const creditId = await world.idOf('/api/credits', newCreditNote(world, partyId))
    return {
      params: { partyId, id: creditId },
      body: { allocate: [{ invoiceId: id, amount: '30.00' }] },
    }
  },
  'POST /api/credits/:partyId/:id/void': async (world) => {
    const partyId = await world.newParty()
    const id = await world.idOf('/api/credits', newCreditNote(world, partyId))
    return { params: { partyId, id }, body: { reason: '开错' } }
  },
  'POST /api/allocations/:partyId/:id/reverse': async (world) => {
    const { partyId } = await invoice(world)
    const receipt = { party: partyId, currency: 'CNY', amount: '10.00' }
    const kept = await world.call('POST', '/api/receipts', receipt)
    const [first] = kept.allocations as readonly { readonly id: string }[]
    return { params: { partyId, id: first?.id ?? '' }, body: { reason: '核销有误' } }
  },
  'POST /api/parties/:partyId/promises': async (world) => ({
    params: { partyId: await world.newParty() },
    body: { currency: 'CNY', amount: '400.00', promisedOn: world.dayFromToday(7) },
  }),
  'POST /api/receivable-verifications': async () => ({}),
}

async function invoice(world: SampleWorld) {
  const partyId = await world.newParty()
  return { partyId, id: await world.idOf('/api/invoices', newInvoice(world, partyId)) }
}

function newInvoice(world: SampleWorld, party: string) {
  return {
    ...{ party, number: world.unique('INV'), currency: 'CNY', amount: '1000.00' },
    ...{ issuedOn: world.dayFromToday(-10), terms: 'net-30' },
  }
}

function newCreditNote(world: SampleWorld, party: string) {
  const number = world.unique('CN')
  return { party, number, currency: 'CNY', amount: '50.00', reason: 'price' }
}

function newBill(world: SampleWorld, party: string) {
  const number = world.unique('BA')
  return { party, number, currency: 'CNY', amount: '400.00', dueOn: world.dayFromToday(90) }
}
