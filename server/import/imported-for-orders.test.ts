import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isRefusal } from '#contract/problem.ts'
import { checkImport } from '#server/import/check-import.ts'
import { openFolder } from '#server/import/testing-import.ts'
import { undoImport } from '#server/import/undo-import.ts'
import { type CreditStories, openCreditStories, stagesOf } from '#server/testing-credit.ts'

let stories: CreditStories
let files: ReturnType<typeof openFolder>
before(async () => {
  stories = await openCreditStories('2026-11-24')
  files = openFolder()
})
after(async () => {
  files.close()
  await stories.proveAndClose()
})

const accountant = () => stories.server.database.context('accountant')

async function imported(code: string, rows: readonly string[]): Promise<string> {
  const head = 'invoice no,customer code,invoice date,due date,amount,order no,currency'
  const lines = rows.map((row) => {
    const [number, amount, order, currency = 'CNY'] = row.split(' ')
    return `${number},${code},2026-11-24,2026-12-24,${amount},${order},${currency}`
  })
  const path = files.fileOf(`${[head, ...lines].join('\n')}\n`)
  const request = { kind: 'invoices', path, options: {}, take: 'all' } as const
  const outcome = await checkImport(accountant(), request)
  assert.ok(!isRefusal(outcome) && outcome.kind === 'applied', JSON.stringify(outcome))
  return outcome.batch.id
}

test('an imported invoice gives back its own part when it is voided', async () => {
  const customer = await stories.customer('10000.00')
  const lines = [{ item: '轴承', quantity: '100', unitPrice: '10' }]
  for (const number of ['IMP-1', 'IMP-2']) {
    const asked = { party: customer.id, number, currency: 'CNY', lines }
    const { order } = (await stories.post('/api/orders', asked)) as { order: { id: string } }
    await stories.post(`/api/orders/${order.id}/confirm`, {})
    const delivered = [{ line: 1, quantity: '50' }]
    await stories.post(`/api/orders/${order.id}/deliveries`, { lines: delivered })
  }
  const stages = async () => stagesOf(await stories.own(customer))
  assert.deepEqual(await stages(), { order: 1000, delivered: 1000 })
  const rows = ['A-1 300.00 IMP-1', 'A-2 400.00 IMP-1', 'A-3 100.00 IMP-2', 'A-4 50.00 IMP-2 USD']
  await imported(customer.code, rows)
  assert.deepEqual(await stages(), { order: 800, delivered: 400, invoiced: 800 })
  const { items } = await stories.get(`/api/invoices?party=${customer.id}`)
  const voided = async (number: string) => {
    const invoice = (items as { id: string; number: string }[]).find((one) => one.number === number)
    await stories.post(`/api/invoices/${customer.id}/${invoice?.id}/void`, { reason: '开错' })
  }
  await voided('A-4')
  assert.deepEqual(await stages(), { order: 800, delivered: 400, invoiced: 800 })
  await voided('A-1')
  assert.deepEqual(await stages(), { order: 800, delivered: 700, invoiced: 500 })
  await voided('A-3')
  assert.deepEqual(await stages(), { order: 800, delivered: 800, invoiced: 400 })
  await voided('A-2')
  assert.deepEqual(await stages(), { order: 1000, delivered: 1000 })
})

test('an import that is undone gives back what an order billed by it counts without', async () => {
  const customer = await stories.customer('10000.00')
  const lines = [{ item: '轴承', quantity: '50', unitPrice: '10' }]
  const asked = { party: customer.id, number: 'UNDO-1', currency: 'CNY', lines }
  const { order } = (await stories.post('/api/orders', asked)) as { order: { id: string } }
  const batchId = await imported(customer.code, ['U-1 300.00 UNDO-1'])
  const stages = async () => stagesOf(await stories.own(customer))
  await stories.post(`/api/orders/${order.id}/confirm`, {})
  assert.deepEqual(await stages(), { order: 200, invoiced: 300 })
  await stories.post(`/api/orders/${order.id}/close`, {})
  await stories.post(`/api/orders/${order.id}/reopen`, {})
  assert.deepEqual(await stages(), { order: 200, invoiced: 300 })
  const undone = await undoImport(accountant(), batchId)
  assert.ok(!isRefusal(undone), JSON.stringify(undone))
  assert.deepEqual(await stages(), { order: 500 })
  await stories.post(`/api/orders/${order.id}/deliveries`, {})
  assert.deepEqual(await stages(), { delivered: 500 })
})
