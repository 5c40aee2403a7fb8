import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  type Body,
  type CreditStories,
  type Customer,
  openCreditStories,
  stagesOf,
} from '#server/testing-credit.ts'

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.proveAndClose())

const bill = async (party: string, number: string, amount: string, more: Body = {}) => {
  const body = { party, number, currency: 'CNY', amount, dueOn: '2027-02-24', ...more }
  const { id } = await story.post('/api/bills', body)
  return `/api/credits/${party}/${id}`
}

const stages = async (customer: Customer) => stagesOf(await story.own(customer))

/** An order of so many pieces at 10.00, confirmed; gives its URL. */
async function confirmed(party: string, number: string, quantity: string, more: Body = {}) {
  const lines = [{ item: '泵', quantity, unitPrice: '10.00' }]
  const made = await story.post('/api/orders', { party, number, currency: 'CNY', lines, ...more })
  const url = `/api/orders/${(made.order as { id: string }).id}`
  const { order } = await story.post(`${url}/confirm`)
  assert.equal((order as { state: string }).state, 'confirmed')
  return url
}

test('a bill settles the oldest invoices, what is left of it covers the rest', async () => {
  const customer = await story.customer('10000.00')
  await story.invoice(customer.id, 'B-INV-1', '300.00')
  await story.invoice(customer.id, 'B-INV-2', '400.00')
  const first = await bill(customer.id, 'B-1', '500.00')
  assert.deepEqual(await stages(customer), { invoiced: 200, bill: 500 })
  const second = await bill(customer.id, 'B-2', '250.00')
  assert.deepEqual(await stages(customer), { bill: 750, prepayment: 50 })
  await story.post(`${first}/collection`, { on: '2026-11-24' })
  assert.deepEqual(await stages(customer), { bill: 250, prepayment: 50 })
  await story.refused('wrong-state', /collected on/, 'POST', `${first}/collection`, {})
  const returned = { reason: '拒付', returned: true }
  await story.refused('wrong-state', /cannot return/, 'POST', `${first}/void`, returned)
  await story.post(`${second}/void`, returned)
  assert.deepEqual(await stages(customer), { invoiced: 200 })
  await story.refused('wrong-state', /voided on/, 'POST', `${second}/collection`, {})
})

test('a dishonoured bill is remembered as a returned payment, a mistaken one is not', async () => {
  const customer = await story.customer('10000.00')
  await story.invoice(customer.id, 'D-INV-1', '300.00')
  const mistaken = await bill(customer.id, 'D-1', '300.00')
  await story.post(`${mistaken}/void`, { reason: '录错' })
  const fired = async () => {
    const answer = await story.check({ party: customer.id, amount: '1.00' })
    return answer.fired.map(({ rule }) => rule)
  }
  assert.deepEqual([await stages(customer), await fired()], [{ invoiced: 300 }, []])
  const dishonoured = await bill(customer.id, 'D-2', '300.00')
  await story.post(`${dishonoured}/void`, { reason: '余额不足', returned: true })
  assert.deepEqual(
    [await stages(customer), await fired()],
    [{ invoiced: 300 }, ['payment-returned']],
  )
})

test('what cannot be a bill is refused with its field', async () => {
  const customer = await story.customer('10000.00')
  const good = { party: customer.id, number: 'X-1', currency: 'CNY', amount: '10.00' }
  // biome-ignore format: a table
  const bad: [Body, RegExp][] = [
    [{ dueOn: '2026-11-23' }, /dueOn: 2026-11-23 lies before the bill came/],
    [{ dueOn: '2027-02-24', receivedOn: '2026-11-25' }, /receivedOn/],
    [{ dueOn: '2027-02-24', amount: '-1' }, /above zero/],
    [{ dueOn: '2027-02-24', currency: 'QQQ' }, /currency/],
  ]
  for (const [change, detail] of bad) {
    await story.refused('invalid-input', detail, 'POST', '/api/bills', { ...good, ...change })
  }
  const receipt = await story.post('/api/receipts', { ...good, number: 'X-2' })
  const url = `/api/credits/${customer.id}/${receipt.id}/collection`
  await story.refused('not-found', /no such bill/, 'POST', url, {})
})

test('an invoice for an order stands where the order stood, and takes over no more', async () => {
  const customer = await story.customer('10000.00')
  const order = await confirmed(customer.id, 'O-1', '50', { segment: '备件' })
  await story.post(`${order}/deliveries`, { lines: [{ line: 1, quantity: '20' }] })
  const billed = { orderNumber: 'O-1' }
  const invoice = await story.invoice(customer.id, 'O-INV-1', '600.00', billed)
  assert.equal(invoice.segment, '备件')
  const { items } = await story.get(`/api/parties/${customer.id}/credit-accounts`)
  type Account = Parameters<typeof stagesOf>[0]
  const segment = (items as Account[]).find(({ level }) => level === 'segment')
  assert.ok(segment)
  assert.deepEqual(stagesOf(segment), { invoiced: 600 })
  await story.invoice(customer.id, 'O-INV-2', '50.00', billed)
  await story.invoice(customer.id, 'O-INV-3', '7.00', { orderNumber: 'NO-SUCH' })
  assert.deepEqual(await stages(customer), { invoiced: 657 })
})

test('an invoice in another currency than its order leaves the order alone', async () => {
  const customer = await story.customer('10000.00')
  await confirmed(customer.id, 'C-1', '50')
  await story.invoice(customer.id, 'C-INV-1', '70.00', { orderNumber: 'C-1', currency: 'USD' })
  assert.deepEqual(await stages(customer), { order: 500 })
  assert.deepEqual(stagesOf(await story.own(customer), 'USD'), { invoiced: 70 })
})

test('imported invoices take over what they bill, and their undoing gives it back', async () => {
  const customer = await story.customer('10000.00')
  const order = await confirmed(customer.id, 'I-1', '50')
  await story.post(`${order}/deliveries`, { lines: [{ line: 1, quantity: '20' }] })
  await confirmed(customer.id, 'I-2', '30')
  const before = { order: 600, delivered: 200 }
  assert.deepEqual(await stages(customer), before)
  const text = `invoice no,customer code,invoice date,due date,amount,order no
I-INV-1,${customer.code},2026-11-20,2026-12-20,120.00,I-1
I-INV-2,${customer.code},2026-11-20,2026-12-20,180.00,I-1
I-INV-3,${customer.code},2026-11-20,2026-12-20,50.00,I-2
I-INV-4,${customer.code},2026-11-20,2026-12-20,11.00,
`
  const file = { name: 'invoices.csv', text, fields: { kind: 'invoices' } }
  const batch = await story.server.world.upload('/api/imports', file)
  const url = `/api/imports/${batch.id}`
  await story.post(`${url}/apply`, { onlyGood: false })
  assert.deepEqual(await stages(customer), { order: 450, invoiced: 361 })
  await story.proveLedger()
  await story.post(`${url}/undo`, {})
  assert.deepEqual(await stages(customer), before)
})

// What was billed ahead is given back as what it is by then: the goods may have left since.
// biome-ignore format: a table
const voids: [string, (of: Billed) => Promise<unknown>, Body][] = [
  ['an open order', async () => {}, { order: 500 }],
  ['a cancelled order', (of) => of.act('cancel', { reason: '客户取消' }), {}],
  ['an order that was cancelled and taken up again', async (of) => {
    await of.act('cancel', { reason: '客户取消' })
    await of.act('reopen', {})
  }, { order: 500 }],
  ['an order that was delivered since', (of) => of.act('deliveries', {}), { delivered: 500 }],
  ['an order that was delivered and closed', async (of) => {
    await of.act('deliveries', {})
    const { id } = await story.invoice(of.party, `${of.number}-B`, '300.00', { orderNumber: of.number })
    await of.act('close', {})
    return id
  }, { delivered: 200, invoiced: 300 }],
  ['an order of which a part was delivered and the rest given up', async (of) => {
    await of.act('deliveries', { lines: [{ line: 1, quantity: '30' }], complete: true })
    await story.invoice(of.party, `${of.number}-B`, '100.00', { orderNumber: of.number })
    await of.act('close', {})
  }, { delivered: 200, invoiced: 100 }],
]

type Billed = {
  readonly party: string
  readonly number: string
  act(what: string, body: Body): Promise<unknown>
}

test('an order that is taken up again after its invoice was voided counts in full', async () => {
  const customer = await story.customer('10000.00')
  const order = await confirmed(customer.id, 'AGAIN-1', '50')
  const { id } = await story.invoice(customer.id, 'AGAIN-INV', '200.00', { orderNumber: 'AGAIN-1' })
  await story.post(`${order}/cancel`, { reason: '客户取消' })
  await story.post(`/api/invoices/${customer.id}/${id}/void`, { reason: '开错' })
  assert.deepEqual(await stages(customer), {})
  await story.post(`${order}/reopen`)
  assert.deepEqual(await stages(customer), { order: 500 })
})

for (const [name, since, expected] of voids) {
  test(`a void invoice gives back what it had billed ahead of ${name}`, async () => {
    const customer = await story.customer('10000.00')
    const number = story.server.world.unique('AHEAD-')
    const order = await confirmed(customer.id, number, '50')
    const { id } = await story.invoice(customer.id, `${number}-A`, '200.00', {
      orderNumber: number,
    })
    assert.deepEqual(await stages(customer), { order: 300, invoiced: 200 })
    const act: Billed['act'] = (what, body) => story.post(`${order}/${what}`, body)
    await since({ party: customer.id, number, act })
    await story.post(`/api/invoices/${customer.id}/${id}/void`, { reason: '开错' })
    assert.deepEqual(await stages(customer), expected)
  })
}
