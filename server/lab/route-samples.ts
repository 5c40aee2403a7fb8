import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { RouteSamples } from '#server/platform/route-sample.ts'

function asked(): { tried: unknown; months: number; vary: unknown } {
  const file = join(import.meta.dirname, '../../packs/standard/check-rules.yaml')
  const document = parse(readFileSync(file, 'utf8'))
  const vary = { pointer: '/graceDays', values: ['5'] }
  return { tried: { kind: 'check-rules', document }, months: 3, vary }
}

export const labSamples: RouteSamples = {
  'POST /api/policy-replays': async () => ({ body: asked() }),
  'POST /api/policy-pilots/:rule/drafts': async () => ({
    params: { rule: 'overdue-30' },
    body: { reaction: 'shadow' },
  }),
  'POST /api/policy-replays/:id/drafts': async (world) => {
    const { jobId } = await world.call('POST', '/api/policy-replays', asked())
    await world.jobDone(String(jobId))
    return { params: { id: String(jobId) }, body: { value: '5' } }
  },
}
