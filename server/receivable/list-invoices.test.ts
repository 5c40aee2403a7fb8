import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { InvoiceQuery } from '#contract/receivable-list.ts'
import { closeDispute } from '#server/receivable/close-dispute.ts'
import { accepted, refused, storiesOf } from '#server/receivable/ledger-for.test.ts'
import { listCredits } from '#server/receivable/list-credits.ts'
import { listInvoices } from '#server/receivable/list-invoices.ts'
import { openDispute } from '#server/receivable/open-dispute.ts'
import { recordPromise } from '#server/receivable/record-promise.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { showInvoice } from '#server/receivable/show-document.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let story: ReturnType<typeof storiesOf>
before(async () => {
  database = await openTestDatabase()
  story = storiesOf(database)
})
after(() => database.close())

const today = '2026-11-24'

/** The numbers on all pages of a list, read two by two. */
async function numbersOf(query: InvoiceQuery): Promise<string[]> {
  const numbers: string[] = []
  let after: string | undefined
  for (;;) {
    const next: InvoiceQuery = { ...query, limit: 2, ...(after === undefined ? {} : { after }) }
    const page = accepted(await listInvoices(story.on(today), next))
    numbers.push(...page.items.map((item) => item.number))
    if (page.next === null) return numbers
    after = page.next
  }
}

test('invoices are listed by state, customer, due day and number, page by page', async () => {
  const [first, second] = [await story.newParty(), await story.newParty()]
  await story.invoice(first, { number: 'L-01', due: '2026-10-05' })
  await story.invoice(first, { number: 'L-02', due: '2026-11-30' })
  await story.invoice(first, { number: 'L-03', due: '2026-10-05' })
  await story.invoice(second, { number: 'L-04', due: '2026-11-20' })
  await story.invoice(second, { number: 'M%_1', due: '2026-11-24', currency: 'USD' })
  const paid = [{ number: 'L-03' }]
  const receipt = { party: first, currency: 'CNY', amount: '100.00', allocate: paid }
  accepted(await recordReceipt(story.on(today), receipt))
  const rows: readonly (readonly [InvoiceQuery, string[]])[] = [
    [{}, ['L-01', 'L-04', 'M%_1', 'L-02']],
    [{ state: 'overdue' }, ['L-01', 'L-04']],
    [{ state: 'all', party: first }, ['L-02', 'L-03', 'L-01']],
    [{ party: second }, ['L-04', 'M%_1']],
    [{ currency: 'USD' }, ['M%_1']],
    [{ dueFrom: '2026-11-20', dueTo: '2026-11-24' }, ['L-04', 'M%_1']],
    [{ number: 'L-0' }, ['L-01', 'L-02', 'L-03', 'L-04']],
    [{ number: 'L-0', state: 'open', party: first }, ['L-01', 'L-02']],
    [{ number: 'M%' }, ['M%_1']],
    [{ number: '%' }, []],
  ]
  for (const [query, numbers] of rows) {
    assert.deepEqual(await numbersOf(query), numbers, JSON.stringify(query))
  }
  const [item] = accepted(await listInvoices(story.on(today), { number: 'L-01' })).items
  assert.deepEqual([item?.daysPastDue, item?.open], [50, '100.00'])
  refused(await listInvoices(story.on(today), { after: 'abc' }), 'invalid-input', /after/)
  refused(await listInvoices(story.on(today), { party: '无' }), 'not-found', /无/)
})

test('credits are listed latest first, those with something left on their own', async () => {
  const party = await story.newParty()
  for (const [number, receivedOn] of [
    ['C-1', '2026-11-01'],
    ['C-2', '2026-11-03'],
  ] as const) {
    const receipt = { party, number, receivedOn, currency: 'CNY', amount: '10.00' }
    accepted(await recordReceipt(story.on(today), receipt))
  }
  await story.invoice(party, { amount: '10.00' })
  const lines = { party, number: 'C-3', currency: 'CNY', amount: '10.00' }
  accepted(await recordReceipt(story.on(today), lines))
  const list = async (query: Parameters<typeof listCredits>[1]) =>
    accepted(await listCredits(story.on(today), { party, ...query })).items.map((c) => c.number)
  assert.deepEqual(await list({}), ['C-3', 'C-2', 'C-1'])
  assert.deepEqual(await list({ state: 'unapplied' }), ['C-2', 'C-1'])
  assert.deepEqual(await list({ kind: 'write-off' }), [])
})

test('an invoice is contested once at a time, from its day on', async () => {
  const party = await story.newParty()
  const invoice = await story.invoice(party, { number: 'D-1' })
  const open = (openedOn: string) =>
    openDispute(story.on(today), invoice, { reason: '质量问题', openedOn })
  refused(await open('2026-09-30'), 'wrong-state', /D-1 is of 2026-10-01/)
  const dispute = accepted(await open('2026-10-10'))
  refused(await open('2026-10-11'), 'wrong-state', /in dispute since 2026-10-10/)
  const close = (closedOn: string) => closeDispute(story.on(today), dispute, { closedOn })
  refused(await close('2026-10-09'), 'invalid-input', /opened later/)
  accepted(await close('2026-10-20'))
  refused(await close('2026-10-21'), 'wrong-state', /already/)
  accepted(await open('2026-10-21'))
  const shown = accepted(await showInvoice(database.db, invoice))
  assert.deepEqual(
    shown.disputes.map((one) => [one.openedOn, one.closedOn]),
    [
      ['2026-10-10', '2026-10-20'],
      ['2026-10-21', null],
    ],
  )
})

test('a promise is for a day that is not past when it is made', async () => {
  const party = await story.newParty()
  const promise = { currency: 'CNY', amount: '88.00', madeOn: '2026-11-20' }
  const record = (promisedOn: string) =>
    recordPromise(story.on(today), party, { ...promise, promisedOn })
  refused(await record('2026-11-19'), 'invalid-input', /promisedOn/)
  assert.equal(accepted(await record('2026-11-30')).amount, '88.00')
})
