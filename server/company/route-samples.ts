import type { RouteSamples } from '#server/platform/route-sample.ts'

export const companySamples: RouteSamples = {
  'PUT /api/company': async (world) => ({ body: { name: world.unique('公司') } }),
  'POST /api/exchange-rates': async () => ({
    body: { rates: [{ from: 'USD', to: 'CNY', rateOn: '2026-11-23', rate: '7.1052' }] },
  }),
}
