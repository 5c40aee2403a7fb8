import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { RouteSamples } from '#server/platform/route-sample.ts'

function newDraft(): { kind: string; document: unknown } {
  const file = join(import.meta.dirname, '../../packs/standard/rating-scale.yaml')
  return { kind: 'rating-scale', document: parse(readFileSync(file, 'utf8')) }
}

export const policySamples: RouteSamples = {
  'POST /api/policies': async () => ({ body: newDraft() }),
  'POST /api/policies/:id/publication': async (world) => ({
    params: { id: await world.idOf('/api/policies', newDraft()) },
  }),
}
