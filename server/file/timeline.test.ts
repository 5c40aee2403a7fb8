import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { CreditFileShown } from '#contract/credit-file.ts'
import type { TimelineEvent, TimelinePage } from '#contract/timeline.ts'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

let stories: CreditStories
before(async () => {
  stories = await openCreditStories('2026-11-24')
})
after(() => stories.close())

async function timelineOf(id: string, query = ''): Promise<TimelineEvent[]> {
  const all: TimelineEvent[] = []
  for (let before = ''; ; ) {
    const url = `/api/parties/${id}/timeline?limit=3${query}${before}`
    const { items, next } = (await stories.get(url)) as TimelinePage
    all.push(...items)
    if (next === null) return all
    before = `&before=${next}`
  }
}

async function busyCustomer() {
  const customer = await stories.customer('100000.00', { terms: 'net-30' })
  const { id, code } = customer
  await stories.invoice(code, 'T-1', '5000.00', { issuedOn: '2026-08-01' })
  await stories.invoice(code, 'T-2', '7000.00', { issuedOn: '2026-09-10' })
  await stories.post('/api/receipts', {
    ...{ party: code, number: 'R-1', currency: 'CNY', amount: '5000.00' },
    receivedOn: '2026-09-05',
  })
  const promise = { currency: 'CNY', amount: '7000.00', promisedOn: '2026-12-01' }
  await stories.post(`/api/parties/${id}/promises`, promise)
  await stories.put(`/api/parties/${id}`, { region: '武汉' })
  await stories.setStatus({ partyId: id, id: customer.account }, 'frozen', '涉诉')
  await stories.post(`/api/parties/${id}/notes`, { text: '冻结后联系法务' })
  await stories.post(`/api/parties/${id}/ratings`)
  return customer
}

test('one timeline tells what happened, the latest first, each event once', async () => {
  const { id } = await busyCustomer()
  const events = await timelineOf(id)
  const kinds = events.map(({ kind }) => kind)
  for (const kind of [
    ...['party.create', 'party.change', 'credit-account.set-limit', 'credit-account.set-status'],
    ...['invoice.issued', 'receipt.received', 'promise.made', 'note.written', 'rating.first'],
  ]) {
    assert.ok(kinds.includes(kind), `${kind} is in ${kinds.join(', ')}`)
  }
  const days = events.map(({ on }) => on)
  assert.deepEqual(days, days.toSorted().toReversed())
  const names = events.map((event) => `${event.kind} ${event.id}`)
  assert.equal(new Set(names).size, names.length)
  const whole = (await stories.get(`/api/parties/${id}/timeline?limit=200`)) as TimelinePage
  assert.deepEqual(events, whole.items, 'pages are the whole in pieces')
  const invoice = events.find(({ number }) => number === 'T-2')
  assert.deepEqual(
    [invoice?.on, invoice?.amount, invoice?.currency, invoice?.ref?.kind],
    ['2026-09-10', '7000.00', 'CNY', 'invoice'],
  )
  const frozen = events.find(({ kind }) => kind === 'credit-account.set-status')
  assert.deepEqual(frozen?.facts, { status: 'frozen', reason: '涉诉' })
  const change = events.find(({ kind }) => kind === 'party.change')
  assert.deepEqual(change?.facts, { fields: ['region'] })
})

test('kinds choose topics; unknown ones and false cursors are refused', async () => {
  const { id } = await busyCustomer()
  const events = await timelineOf(id, '&kinds=invoice,receipt')
  assert.deepEqual(
    events.map(({ number }) => number),
    ['T-2', 'R-1', 'T-1'],
  )
  const url = `/api/parties/${id}/timeline`
  await stories.refused('invalid-input', /"x" is none of/, 'GET', `${url}?kinds=x`)
  await stories.refused('invalid-input', /^before: /, 'GET', `${url}?before=x`)
})

test('the credit file tells a day with its sources', async () => {
  const { id } = await busyCustomer()
  const file = (await stories.get(`/api/parties/${id}/credit-file`)) as CreditFileShown
  assert.equal(file.identity.region, '武汉')
  assert.ok(file.rating && file.rating.points.length > 0)
  assert.ok(file.rating.provenance.policies.some(({ kind }) => kind === 'scorecard'))
  assert.ok(file.limit?.formulas.every(({ terms }) => terms.length > 0))
  const [account] = file.exposure.accounts
  assert.deepEqual(account?.balances[0]?.stages, { invoiced: '7000.00' })
  assert.deepEqual([account?.status, account?.limit], ['frozen', '100000.00'])
  assert.deepEqual([account?.exposure, account?.available], ['7000.00', '93000.00'])
  assert.deepEqual(file.ageing.items[0]?.balance, '7000.00')
  assert.deepEqual(file.payment.months, [
    {
      ...{ month: '2026-09', currency: 'CNY', paid: '5000.00' },
      ...{ averageDaysLate: '5.00', averageDaysToPay: '35.00', lateShare: '1.0000' },
    },
  ])
})

test('of a past day nothing that came later counts', async () => {
  const { id } = await busyCustomer()
  const url = `/api/parties/${id}/credit-file?as-of=2026-09-04`
  const file = (await stories.get(url)) as CreditFileShown
  assert.equal(file.rating, null)
  assert.equal(file.identity.region, null, 'changed since')
  assert.deepEqual(file.payment.months, [])
  assert.equal(file.ageing.items[0]?.balance, '5000.00')
  const [account] = file.exposure.accounts
  assert.deepEqual(account?.balances[0]?.stages, { invoiced: '5000.00' })
  assert.deepEqual([account?.status, account?.limit], ['open', null])
  const later = '/credit-file?as-of=2099-01-01'
  await stories.refused('invalid-input', /not come yet/, 'GET', `/api/parties/${id}${later}`)
})
