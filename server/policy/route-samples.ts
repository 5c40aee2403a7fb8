import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

function newDraft(): { kind: string; document: unknown } {
  const file = join(import.meta.dirname, '../../packs/standard/rating-scale.yaml')
  return { kind: 'rating-scale', document: parse(readFileSync(file, 'utf8')) }
}

/** A change that somebody else has submitted. */
async function submitted(world: SampleWorld): Promise<string> {
  const { cookie } = await world.signIn()
  const send = async (url: string, body: unknown) => {
    const reply = await world.send({ method: 'POST', url, body, headers: { cookie } })
    if (reply.status >= 300) throw new Error(`${url}: ${JSON.stringify(reply.json)}`)
    return reply.json
  }
  const id = String((await send('/api/policies', newDraft())).id)
  await send(`/api/policies/${id}/submission`, {})
  return id
}

export const policySamples: RouteSamples = {
  'POST /api/policies': async (world) => {
    await settle(world)
    return { body: newDraft() }
  },
  'POST /api/policies/:id/publication': async (world) => {
    await settle(world)
    const id = await submitted(world)
    await world.call('POST', `/api/policies/${id}/approval`, { publishAt: '2099-01-01T00:00:00Z' })
    return { params: { id } }
  },
  'POST /api/policies/:id/submission': async (world) => {
    await settle(world)
    return { params: { id: await world.idOf('/api/policies', newDraft()) } }
  },
  'DELETE /api/policies/:id/submission': async (world) => {
    await settle(world)
    return { params: { id: await submitted(world) } }
  },
  'POST /api/policies/:id/approval': async (world) => {
    await settle(world)
    return { params: { id: await submitted(world) }, body: {} }
  },
  'POST /api/policies/:id/rejection': async (world) => {
    await settle(world)
    return { params: { id: await submitted(world) }, body: { reason: 'too strict' } }
  },
  'POST /api/policy-examples': async (world) => ({
    body: exampleOf(world, await world.newParty()),
  }),
  'DELETE /api/policy-examples/:id': async (world) => ({
    params: {
      id: await world.idOf('/api/policy-examples', exampleOf(world, await world.newParty())),
    },
  }),
}

function exampleOf(world: SampleWorld, party: string) {
  return { kind: 'scorecard', name: world.unique('example'), party }
}

/** Takes back what waits, so that the next change can be drafted. */
async function settle(world: SampleWorld): Promise<void> {
  const { items } = await world.call('GET', '/api/policies?kind=rating-scale')
  for (const { id, state } of items as { id: string; state: string }[]) {
    if (state === 'submitted' || state === 'approved') {
      await world.call('DELETE', `/api/policies/${id}/submission`)
    }
  }
}
