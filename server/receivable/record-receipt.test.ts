import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { AllocationChoice, NewReceipt } from '#contract/receivable.ts'
import { allocateCredit } from '#server/receivable/allocate-credit.ts'
import { accepted, refused, storiesOf } from '#server/receivable/ledger-for.test.ts'
import { recordCreditNote } from '#server/receivable/record-credit-note.ts'
import { recordInvoice } from '#server/receivable/record-invoice.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { reverseAllocation } from '#server/receivable/reverse-allocation.ts'
import { showCredit, showInvoice } from '#server/receivable/show-document.ts'
import { verifyLedger } from '#server/receivable/verify-ledger.ts'
import { voidCredit } from '#server/receivable/void-credit.ts'
import { voidInvoice } from '#server/receivable/void-invoice.ts'
import { writeOffInvoice } from '#server/receivable/write-off-invoice.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let story: ReturnType<typeof storiesOf>
before(async () => {
  database = await openTestDatabase()
  story = storiesOf(database)
})
after(async () => {
  assert.deepEqual((await verifyLedger(database.db)).differences, [])
  await database.close()
})

const today = '2026-11-24'

function receive(party: string, amount: string, more: Partial<NewReceipt> = {}) {
  return recordReceipt(story.on(today), { party, currency: 'CNY', amount, ...more })
}

const openOf = async (invoice: { partyId: string; id: string }) =>
  accepted(await showInvoice(database.db, invoice)).open

test('an invoice falls due by its terms, else by those agreed with the party', async () => {
  const party = await story.newParty('月结30天')
  const rows: readonly [string, { dueOn?: string; terms?: string }, string, string | null][] = [
    ['A-1', {}, '2026-12-30', 'eom-30'],
    ['A-2', { terms: 'net 45' }, '2026-12-25', 'net-45'],
    ['A-3', { dueOn: '2026-11-11' }, '2026-11-11', null],
  ]
  for (const [number, given, dueOn, terms] of rows) {
    const told = { party, number, currency: 'CNY', amount: '12.5', issuedOn: '2026-11-10' }
    const kept = accepted(await recordInvoice(story.on(today), { ...told, ...given }))
    assert.deepEqual(
      [kept.dueOn, kept.terms, kept.amount, kept.open],
      [dueOn, terms, '12.50', '12.50'],
    )
  }
})

test('an invoice is refused with the field and the remedy', async () => {
  const party = await story.newParty()
  const good = {
    party,
    number: 'B-1',
    currency: 'CNY',
    amount: '10',
    issuedOn: today,
    dueOn: today,
  }
  accepted(await recordInvoice(story.on(today), good))
  const record = (change: object) =>
    recordInvoice(story.on(today), { ...good, number: 'B-2', ...change })
  refused(await record({ party: '无此公司' }), 'not-found', /无此公司/)
  refused(await record({ number: 'B-1' }), 'already-exists', /B-1/)
  refused(await record({ amount: '1.234' }), 'invalid-input', /amount: CNY has 2 decimals/)
  refused(await record({ amount: '0' }), 'invalid-input', /above zero/)
  refused(await record({ amount: '-5' }), 'invalid-input', /above zero/)
  refused(await record({ currency: 'QQQ' }), 'invalid-input', /currency/)
  refused(await record({ dueOn: '2026-11-01' }), 'invalid-input', /dueOn.*before/)
  refused(await record({ dueOn: undefined }), 'invalid-input', /dueOn: give/)
  refused(await record({ dueOn: undefined, terms: '月结' }), 'invalid-input', /eom-0 or eom-30/)
  refused(await record({ dueOn: undefined, terms: '30/60' }), 'invalid-input', /instalment/)
  refused(
    await record({ issuedOn: '2028-01-01', dueOn: '2028-01-01' }),
    'invalid-input',
    /issuedOn/,
  )
  const sales = database.context('sales')
  refused(await recordInvoice(sales, { ...good, number: 'B-3' }), 'forbidden', /receivable:write/)
})

test('a receipt pays what is due longest first and keeps the rest unapplied', async () => {
  const party = await story.newParty()
  const late = await story.invoice(party, { due: '2026-11-30', amount: '70.00' })
  const early = await story.invoice(party, { due: '2026-10-20', amount: '50.00' })
  const dollars = await story.invoice(party, { due: '2026-10-01', currency: 'USD' })
  const first = accepted(await receive(party, '80.00', { receivedOn: '2026-11-01' }))
  assert.deepEqual(
    first.allocations.map((one) => [one.invoiceId, one.amount, one.effectiveOn]),
    [early, late].map((one, index) => [one.id, ['50.00', '30.00'][index], '2026-11-01']),
  )
  assert.deepEqual([await openOf(early), await openOf(late)], ['0.00', '40.00'])
  const second = accepted(await receive(party, '55.00'))
  assert.deepEqual([second.unapplied, await openOf(late)], ['15.00', '0.00'])
  assert.equal(await openOf(dollars), '100.00')
})

test('money for an invoice of a later day is set against it on that day', async () => {
  const party = await story.newParty()
  await story.invoice(party, { issued: '2026-11-10', due: '2026-12-10' })
  const paid = accepted(await receive(party, '100.00', { receivedOn: '2026-11-01' }))
  assert.equal(paid.effectiveOn, '2026-11-01')
  assert.deepEqual(
    paid.allocations.map((one) => one.effectiveOn),
    ['2026-11-10'],
  )
})

test('a receipt for named invoices is taken whole or refused, in order of precedence', async () => {
  const party = await story.newParty()
  const other = await story.newParty()
  await story.invoice(party, { number: 'N-1', amount: '50.00' })
  await story.invoice(party, { number: 'N-2', amount: '70.00' })
  await story.invoice(party, { number: 'N-USD', currency: 'USD' })
  const gone = await story.invoice(party, { number: 'N-VOID' })
  accepted(await voidInvoice(story.on(today), gone, { reason: '开错' }))
  await story.invoice(other, { number: 'N-OTHER' })
  const rows: readonly [AllocationChoice, Parameters<typeof refused>[1], RegExp][] = [
    [[{ number: 'N-9' }], 'not-found', /no invoice N-9/],
    [[{ number: 'N-OTHER' }], 'not-found', /no invoice N-OTHER/],
    [[{}], 'invalid-input', /allocate.0: name the invoice/],
    [[{ number: 'N-1' }, { number: 'N-1' }], 'invalid-input', /named twice/],
    [[{ number: 'N-VOID' }], 'wrong-state', /voided on/],
    [[{ number: 'N-USD' }], 'conflict', /USD/],
    [[{ number: 'N-1', amount: '50.01' }], 'conflict', /CNY 50.01 is more than the CNY 50.00 open/],
    [[{ number: 'N-2', amount: '61' }], 'conflict', /more than the CNY 60.00 left/],
    [[{ number: 'N-1', amount: '0' }], 'invalid-input', /allocate.0.amount/],
  ]
  for (const [allocate, kind, detail] of rows) {
    refused(await receive(party, '60.00', { allocate }), kind, detail)
  }
  const counted = await database.db.row(sql<{ n: bigint }>`
    select count(*) as n from receivable.credit where party_id = ${party}`)
  assert.equal(counted?.n, 0n)
  const lines = [{ number: 'N-2', amount: '20.5' }, { number: 'N-1' }]
  const kept = accepted(await receive(party, '60.00', { allocate: lines }))
  assert.deepEqual(kept.allocations.map((one) => one.amount).sort(), ['20.50', '39.50'])
  refused(await receive(party, '1', { receivedOn: '2026-11-25' }), 'invalid-input', /not come yet/)
  refused(await receive(party, '1', { number: kept.number }), 'already-exists', /another number/)
})

test('what is unapplied is set against invoices later, from that day on', async () => {
  const party = await story.newParty()
  const credit = accepted(
    await recordCreditNote(story.on(today), {
      ...{ party, number: 'CN-1', currency: 'CNY', amount: '30.00', reason: 'return' },
      effectiveOn: '2026-11-02',
    }),
  )
  assert.deepEqual(
    [credit.kind, credit.reason, credit.unapplied],
    ['credit-note', 'return', '30.00'],
  )
  const invoice = await story.invoice(party, {})
  const use = (allocate: AllocationChoice) => allocateCredit(story.on(today), credit, { allocate })
  const kept = accepted(await use([{ invoiceId: invoice.id, amount: '10.00' }]))
  assert.deepEqual([kept.unapplied, kept.allocations[0]?.effectiveOn], ['20.00', today])
  assert.equal(accepted(await use('oldest-first')).unapplied, '0.00')
  refused(await use('oldest-first'), 'wrong-state', /used up/, /已全部核销，没有未核销的余额。$/)
  assert.equal(await openOf(invoice), '70.00')
})

test('an allocation is reversed once, and both sides are as before', async () => {
  const party = await story.newParty()
  const invoice = await story.invoice(party, {})
  const paid = accepted(await receive(party, '100.00', { receivedOn: '2026-11-05' }))
  const [held] = paid.allocations
  assert.ok(held)
  const key = { partyId: party, id: held.id }
  const reverse = (on?: string) =>
    reverseAllocation(story.on(today), key, { reason: '核销有误', ...(on ? { on } : {}) })
  refused(await reverse('2026-11-04'), 'invalid-input', /took effect on 2026-11-05/)
  assert.equal(accepted(await reverse('2026-11-20')).reversedOn, '2026-11-20')
  refused(await reverse(), 'wrong-state', /already/)
  assert.equal(await openOf(invoice), '100.00')
  assert.equal(accepted(await showCredit(database.db, paid)).unapplied, '100.00')
})

test('an invoice that money was set against is not voided until that is reversed', async () => {
  const party = await story.newParty()
  const invoice = await story.invoice(party, { number: 'V-1' })
  const paid = accepted(await receive(party, '40.00', { number: 'R-V1', receivedOn: '2026-11-05' }))
  const annul = (on: string) => voidInvoice(story.on(today), invoice, { reason: '退货', on })
  refused(await annul(today), 'wrong-state', /V-1 is paid in part by R-V1 CNY 40.00/)
  accepted(await voidCredit(story.on(today), paid, { reason: '退票', on: '2026-11-12' }))
  refused(await annul('2026-11-11'), 'invalid-input', /until 2026-11-12/)
  const gone = accepted(await annul('2026-11-12'))
  assert.deepEqual([gone.voidedOn, gone.open], ['2026-11-12', '0.00'])
  refused(await annul(today), 'wrong-state', /already/)
})

test('a voided receipt opens what it paid again', async () => {
  const party = await story.newParty()
  const invoice = await story.invoice(party, {})
  const paid = accepted(await receive(party, '130.00', { receivedOn: '2026-11-05' }))
  const bounce = (on: string) => voidCredit(story.on(today), paid, { reason: '空头支票', on })
  refused(await bounce('2026-11-04'), 'invalid-input', /still allocated on 2026-11-05/)
  const gone = accepted(await bounce('2026-11-09'))
  assert.deepEqual([gone.unapplied, gone.voidedOn], ['0.00', '2026-11-09'])
  assert.deepEqual(
    gone.allocations.map((one) => one.reversedOn),
    ['2026-11-09'],
  )
  assert.equal(await openOf(invoice), '100.00')
  refused(await bounce(today), 'wrong-state', /already/)
})

test('a write-off settles the rest of an invoice as a credit of its own', async () => {
  const party = await story.newParty()
  const invoice = await story.invoice(party, {})
  const give = (amount?: string) =>
    writeOffInvoice(story.on(today), invoice, { note: '破产', ...(amount ? { amount } : {}) })
  refused(await give('100.01'), 'conflict', /more than the CNY 100.00 open/)
  assert.equal(accepted(await give('25.00')).kind, 'write-off')
  assert.equal(accepted(await give()).amount, '75.00')
  refused(await give(), 'wrong-state', /Nothing is open/)
})

test('twenty receipts at once never pay an invoice twice, nor leave a cent of it', async () => {
  const party = await story.newParty()
  const invoices = [await story.invoice(party, {}), await story.invoice(party, {})]
  const numbers = invoices.map(({ number }) => ({ number, amount: '10.00' }))
  const receipts = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? receive(party, '20.00', { allocate: numbers })
        : receive(party, '20.00', { allocate: 'oldest-first' }),
    ),
  )
  const opens = await Promise.all(invoices.map(openOf))
  assert.deepEqual(opens, ['0.00', '0.00'])
  const taken = receipts.filter((answer) => !('refused' in answer)).map(accepted)
  const applied = taken.reduce((total, one) => total + 20 - Number(one.unapplied), 0)
  assert.equal(applied, 200)
  for (const answer of receipts) {
    if ('refused' in answer) assert.match(answer.refused.detail, /settled|more than/)
  }
})

test('a write leaves one audit entry and one event, a dry run and a repeat none', async () => {
  const party = await story.newParty()
  await story.invoice(party, {})
  const traces = async () =>
    database.db.row(sql<{ entries: bigint; events: bigint; credits: bigint }>`
      select (select count(*) from audit.entry where subject = ${party}) as entries,
        (select count(*) from platform.event where party_id = ${party}) as events,
        (select count(*) from receivable.credit where party_id = ${party}) as credits`)
  const before = await traces()
  const receipt = { party, currency: 'CNY', amount: '60.00' }
  const dry = accepted(await recordReceipt({ ...story.on(today), dryRun: true }, receipt))
  assert.equal(dry.allocations.length, 1)
  assert.deepEqual(await traces(), before)
  const once = { ...story.on(today), idempotencyKey: `receipt of ${party}` }
  const replies = [await recordReceipt(once, receipt), await recordReceipt(once, receipt)]
  assert.deepEqual(replies[0], replies[1])
  const traced = await traces()
  assert.equal(traced?.credits, 1n)
  assert.equal(traced?.entries, (before?.entries ?? 0n) + 1n)
  assert.equal(traced?.events, (before?.events ?? 0n) + 1n)
})
