import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'

const asked = { thresholdDays: 5, horizonDays: 60 }

export const modelSamples: RouteSamples = {
  'POST /api/model-tables': async () => ({ file: { name: 'table.csv', text: smallTable() } }),
  'POST /api/scorecard-monitoring': async () => ({}),
  'POST /api/models': async () => ({ body: asked }),
  'POST /api/models/:id/drafts': async (world) => {
    await learnable(world)
    const { jobId } = await world.call('POST', '/api/models', asked)
    await world.jobDone(String(jobId))
    // The draft of the job is there: it is named, as somebody has read it.
    const { items } = await world.call('GET', '/api/policies')
    const draft = (items as { kind: string; state: string; hash: string }[]).find(
      ({ kind, state }) => kind === 'scorecard' && state === 'draft',
    )
    return { params: { id: String(jobId) }, body: { replaces: draft?.hash ?? null } }
  },
}

function smallTable(): string {
  const rows = Array.from({ length: 60 }, (_, at) => `${at},${at % 3 === 0 ? 1 : 0}`)
  return ['days,bad', ...rows].join('\n')
}

/** A customer that went bad and one that did not: the least that a training needs. */
async function learnable(world: SampleWorld): Promise<void> {
  for (const terms of ['net-30', 'net-360']) {
    await world.call('POST', '/api/invoices', {
      ...{ party: await world.newParty(), number: world.unique('MODEL'), terms },
      ...{ currency: 'CNY', amount: '1000.00', issuedOn: world.dayFromToday(-200) },
    })
  }
}
