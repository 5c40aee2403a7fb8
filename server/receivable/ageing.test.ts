import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { AgeingQuery } from '#contract/ageing.ts'
import { addDays, type Day, day, daysBetween, laterOf } from '#kernel/calendar/day.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { type AgeingRow, type AgeingTerms, ageingOf } from '#kernel/receivable/ageing.ts'
import { invoiceAgeBuckets, overdueBuckets, statementBuckets } from '#kernel/receivable/buckets.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import { ledgerStateOf } from '#kernel/receivable/ledger-state.ts'
import { openItemsOf } from '#kernel/receivable/open-items.ts'
import { newId } from '#server/platform/ids.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { ageBook } from '#server/receivable/ageing.store.ts'
import { insertAllocations } from '#server/receivable/allocation.store.ts'
import { insertCredits } from '#server/receivable/credit.store.ts'
import { insertInvoices } from '#server/receivable/invoice.store.ts'
import { accepted, refused, storiesOf } from '#server/receivable/ledger-for.test.ts'
import { listAgedItems } from '#server/receivable/list-aged-items.ts'
import { loadHistories } from '#server/receivable/load-histories.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { showAgeing } from '#server/receivable/show-ageing.ts'
import { verifyLedger } from '#server/receivable/verify-ledger.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let story: ReturnType<typeof storiesOf>
before(async () => {
  database = await openTestDatabase()
  story = storiesOf(database)
})
after(() => database.close())

const firstDay = day('2023-01-01')
const currencies = ['CNY', 'USD', 'JPY'].map((code) => parseCurrency(code) as Currency)

/** What a random history is made from: offsets in days, positions and shares. */
const anyPlan = fc.record({
  invoices: fc.array(
    fc.record({
      currency: fc.nat(2),
      amount: fc.bigInt({ min: 1n, max: 1_000_000n }),
      issued: fc.nat(700),
      terms: fc.nat(120),
      voided: fc.option(fc.nat(60), { freq: 6 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  credits: fc.array(
    fc.record({
      currency: fc.nat(2),
      amount: fc.bigInt({ min: 1n, max: 1_000_000n }),
      effective: fc.nat(700),
      voided: fc.option(fc.nat(60), { freq: 6 }),
      kind: fc.constantFrom('receipt', 'credit-note', 'write-off'),
    }),
    { maxLength: 10 },
  ),
  links: fc.array(
    fc.record({
      invoice: fc.nat(9),
      credit: fc.nat(9),
      percent: fc.integer({ min: 1, max: 100 }),
      delay: fc.nat(90),
      reversed: fc.option(fc.nat(200)),
    }),
    { maxLength: 25 },
  ),
})

type Plan = typeof anyPlan extends fc.Arbitrary<infer P> ? P : never

/** Stores a plan as a ledger that keeps the rules: nothing over-allocated at the end. */
async function store(plan: Plan, partyId: string): Promise<void> {
  const currency = (index: number) => currencies[index] ?? currencies[0] ?? ('CNY' as Currency)
  const invoices = plan.invoices.map((one, index) => {
    const issuedOn = addDays(firstDay, one.issued)
    return {
      ...{ partyId, id: newId(), number: `I${index}`, currency: currency(one.currency) },
      ...{ amountMinor: one.amount, issuedOn, dueOn: addDays(issuedOn, one.terms) },
      ...{ terms: null, orderNumber: null, department: null, salesperson: null, note: null },
      voidedOn: one.voided === null ? null : addDays(issuedOn, one.voided),
    }
  })
  const credits = plan.credits.map((one, index) => {
    const effectiveOn = addDays(firstDay, one.effective)
    return {
      ...{ partyId, id: newId(), number: `C${index}`, currency: currency(one.currency) },
      ...{ kind: one.kind, reason: null, note: null, amountMinor: one.amount, effectiveOn },
      voidedOn: one.voided === null ? null : addDays(effectiveOn, one.voided),
    }
  })
  const left = new Map([...invoices, ...credits].map(({ id, amountMinor }) => [id, amountMinor]))
  const allocations = plan.links.flatMap((link) => {
    const [invoice, credit] = [invoices[link.invoice], credits[link.credit]]
    if (!invoice || !credit || invoice.currency !== credit.currency) return []
    const effectiveOn = addDays(laterOf(invoice.issuedOn, credit.effectiveOn), link.delay)
    const ends = [invoice.voidedOn, credit.voidedOn].filter((end): end is Day => end !== null)
    if (link.reversed !== null) ends.push(addDays(effectiveOn, link.reversed))
    const end = ends.sort()[0] ?? null
    if (end !== null && end < effectiveOn) return []
    const most = [left.get(invoice.id) ?? 0n, left.get(credit.id) ?? 0n].sort(byAmount)[0] ?? 0n
    const amountMinor = (most * BigInt(link.percent)) / 100n
    if (amountMinor === 0n) return []
    if (end === null) {
      for (const id of [invoice.id, credit.id]) left.set(id, (left.get(id) ?? 0n) - amountMinor)
    }
    const ids = { partyId, id: newId(), creditId: credit.id, invoiceId: invoice.id }
    return [{ ...ids, amountMinor, effectiveOn, reversedOn: end }]
  })
  await runCommand(
    database.context(),
    { name: 'test.fill', permission: 'receivable:write', input: {} },
    async (tx) => {
      // Half of the ledgers are written allocations first: both ways give the same balances.
      const documentsFirst = plan.links.length % 2 === 0
      if (documentsFirst) await insertInvoices(tx, invoices)
      await insertAllocations(tx, allocations)
      if (!documentsFirst) await insertInvoices(tx, invoices)
      await insertCredits(tx, credits)
    },
  )
}

const byAmount = (a: bigint, b: bigint) => (a < b ? -1 : 1)

const ageings: readonly Omit<AgeingTerms, 'asOf'>[] = [
  { by: 'due', buckets: overdueBuckets },
  { by: 'invoice', buckets: invoiceAgeBuckets },
  { by: 'due', buckets: statementBuckets },
  { by: 'invoice', buckets: statementBuckets },
]

function columnsOf(row: AgeingRow): AgeingRow {
  const { currency, notDueMinor, bucketMinors, unappliedCreditsMinor, balanceMinor } = row
  return { currency, notDueMinor, bucketMinors, unappliedCreditsMinor, balanceMinor }
}

function isAnything(row: AgeingRow): boolean {
  const columns = [row.notDueMinor, row.unappliedCreditsMinor, ...row.bucketMinors]
  return columns.some((minor) => minor !== 0n)
}

async function assertSameAsKernel(history: PartyHistory, terms: AgeingTerms): Promise<void> {
  const { asOf } = terms
  const { actor } = database.context()
  const scope = { actor, asOf, currency: null, partyIds: [history.partyId], merged: [] }
  const page = { sort: 'balance', limit: 50, after: null } as const
  const { rows, totals } = await ageBook(database.db, scope, terms, page)
  const aged = ageingOf(openItemsOf(history, asOf), terms)
  assert.ok(aged.kind === 'aged')
  const expected = aged.rows.filter(isAnything)
  assert.deepEqual(rows.map(columnsOf).filter(isAnything), expected)
  assert.deepEqual(totals.map(columnsOf).filter(isAnything), expected)
  for (const row of rows) {
    const due = openItemsOf(history, asOf).flatMap((item) =>
      item.kind === 'invoice' && item.currency === row.currency ? [item] : [],
    )
    const overdue = due.filter(({ dueOn }) => dueOn < asOf)
    assert.equal(
      row.overdueMinor,
      overdue.reduce((total, { openMinor }) => total + openMinor, 0n),
    )
    const days = overdue.map(({ dueOn }) => daysBetween(dueOn, asOf))
    assert.equal(row.oldestDays, Math.max(0, ...days))
  }
  for (const row of rows) {
    const parts = [row.notDueMinor, row.unappliedCreditsMinor, ...row.bucketMinors]
    assert.equal(
      parts.reduce((total, minor) => total + minor, 0n),
      row.balanceMinor,
    )
    assert.equal(row.balanceMinor, balanceOf(history, asOf, row.currency))
  }
}

/** Documents in force: invoices less credits, however they were allocated. */
function balanceOf(history: PartyHistory, asOf: Day, currency: Currency): bigint {
  const { invoices, credits } = ledgerStateOf(history, asOf)
  let balance = 0n
  for (const { invoice } of invoices) {
    if (invoice.currency === currency) balance += invoice.amountMinor
  }
  for (const { credit } of credits) {
    if (credit.currency === currency) balance -= credit.amountMinor
  }
  return balance
}

test('on any day the SQL ages any history as the kernel does, and sums to the balance', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyPlan,
      fc.array(fc.nat(1100), { minLength: 1, maxLength: 4 }),
      async (plan, on) => {
        const partyId = await story.newParty()
        await store(plan, partyId)
        const history = (await loadHistories(database.db, [partyId])).get(partyId)
        assert.ok(history)
        assert.equal(history.invoices.length, plan.invoices.length)
        for (const [index, offset] of on.entries()) {
          const terms = ageings[(index + plan.links.length) % ageings.length]
          assert.ok(terms)
          await assertSameAsKernel(history, { ...terms, asOf: addDays(firstDay, offset) })
        }
        const items = accepted(
          await listAgedItems(story.on('2024-01-01'), { party: partyId, limit: 100 }),
        )
        assert.deepEqual(
          items.items.map(({ id }) => id).sort(),
          openItemsOf(history, day('2024-01-01'))
            .map(({ id }) => id)
            .sort(),
        )
      },
    ),
    { numRuns: 60, endOnFailure: true },
  )
  assert.deepEqual((await verifyLedger(database.db)).differences, [])
})

test('the totals of the whole book are the sums of all customers, page by page', async () => {
  const context = story.on('2024-03-31')
  const query: AgeingQuery = { by: 'invoice', buckets: '0-30,31-90,91-', limit: 7 }
  const all: { partyId: string; currency: string; balance: string }[] = []
  let after: string | undefined
  let ageing = accepted(await showAgeing(context, query))
  const { totals } = ageing
  for (;;) {
    for (const { party, currency, balance } of ageing.rows) {
      all.push({ partyId: party.id, currency, balance })
    }
    if (ageing.next === null) break
    after = ageing.next
    ageing = accepted(await showAgeing(context, { ...query, after }))
  }
  assert.equal(new Set(all.map((row) => row.partyId + row.currency)).size, all.length)
  for (const total of totals) {
    const own = all.filter((row) => row.currency === total.currency)
    assert.equal(own.length, total.customers)
    const cents = own.reduce((sum, row) => sum + BigInt(row.balance.replace('.', '')), 0n)
    assert.equal(cents, BigInt(total.balance.replace('.', '')))
    const sorted = own.map((row) => BigInt(row.balance.replace('.', '')))
    assert.deepEqual(sorted, [...sorted].sort(byAmount).reverse())
  }
})

test('a duplicate counts to its survivor, whichever of them is asked for', async () => {
  const [survivor, duplicate] = [await story.newParty(), await story.newParty()]
  await story.invoice(survivor, { amount: '100.00' })
  await story.invoice(duplicate, { amount: '40.00' })
  const context = database.context()
  await story.merge(survivor, duplicate)
  for (const party of [survivor, duplicate]) {
    const { rows } = accepted(await showAgeing(context, { party }))
    assert.deepEqual(
      rows.map((row) => [row.party.id, row.balance]),
      [[survivor, '140.00']],
    )
  }
  const histories = await loadHistories(database.db, [survivor, duplicate])
  assert.deepEqual([...histories.keys()], [survivor])
  assert.equal(histories.get(survivor)?.invoices.length, 2)
  const items = accepted(await listAgedItems(context, { party: survivor, column: '1' }))
  assert.equal(items.items.length, 2)
})

test('columns, shares and buckets are those an accountant asks for', async () => {
  const party = await story.newParty()
  await story.invoice(party, { issued: '2026-09-01', due: '2026-10-01', amount: '500.00' })
  await story.invoice(party, { issued: '2026-11-01', due: '2026-12-01', amount: '300.00' })
  const receipt = { party, currency: 'CNY', amount: '200.00', allocate: 'none' } as const
  accepted(await recordReceipt(story.on('2026-11-20'), receipt))
  const context = story.on('2026-11-24')
  const asked = { party, buckets: '1-30,31-60,61+' }
  const [row] = accepted(await showAgeing(context, asked)).rows
  assert.deepEqual(
    [row?.notDue, row?.buckets, row?.unappliedCredits, row?.balance, row?.share],
    ['300.00', ['0.00', '500.00', '0.00'], '-200.00', '600.00', '1.0000'],
  )
  const [total] = accepted(await showAgeing(context, asked)).totals
  assert.deepEqual(total?.shares, {
    notDue: '0.5000',
    buckets: ['0.0000', '0.8333', '0.0000'],
    unappliedCredits: '-0.3333',
  })
  const earlier = accepted(await showAgeing(context, { ...asked, asOf: '2026-11-19' })).rows[0]
  assert.equal(earlier?.balance, '800.00')
  const overdue = accepted(await listAgedItems(context, { ...asked, column: '2' }))
  assert.deepEqual(
    overdue.items.map((one) => one.open),
    ['500.00'],
  )
  refused(await showAgeing(context, { buckets: '1-30,40-' }), 'invalid-input', /31 to 39/)
  refused(await showAgeing(context, { buckets: '1-30' }), 'invalid-input', /31-/)
  refused(await showAgeing(context, { buckets: 'old' }), 'invalid-input', /"old" is not a bucket/)
  refused(await showAgeing(context, { party: 'nobody' }), 'not-found', /nobody/)
  refused(await showAgeing(context, { after: 'x' }), 'invalid-input', /after/)
})
