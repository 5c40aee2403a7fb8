import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

/** Requests about holds; those of orders, since an order is what is held. */
export const holdSamples: RouteSamples = {
  'POST /api/holds/:partyId/:id/ask': async (world) => ({
    params: await heldOrder(world),
    body: { question: '客户什么时候付款?' },
  }),
  'POST /api/holds/:partyId/:id/answer': async (world) => {
    const params = await heldOrder(world)
    const url = `/api/holds/${params.partyId}/${params.id}/ask`
    await world.call('POST', url, { question: '客户什么时候付款?' })
    return { params, body: { answer: '本周五到账' } }
  },
  'PUT /api/holds/:partyId/:id/owner': async (world) => ({
    params: await heldOrder(world),
    body: { owner: 'accountant' },
  }),
  'POST /api/holds/:partyId/:id/reject': async (world) => ({
    params: await heldOrder(world),
    body: { reason: '资料不全' },
  }),
  'POST /api/holds/:partyId/:id/release': async (world) => {
    await letSalesRelease(world)
    return { params: await heldOrder(world), body: { reason: '老客户, 小单' } }
  },
  'POST /api/holds/:partyId/:id/recall': async (world) => {
    await letSalesRelease(world)
    const params = await heldOrder(world)
    const url = `/api/holds/${params.partyId}/${params.id}/release`
    await world.call('POST', url, { reason: '老客户, 小单' })
    return { params, body: { reason: '看错了单据' } }
  },
  'POST /api/hold-releases': async (world) => {
    await letSalesRelease(world)
    return { body: { holds: [await heldOrder(world)], reason: '老客户, 小单' } }
  },
}

/** The order of a customer who has no limit. */
async function heldOrder(world: SampleWorld): Promise<{ partyId: string; id: string }> {
  const partyId = await world.newParty()
  const { order } = await world.call('POST', '/api/orders', {
    ...{ party: partyId, number: world.unique('SO'), currency: 'CNY' },
    lines: [{ item: '轴承 6204', quantity: '10', unitPrice: '12.50' }],
  })
  const { id } = order as { readonly id: string }
  const { check } = await world.call('POST', `/api/orders/${id}/confirm`)
  return { partyId, id: (check as { readonly holdId: string }).holdId }
}

/** The standard rules let salespeople release nothing, and whoever asks has no more than they. */
async function letSalesRelease(world: SampleWorld): Promise<void> {
  const file = join(import.meta.dirname, '../../packs/standard/check-rules.yaml')
  const rules = parse(readFileSync(file, 'utf8'))
  const releaseAuthority = { ...rules.releaseAuthority, sales: '1000' }
  const draft = { kind: 'check-rules', document: { ...rules, releaseAuthority } }
  const { cookie } = await world.signIn()
  const headers = { cookie }
  const { json } = await world.send({ method: 'POST', url: '/api/policies', body: draft, headers })
  const url = `/api/policies/${String(json.id)}`
  await world.send({ method: 'POST', url: `${url}/submission`, headers })
  await world.call('POST', `${url}/approval`, {})
}
