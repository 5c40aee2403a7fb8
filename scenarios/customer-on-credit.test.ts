import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { HoldPage } from '#contract/hold.ts'
import type { Notice } from '#contract/notice.ts'
import type { OrderAnswer } from '#contract/order.ts'
import { sealEverything } from '#server/audit/testing.ts'
import { verifyAudit } from '#server/audit/verify-audit.ts'
import { verifyLedger } from '#server/receivable/verify-ledger.ts'
import { replayDecisions } from '#server/scoring/replay-decisions.ts'
import {
  type Body,
  type CreditStories,
  openCreditStories,
  stagesOf,
} from '#server/testing-credit.ts'

// A maker of bearings sells to 江南泵业 on credit: half a year, day by day, through the API. The cast:
// 林晓 sells, 周敏 is the credit manager, 吴会计 keeps the receivables. Bearings cost 1,000 a set.

let story: CreditStories
let customer: string
let account: string
const cookies = new Map<string, string>()

before(async () => {
  story = await openCreditStories('2026-11-02')
  cookies.set('林晓', await story.hire('林晓', 'sales'))
  cookies.set('周敏', await story.hire('周敏', 'credit-manager'))
  cookies.set('吴会计', await story.hire('吴会计', 'accountant'))
})
after(() => story.close())

/** What a person does or reads, in their own name. */
const by = (name: string, method: string, url: string, body?: unknown) =>
  story.accepted(method, url, body, { cookie: cookies.get(name) ?? '' })

const accountUrl = () => `/api/credit-accounts/${customer}/${account}`

/** Ids of orders, and of a bill, by number. */
const orders = new Map<string, string>()
const act = async (name: string, number: string, what: string, body: unknown = {}) =>
  (await by(name, 'POST', `/api/orders/${orders.get(number)}/${what}`, body)) as OrderAnswer

/** 林晓 writes an order over so many sets down and confirms it. */
async function order(number: string, quantity: string): Promise<OrderAnswer> {
  const lines = [{ item: '轴承 6204', quantity, unit: '套', unitPrice: '1000.00' }]
  const wanted = { party: customer, number, currency: 'CNY', salesperson: '林晓', lines }
  const made = (await by('林晓', 'POST', '/api/orders', wanted)) as OrderAnswer
  orders.set(number, made.order.id)
  return act('林晓', number, 'confirm')
}

const ship = (number: string, quantity: string, delivery: string) =>
  act('林晓', number, 'deliveries', { number: delivery, lines: [{ line: 1, quantity }] })

const book = (url: string, body: Body) =>
  by('吴会计', 'POST', url, { party: customer, currency: 'CNY', ...body })

/** What the gate said, as a person reads it. */
const answerTo = ({ check }: OrderAnswer) =>
  check && story.explained({ partyId: customer, decisionId: check.decisionId })

/** What stands in the evening, and what people were told since the evening before. */
async function evening() {
  await story.settled()
  const shown = await story.account({ partyId: customer, id: account })
  return {
    ...{ stages: stagesOf(shown), available: shown.available },
    holds: (await waiting()).map(
      ({ amount, number, rules }) => `${number} ${amount}: ${rules.join(', ')}`,
    ),
    told: { 林晓: await news('林晓'), 周敏: await news('周敏') },
  }
}

async function waiting(): Promise<HoldPage['items']> {
  return (await by('周敏', 'GET', `/api/holds?party=${customer}`)).items as HoldPage['items']
}

async function news(name: string): Promise<string[]> {
  const { items } = await by(name, 'GET', '/api/notices?unread=true')
  await by(name, 'POST', '/api/notices/read-all')
  return (items as Notice[]).map(({ kind, subject }) =>
    [kind, ...(subject.en.match(/^SO-\d/) ?? [])].join(' '),
  )
}

const day = (on: string, narration: string, tale: () => Promise<void>) =>
  test(`${on}: ${narration}`, async () => {
    story.turnTo(on)
    await tale()
  })

day('2026-11-02', '周敏 grants 江南泵业 100,000, net 30 days', async () => {
  const party = { name: '江南泵业有限公司', terms: 'net-30', salesperson: '林晓' }
  customer = String((await by('林晓', 'POST', '/api/parties', party)).id)
  account = (await story.openAccount(customer, { level: 'party' })).id
  await by('周敏', 'PUT', `${accountUrl()}/limit`, {
    ...{ limit: '100000.00', currency: 'CNY', toOn: '2027-06-30', reason: '三年合作,财报良好' },
  })
  const told = { 林晓: [], 周敏: [] }
  assert.deepEqual(await evening(), { stages: {}, available: '100000.00', holds: [], told })
})

day('2026-11-03', 'the first order, 60 sets, passes', async () => {
  const answer = await answerTo(await order('SO-1', '60'))
  assert.deepEqual(answer, { outcome: 'approved', fired: [], remedies: [] })
  const { available, stages } = await evening()
  assert.deepEqual([stages, available], [{ order: 60_000 }, '40000.00'])
})

day('2026-11-05', 'a second order of 50 sets is 5,000 too much and is held', async () => {
  assert.deepEqual(await answerTo(await order('SO-2', '50')), {
    outcome: 'held',
    fired: ['hold limit', 'warn utilisation'],
    remedies: [
      'Reduce the amount to CNY 45,000.00',
      'Take at most 45 套 (CNY 45,000.00)',
      'Ship on 2027-02-04 or later',
      'Prepay CNY 5,000.00, or bring security for as much',
      'Grant customer P000001 a limit of CNY 104,761.91',
    ],
  })
  assert.deepEqual(await evening(), {
    stages: { order: 60_000 },
    available: '40000.00',
    holds: ['SO-2 50000.00: limit'],
    told: { 林晓: ['hold.opened SO-2'], 周敏: ['hold.opened SO-2'] },
  })
})

day('2026-11-09', 'SO-1 ships and is invoiced; that makes no room', async () => {
  await ship('SO-1', '60', 'D-1')
  await act('吴会计', 'SO-1', 'invoices', { number: 'INV-1' })
  assert.deepEqual(await evening(), {
    stages: { invoiced: 60_000 },
    available: '40000.00',
    holds: ['SO-2 50000.00: limit'],
    told: { 林晓: [], 周敏: [] },
  })
})

day('2026-11-11', '江南泵业 pays 20,000, and SO-2 is released by itself', async () => {
  await book('/api/receipts', { amount: '20000.00', number: 'R-1' })
  assert.deepEqual(await evening(), {
    stages: { order: 50_000, invoiced: 40_000 },
    available: '10000.00',
    holds: [],
    told: { 林晓: ['hold.released SO-2'], 周敏: [] },
  })
})

day('2026-11-16', '30 of 50 sets ship, 20 are still to come', async () => {
  const shipped = await ship('SO-2', '30', 'D-2')
  assert.deepEqual(await answerTo(shipped), { outcome: 'approved', fired: [], remedies: [] })
  const { available, stages } = await evening()
  const inAll = { order: 20_000, delivered: 30_000, invoiced: 40_000 }
  assert.deepEqual([stages, available], [inAll, '10000.00'])
})

day('2026-11-18', '5 sets come back damaged, and the rest is invoiced', async () => {
  const back = { delivery: 'D-2', lines: [{ line: 1, quantity: '5' }], reason: '包装破损' }
  await act('林晓', 'SO-2', 'returns', back)
  const returned = { order: 20_000, delivered: 25_000, invoiced: 40_000 }
  assert.deepEqual((await evening()).stages, returned)
  await act('吴会计', 'SO-2', 'invoices', { number: 'INV-2' })
  const { available, stages } = await evening()
  assert.deepEqual([stages, available], [{ order: 20_000, invoiced: 65_000 }, '15000.00'])
})

day('2026-11-20', 'two more sets come back after the invoice: a credit note', async () => {
  const note = { number: 'CN-1', amount: '2000.00', reason: 'return' }
  await book('/api/credits', { ...note, allocate: [{ number: 'INV-2' }] })
  const { available, stages } = await evening()
  assert.deepEqual([stages, available], [{ order: 20_000, invoiced: 63_000 }, '17000.00'])
})

day('2026-11-25', 'a bill of 40,000 settles INV-1 and is at risk itself', async () => {
  const bill = { number: 'BILL-1', amount: '40000.00', dueOn: '2027-01-25' }
  orders.set('BILL-1', String((await book('/api/bills', bill)).id))
  const { available, stages } = await evening()
  const atRisk = { order: 20_000, invoiced: 23_000, bill: 40_000 }
  assert.deepEqual([stages, available], [atRisk, '17000.00'])
})

day('2027-01-25', 'the bill is dishonoured: INV-1 is open again, and long overdue', async () => {
  const url = `/api/credits/${customer}/${orders.get('BILL-1')}/void`
  await by('吴会计', 'POST', url, { reason: '出票人账户余额不足', returned: true })
  assert.deepEqual((await evening()).stages, { order: 20_000, invoiced: 63_000 })
  const held = {
    outcome: 'held',
    fired: ['warn overdue', 'hold overdue-30', 'warn overdue-share', 'hold payment-returned'],
    remedies: [],
  }
  const asked = await answerTo(await order('SO-3', '5'))
  assert.deepEqual(asked, { ...held, fired: [...held.fired, 'warn utilisation'] })
  const delivery = await answerTo(await ship('SO-2', '20', 'D-3'))
  assert.deepEqual(delivery, { ...held, fired: held.fired.filter((rule) => !/share/.test(rule)) })
  assert.deepEqual(await evening(), {
    stages: { order: 20_000, invoiced: 63_000 },
    available: '17000.00',
    holds: [
      'SO-3 5000.00: overdue-30, payment-returned',
      'SO-2 20000.00: overdue-30, payment-returned',
    ],
    told: {
      林晓: ['hold.opened SO-2', 'hold.opened SO-3'],
      周敏: ['hold.opened SO-2', 'hold.opened SO-3'],
    },
  })
})

async function holdUrl(number: string): Promise<string> {
  const hold = (await waiting()).find((each) => each.number === number)
  return `/api/holds/${customer}/${hold?.id}`
}

day('2027-01-26', '周敏 freezes the account: not even she can release', async () => {
  const freeze = { status: 'frozen', reason: '票据拒付,核实中' }
  await by('周敏', 'PUT', `${accountUrl()}/status`, freeze)
  const cookie = cookies.get('周敏') ?? ''
  const release = `${await holdUrl('SO-3')}/release`
  const reason = { reason: '客户催货' }
  await story.refused('wrong-state', /is frozen: unfreeze it/, 'POST', release, reason, { cookie })
  const { check } = await order('SO-4', '1')
  assert.equal(check?.rules[0], 'status')
  await act('林晓', 'SO-4', 'cancel', { reason: '先解决旧账' })
  const { holds, told } = await evening()
  assert.equal(holds.length, 2)
  assert.deepEqual(told.林晓, ['hold.opened SO-4', 'account.frozen'])
})

day('2027-02-01', '江南泵业 pays all it owes; what waits now waits for the freeze', async () => {
  await book('/api/receipts', { amount: '63000.00', number: 'R-2' })
  assert.deepEqual(await evening(), {
    stages: { order: 20_000 },
    available: '80000.00',
    holds: ['SO-3 5000.00: status, payment-returned', 'SO-2 20000.00: status, payment-returned'],
    told: { 林晓: [], 周敏: [] },
  })
})

day('2027-02-03', '周敏 unfreezes and lets both pass, one until the end of the month', async () => {
  await by('周敏', 'PUT', `${accountUrl()}/status`, { status: 'open', reason: '已全额付清' })
  const reason = '已付清全部逾期'
  await by('周敏', 'POST', `${await holdUrl('SO-3')}/release`, { reason })
  await by('周敏', 'POST', `${await holdUrl('SO-2')}/release`, { reason, until: '2027-02-28' })
  assert.deepEqual(await evening(), {
    stages: { order: 25_000 },
    available: '75000.00',
    holds: [],
    told: {
      林晓: ['hold.released SO-2', 'hold.released SO-3', 'account.unfrozen'],
      周敏: ['account.unfrozen'],
    },
  })
})

day('2027-02-04', 'both orders ship in full and are invoiced', async () => {
  const last = [await ship('SO-2', '20', 'D-3'), await ship('SO-3', '5', 'D-4')]
  // One by its release, the other because it was approved within three days.
  assert.deepEqual(await Promise.all(last.map(answerTo)), [
    { outcome: 'approved', fired: ['hold payment-returned'], remedies: [] },
    { outcome: 'warned', fired: ['warn payment-returned'], remedies: [] },
  ])
  await act('吴会计', 'SO-2', 'invoices', { number: 'INV-3' })
  await act('吴会计', 'SO-3', 'invoices', { number: 'INV-4' })
  const { available, stages } = await evening()
  assert.deepEqual([stages, available], [{ invoiced: 25_000 }, '75000.00'])
})

day('2027-03-05', 'they are paid on time; the returned bill is still remembered', async () => {
  await book('/api/receipts', { amount: '25000.00', number: 'R-3' })
  assert.deepEqual((await evening()).stages, {})
  const answer = await answerTo(await order('SO-5', '10'))
  assert.deepEqual(answer, { outcome: 'held', fired: ['hold payment-returned'], remedies: [] })
  await by('周敏', 'POST', `${await holdUrl('SO-5')}/reject`, { reason: '满90天再议' })
  assert.equal((await story.get(`/api/orders/${orders.get('SO-5')}`)).state, 'draft')
})

day('2027-04-26', 'after 91 days the customer has recovered: SO-5 passes by itself', async () => {
  const answer = await answerTo(await act('林晓', 'SO-5', 'confirm'))
  assert.deepEqual(answer, { outcome: 'approved', fired: [], remedies: [] })
  const { available, stages } = await evening()
  assert.deepEqual([stages, available], [{ order: 10_000 }, '90000.00'])
})

test('the books are proved, every decision is made again, and the trail is unbroken', async () => {
  const { db } = story.server.database
  await story.proveLedger()
  assert.deepEqual((await verifyLedger(db)).differences, [])
  const replay = await replayDecisions(db, async () => {})
  assert.deepEqual([replay.differences, replay.otherEngine], [[], 0])
  assert.ok(replay.replayed >= 15, `${replay.replayed} decisions`)
  await sealEverything(db)
  assert.deepEqual((await verifyAudit(db)).findings, [])
})
