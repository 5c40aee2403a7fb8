import type { RouteSamples, SampleFile, SampleWorld } from '#server/platform/route-sample.ts'

const small = 1
// Files above 5 MB are checked by a job.
const large = 60_000

function ledger(world: SampleWorld, rows: number): SampleFile {
  const name = '一个名称很长的样品导入有限责任公司'
  const lines = Array.from(
    { length: rows },
    () => `${world.unique('FP')},${name},2024-03-01,2024-03-31,"1,234.50"`,
  )
  const text = `发票号,客户名称,开票日期,到期日,金额\n${lines.join('\n')}\n`
  return { name: 'ledger.csv', text, fields: { kind: 'invoices' } }
}

async function checked(world: SampleWorld): Promise<string> {
  return String((await world.upload('/api/imports', ledger(world, small))).id)
}

async function uploaded(world: SampleWorld, rows = small): Promise<string> {
  return String((await world.upload('/api/imports/uploads', ledger(world, rows))).id)
}

export const importSamples: RouteSamples = {
  'POST /api/imports/uploads': async (world) => ({ file: ledger(world, small) }),
  'PUT /api/imports/:id': async (world) => ({
    params: { id: await uploaded(world) },
    body: { kind: 'invoices', options: { currency: 'CNY' } },
  }),
  'POST /api/imports/:id/check': async (world) => ({ params: { id: await uploaded(world) } }),
  'POST /api/imports/:id/check of a large file': async (world) => ({
    params: { id: await uploaded(world, large) },
  }),
  'POST /api/imports': async (world) => ({ file: ledger(world, small) }),
  'POST /api/imports of a large file': async (world) => ({ file: ledger(world, large) }),
  'POST /api/imports/:id/apply': async (world) => ({
    params: { id: await checked(world) },
    body: {},
  }),
  'POST /api/imports/:id/undo': async (world) => {
    const id = await checked(world)
    await world.call('POST', `/api/imports/${id}/apply`, {})
    return { params: { id } }
  },
}
