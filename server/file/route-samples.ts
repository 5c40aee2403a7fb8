import { randomUUID } from 'node:crypto'
import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

export const fileSamples: RouteSamples = {
  'POST /api/parties/:partyId/notes': async (world) => ({
    params: { partyId: await world.newParty() },
    body: { text: '已电话联系, 下周付款。' },
  }),
  'PUT /api/parties/:partyId/notes/:id': ofOwnNote({ text: '改为本周五付款。' }),
  'DELETE /api/parties/:partyId/notes/:id': ofOwnNote(undefined),
  'POST /api/parties/:partyId/documents': async (world) => ({
    params: { partyId: await world.newParty() },
    file: paper(),
  }),
  'POST /api/parties/:partyId/documents/:id/removal': async (world) => {
    const partyId = await world.newParty()
    const { id } = await world.upload(`/api/parties/${partyId}/documents`, paper())
    return { isOwn: true, params: { partyId, id: String(id) }, body: { reason: '传错文件' } }
  },
}

function paper() {
  const fields = { category: 'contract', title: '框架合同', validToOn: '2027-12-31' }
  return { name: '合同.pdf', text: `%PDF-1.4\n${randomUUID()}`, fields }
}

function ofOwnNote(body: unknown) {
  return async (world: SampleWorld) => {
    const partyId = await world.newParty()
    const id = await world.idOf(`/api/parties/${partyId}/notes`, { text: '样品备注' })
    return { isOwn: true, params: { partyId, id }, ...(body === undefined ? {} : { body }) }
  }
}
