import type { RouteSamples } from '#server/platform/route-sample.ts'

const source = 'a sample'

export const indicatorSamples: RouteSamples = {
  'POST /api/parties/:partyId/facts': async (world) => ({
    params: { partyId: await world.newParty() },
    body: {
      facts: [{ indicator: 'dishonest_debtor', value: '0', effectiveOn: '2024-01-31', source }],
    },
  }),
  'POST /api/parties/:partyId/statements': async (world) => ({
    params: { partyId: await world.newParty() },
    body: {
      closedOn: '2023-12-31',
      months: 12,
      currency: 'CNY',
      source,
      lines: { revenue: '1000.00' },
      acceptDifferences: true,
    },
  }),
}
