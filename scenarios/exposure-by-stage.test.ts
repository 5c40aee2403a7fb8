import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyExposure } from '#server/check/verify-exposure.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

// What each event does to the stages of a customer's exposure, a line each: the steps, and what
// stands afterwards. Every line is proved by the ledger's own verification too.

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

type Json = Readonly<Record<string, unknown>>

async function call(method: string, url: string, body?: unknown): Promise<Json> {
  const asked = { method, url, ...(body === undefined ? {} : { body }) }
  const reply = await server.send({ ...asked, headers: server.as.admin })
  assert.ok(reply.status < 300, `${method} ${url}: ${reply.text}`)
  return reply.json
}

/** One customer with a wide limit, and short words for what happens to it. */
class Trade {
  readonly party: string
  readonly account: string
  readonly ids = new Map<string, string>()
  constructor(party: string, account: string) {
    this.party = party
    this.account = account
  }

  async order(number: string, quantity: string): Promise<void> {
    const lines = [{ item: '泵', quantity, unitPrice: '100.00' }]
    const of = { party: this.party, number: this.#own(number), currency: 'CNY', lines }
    const made = (await call('POST', '/api/orders', of)).order as { id: string }
    this.ids.set(number, made.id)
    await this.act(number, 'confirm')
  }

  async act(number: string, what: string, body: unknown = {}): Promise<Json> {
    return call('POST', `/api/orders/${this.ids.get(number)}/${what}`, body)
  }

  amend(number: string, change: unknown): Promise<Json> {
    return call('PUT', `/api/orders/${this.ids.get(number)}`, change)
  }

  async deliver(number: string, quantity: string, more: Json = {}): Promise<void> {
    await this.act(number, 'deliveries', { lines: [{ line: 1, quantity }], ...more })
  }

  async invoice(number: string, amount: string, order?: string): Promise<void> {
    const reply = await call('POST', '/api/invoices', {
      ...{ party: this.party, number, currency: 'CNY', amount, terms: 'net-30' },
      ...{ issuedOn: server.world.dayFromToday(-1) },
      ...(order === undefined ? {} : { orderNumber: this.#own(order) }),
    })
    this.ids.set(number, reply.id as string)
  }

  voidInvoice(number: string): Promise<Json> {
    const url = `/api/invoices/${this.party}/${this.ids.get(number)}`
    return call('POST', `${url}/void`, { reason: '开错' })
  }

  writeOff(number: string, amount: string): Promise<Json> {
    const url = `/api/invoices/${this.party}/${this.ids.get(number)}`
    return call('POST', `${url}/write-off`, { amount, note: '破产' })
  }

  async credit(url: string, number: string, amount: string, more: Json = {}): Promise<void> {
    const body = { party: this.party, number, currency: 'CNY', amount, ...more }
    this.ids.set(number, (await call('POST', url, body)).id as string)
  }

  creditAct(number: string, what: string, body: unknown = {}): Promise<Json> {
    return call('POST', `/api/credits/${this.party}/${this.ids.get(number)}/${what}`, body)
  }

  async stages(): Promise<Json> {
    const shown = await call('GET', `/api/credit-accounts/${this.party}/${this.account}`)
    const [balance] = shown.balances as { stages: Record<string, string> }[]
    const whole = Object.entries(balance?.stages ?? {})
    return Object.fromEntries(whole.map(([stage, amount]) => [stage, Number(amount)]))
  }

  #own(number: string): string {
    return `${number}-${this.party.slice(-6)}`
  }
}

async function newTrade(): Promise<Trade> {
  const party = await server.world.newParty()
  const { id } = await call('POST', `/api/parties/${party}/credit-accounts`, { level: 'party' })
  await call('PUT', `/api/credit-accounts/${party}/${id}/limit`, {
    ...{ limit: '1000000.00', currency: 'CNY', toOn: server.world.dayFromToday(90) },
    reason: '测试',
  })
  return new Trade(party, id as string)
}

const dueOn = () => server.world.dayFromToday(90)

const rules: readonly [string, (of: Trade) => Promise<unknown>, Json][] = [
  ['an order that is confirmed counts as ordered', (of) => of.order('A', '10'), { order: 1000 }],
  [
    'a partial delivery moves its part',
    async (of) => {
      await of.order('A', '10')
      await of.deliver('A', '4')
    },
    { order: 600, delivered: 400 },
  ],
  [
    'a delivery that completes the order leaves nothing ordered',
    async (of) => {
      await of.order('A', '10')
      await of.deliver('A', '4', { complete: true })
    },
    { delivered: 400 },
  ],
  [
    'an over-delivery raises the exposure by what is too much',
    async (of) => {
      await of.order('A', '10')
      await of.amend('A', { overDelivery: '20%' })
      await of.deliver('A', '11')
    },
    { delivered: 1100 },
  ],
  [
    'a smaller quantity lowers what is ordered',
    async (of) => {
      await of.order('A', '10')
      await of.amend('A', { lines: [{ line: 1, item: '泵', quantity: '7', unitPrice: '100.00' }] })
    },
    { order: 700 },
  ],
  [
    'a higher price raises it, through the gate',
    async (of) => {
      await of.order('A', '10')
      await of.amend('A', { lines: [{ line: 1, item: '泵', quantity: '10', unitPrice: '110.00' }] })
    },
    { order: 1100 },
  ],
  [
    'goods that come back before they are invoiced count no more',
    async (of) => {
      await of.order('A', '10')
      await of.deliver('A', '10', { number: 'D-1' })
      const lines = [{ line: 1, quantity: '3' }]
      await of.act('A', 'returns', { delivery: 'D-1', lines, reason: '损坏' })
    },
    { delivered: 700 },
  ],
  [
    'a cancelled order counts no more',
    async (of) => {
      await of.order('A', '10')
      await of.act('A', 'cancel', { reason: '客户取消' })
    },
    {},
  ],
  [
    'an order that is opened again counts again',
    async (of) => {
      await of.order('A', '10')
      await of.act('A', 'cancel', { reason: '客户取消' })
      await of.act('A', 'reopen')
    },
    { order: 1000 },
  ],
  ['an invoice counts as invoiced', (of) => of.invoice('I', '500.00'), { invoiced: 500 }],
  [
    'an invoice for an order takes over what is delivered first, then what is ordered',
    async (of) => {
      await of.order('A', '10')
      await of.deliver('A', '4')
      await of.invoice('I', '500.00', 'A')
    },
    { order: 500, invoiced: 500 },
  ],
  [
    'a void invoice gives back what it took over',
    async (of) => {
      await of.order('A', '10')
      await of.deliver('A', '4')
      await of.invoice('I', '500.00', 'A')
      await of.voidInvoice('I')
    },
    { order: 600, delivered: 400 },
  ],
  [
    'a payment settles, and what is left of it covers the rest',
    async (of) => {
      await of.invoice('I', '500.00')
      await of.credit('/api/receipts', 'R', '800.00')
    },
    { prepayment: 300 },
  ],
  [
    'a payment that returned leaves what it had paid',
    async (of) => {
      await of.invoice('I', '500.00')
      await of.credit('/api/receipts', 'R', '800.00')
      await of.creditAct('R', 'void', { reason: '退票', returned: true })
    },
    { invoiced: 500 },
  ],
  [
    'a credit note covers until it is set against an invoice',
    (of) => of.credit('/api/credits', 'C', '120.00', { reason: 'return' }),
    { prepayment: 120 },
  ],
  [
    'and then settles it',
    async (of) => {
      await of.invoice('I', '500.00')
      await of.credit('/api/credits', 'C', '120.00', { reason: 'return' })
      await of.creditAct('C', 'allocations', { allocate: 'oldest-first' })
    },
    { invoiced: 380 },
  ],
  [
    'what is written off is at risk no more',
    async (of) => {
      await of.invoice('I', '500.00')
      await of.writeOff('I', '200.00')
    },
    { invoiced: 300 },
  ],
  [
    'a bill settles the invoice and is at risk itself',
    async (of) => {
      await of.invoice('I', '500.00')
      await of.credit('/api/bills', 'B', '500.00', { dueOn: dueOn() })
    },
    { bill: 500 },
  ],
  [
    'until it is paid',
    async (of) => {
      await of.invoice('I', '500.00')
      await of.credit('/api/bills', 'B', '500.00', { dueOn: dueOn() })
      await of.creditAct('B', 'collection')
    },
    {},
  ],
  [
    'a dishonoured bill pushes the amount back to the invoice',
    async (of) => {
      await of.invoice('I', '500.00')
      await of.credit('/api/bills', 'B', '600.00', { dueOn: dueOn() })
      await of.creditAct('B', 'void', { reason: '拒付', returned: true })
    },
    { invoiced: 500 },
  ],
  [
    'a letter of credit, insured cover and collateral count with their share',
    async (of) => {
      const url = `/api/parties/${of.party}/securities`
      const security = (kind: string, counts: string) => ({
        ...{ kind, number: kind, currency: 'CNY', amount: '1000.00', counts, toOn: dueOn() },
      })
      await call('POST', url, security('letter-of-credit', '100%'))
      await call('POST', url, security('insured', '90%'))
      await call('POST', url, security('collateral', '60%'))
    },
    { 'letter-of-credit': 1000, insured: 900, collateral: 600 },
  ],
]

for (const [name, steps, expected] of rules) {
  test(name, async () => {
    const trade = await newTrade()
    await steps(trade)
    assert.deepEqual(await trade.stages(), expected)
  })
}

test('after all of this the ledger is proved by itself and beside the book', async () => {
  const proof = await verifyExposure(server.database.db)
  assert.deepEqual(proof.differences, [])
  assert.ok(proof.entries > 60, `${proof.entries} entries`)
})
