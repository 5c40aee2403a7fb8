import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Ageing, AgeingQuery } from '#contract/ageing.ts'
import { addDays, day } from '#kernel/calendar/day.ts'
import { setExchangeRates } from '#server/company/public.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { accepted, refused, storiesOf } from '#server/receivable/ledger-for.test.ts'
import { listAgedItems } from '#server/receivable/list-aged-items.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { showAgeing } from '#server/receivable/show-ageing.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let story: ReturnType<typeof storiesOf>
before(async () => {
  database = await openTestDatabase()
  story = storiesOf(database)
})
after(() => database.close())

const amounts = [
  '5.00',
  '70.00',
  '5.00',
  '0.01',
  '900.00',
  '12.50',
  '33.00',
  '33.00',
  '8.00',
  '1.00',
]

test('any column orders the customers, either way, over all pages', async () => {
  const context = story.on('2026-11-24')
  for (const [index, amount] of amounts.entries()) {
    const party = await story.newParty()
    const due = addDays(day('2026-11-24'), 40 - index * 17)
    await story.invoice(party, { issued: '2026-01-01', due, amount })
    if (index % 3 > 0) await story.invoice(party, { due: '2026-10-31', amount: `${index}.00` })
    if (index % 4 > 0) continue
    const receipt = { party, currency: 'CNY', amount: `${index + 1}.10`, allocate: 'none' } as const
    accepted(await recordReceipt(context, receipt))
  }
  const value = {
    'not-due': (row: Row) => cents(row.notDue),
    'unapplied-credits': (row: Row) => cents(row.unappliedCredits),
    overdue: (row: Row) => cents(row.overdue),
    oldest: (row: Row) => BigInt(row.oldestDays),
    balance: (row: Row) => cents(row.balance),
    customer: (row: Row) => row.party.code,
    2: (row: Row) => cents(row.buckets[1] ?? ''),
  } as const
  for (const [column, of] of Object.entries(value)) {
    const query = { currency: 'CNY', limit: 3 }
    const up = await allRows(context, { ...query, sort: column })
    const down = await allRows(context, { ...query, sort: `-${column}` })
    assert.equal(up.length, down.length)
    assert.ok(up.length === amounts.length)
    const values = up.map((row) => of(row))
    assert.deepEqual(values, [...values].sort(inOrder), column)
    assert.deepEqual(down.map((row) => of(row)).reverse(), values, column)
  }
  refused(await showAgeing(context, { sort: '7' }), 'invalid-input', /no bucket 7/)
})

type Row = Ageing['rows'][number]
const cents = (amount: string) => BigInt(amount.replace('.', ''))
const inOrder = <Value extends bigint | string>(a: Value, b: Value) => (a < b ? -1 : a > b ? 1 : 0)

async function allRows(context: Context, query: AgeingQuery): Promise<Row[]> {
  const rows: Row[] = []
  for (let after: string | null = null; ; ) {
    const page: Ageing = accepted(await showAgeing(context, { ...query, ...(after && { after }) }))
    rows.push(...page.rows)
    after = page.next
    if (after === null) return rows
  }
}

test('in one currency every column is converted by the rate of the day, which is told', async () => {
  const party = await story.newParty()
  const context = story.on('2026-11-24')
  await story.invoice(party, { issued: '2026-09-01', due: '2026-10-01', amount: '100.00' })
  for (const [currency, amount] of [
    ['USD', '33.33'],
    ['JPY', '1001'],
    ['GBP', '5.00'],
  ] as const) {
    await story.invoice(party, { currency, issued: '2026-11-01', due: '2026-12-01', amount })
  }
  accepted(
    await setExchangeRates(context, [
      { from: 'USD', to: 'CNY', rateOn: '2026-11-01', rate: '7.1234' },
      { from: 'JPY', to: 'CNY', rateOn: '2026-11-20', rate: '0.0465' },
      { from: 'USD', to: 'CNY', rateOn: '2026-12-01', rate: '9' },
    ]),
  )
  const ageing = accepted(await showAgeing(context, { party, convertTo: 'CNY' }))
  assert.deepEqual(
    ageing.rows.map(({ currency, notDue, buckets, balance }) => [
      currency,
      notDue,
      buckets[1],
      balance,
    ]),
    [
      // 33.33 USD are 237.42, 1001 JPY 46.55; no rate is known of GBP.
      ['CNY', '283.97', '100.00', '383.97'],
      ['GBP', '5.00', '0.00', '5.00'],
    ],
  )
  assert.deepEqual(
    ageing.rates.filter(({ from }) => from === 'USD'),
    [{ from: 'USD', to: 'CNY', rate: '7.12340000', rateOn: '2026-11-01' }],
  )
})

test('a book is asked for by salesperson, department and industry of the customer', async () => {
  const party = await story.newParty()
  await story.invoice(party, { amount: '70.00' })
  const context = database.context()
  const filling = { name: 'test.fill', permission: 'party:write', input: {} } as const
  await runCommand(context, filling, (tx) =>
    tx.run(sql`update party.party set salesperson = '沈青', industry = '造船' where id = ${party}`),
  )
  const asked = (query: AgeingQuery) => showAgeing(context, query)
  for (const query of [{ salesperson: '沈青' }, { industry: '造船', salesperson: '沈青' }]) {
    const { rows, totals } = accepted(await asked(query))
    assert.deepEqual(
      rows.map((row) => row.party.id),
      [party],
    )
    assert.equal(totals[0]?.balance, '70.00')
    const { items } = accepted(await listAgedItems(context, query))
    assert.deepEqual(
      items.map((item) => item.open),
      ['70.00'],
    )
  }
  assert.deepEqual(accepted(await asked({ department: '沈青' })).rows, [])
})
