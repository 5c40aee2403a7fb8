import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

export const orderSamples: RouteSamples = {
  'POST /api/orders': async (world) => ({ body: newOrder(world, await world.newParty()) }),
  'PUT /api/orders/:id': async (world) => ({
    params: { id: await draft(world) },
    body: { terms: 'net-30', note: '客户改了付款条件' },
  }),
  'POST /api/orders/:id/check': async (world) => ({ params: { id: await draft(world) } }),
  'POST /api/orders/:id/confirm': async (world) => ({ params: { id: await draft(world) } }),
  'POST /api/orders/:id/cancel': async (world) => ({
    params: { id: await draft(world) },
    body: { reason: '客户取消' },
  }),
  'POST /api/orders/:id/close': async (world) => ({
    params: { id: await confirmed(world) },
    body: {},
  }),
  'POST /api/orders/:id/reopen': async (world) => {
    const id = await draft(world)
    await world.call('POST', `/api/orders/${id}/cancel`, { reason: '客户取消' })
    return { params: { id } }
  },
  'POST /api/orders/:id/copy': async (world) => ({ params: { id: await draft(world) }, body: {} }),
  'POST /api/orders/:id/deliveries': async (world) => ({
    params: { id: await confirmed(world) },
    body: { lines: [{ line: 1, quantity: '4' }] },
  }),
  'POST /api/orders/:id/returns': async (world) => ({
    params: { id: await delivered(world) },
    body: { delivery: 'D-1', lines: [{ line: 1, quantity: '1' }], reason: '质量问题' },
  }),
  'POST /api/orders/:id/invoices': async (world) => ({
    params: { id: await delivered(world) },
    body: { number: world.unique('INV') },
  }),
  'POST /api/contracts': async (world) => ({ body: newContract(world, await world.newParty()) }),
  'PUT /api/contracts/:id': async (world) => {
    const contract = newContract(world, await world.newParty())
    return {
      params: { id: await world.idOf('/api/contracts', contract) },
      body: { endedOn: world.dayFromToday(0), endReason: '履行完毕' },
    }
  },
}

async function draft(world: SampleWorld): Promise<string> {
  const { order } = await world.call('POST', '/api/orders', newOrder(world, await world.newParty()))
  return (order as { readonly id: string }).id
}

async function confirmed(world: SampleWorld): Promise<string> {
  const id = await draft(world)
  await world.call('POST', `/api/orders/${id}/confirm`)
  return id
}

async function delivered(world: SampleWorld): Promise<string> {
  const id = await confirmed(world)
  await world.call('POST', `/api/orders/${id}/deliveries`, { number: 'D-1' })
  return id
}

function newOrder(world: SampleWorld, party: string) {
  return {
    ...{ party, number: world.unique('SO'), currency: 'CNY', terms: 'prepaid' },
    lines: [{ item: '轴承 6204', quantity: '10', unitPrice: '12.50' }],
  }
}

function newContract(world: SampleWorld, party: string) {
  return {
    ...{ party, number: world.unique('HT'), title: '年度供货合同', currency: 'CNY' },
    ...{ amount: '120000.00', signedOn: world.dayFromToday(-30), terms: '月结30天' },
  }
}
