import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { LedgerDifference } from '#server/receivable/ledger-check.store.ts'
import { accepted, storiesOf } from '#server/receivable/ledger-for.test.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { verifyLedger } from '#server/receivable/verify-ledger.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let story: ReturnType<typeof storiesOf>
before(async () => {
  database = await openTestDatabase()
  story = storiesOf(database)
})
after(() => database.close())

const nobody = '01900000-0000-7000-8000-000000000000'

const damages: readonly (readonly [string, LedgerDifference['kind'][]])[] = [
  ['update receivable.invoice set open_minor = open_minor + 1', ['open-differs']],
  ['update receivable.credit set unapplied_minor = unapplied_minor + 1', ['unapplied-differs']],
  [
    'update receivable.allocation set amount_minor = 6000',
    ['open-differs', 'unapplied-differs', 'invoice-over-allocated', 'credit-over-allocated'],
  ],
  [
    'update receivable.credit set amount_minor = 3999',
    ['unapplied-differs', 'credit-over-allocated'],
  ],
  ['delete from receivable.invoice', ['allocation-orphaned', 'dispute-orphaned']],
  ["update receivable.invoice set currency = 'USD'", ['currencies-differ']],
  ["update receivable.allocation set effective_on = '2026-11-04'", ['allocation-before-document']],
  ["update receivable.credit set voided_on = '2026-11-20'", ['allocation-outlives-document']],
  [
    "update receivable.allocation set reversed_on = '2026-11-09'",
    ['open-differs', 'unapplied-differs'],
  ],
]

test('every way in which a ledger can be wrong is found and named', async () => {
  const party = await story.newParty()
  const invoice = await story.invoice(party, { amount: '50.00' })
  const receipt = { party, currency: 'CNY', amount: '40.00', receivedOn: '2026-11-05' }
  accepted(await recordReceipt(story.on('2026-11-24'), receipt))
  const found = await verifyLedger(database.db)
  assert.deepEqual([found.differenceCount, found.invoices, found.parties], [0, 1, 1])
  for (const [damage, kinds] of damages) {
    assert.deepEqual(await kindsAfter(damage, party, invoice.id), [...kinds].sort(), damage)
  }
  const strays = await kindsAfter(
    `insert into receivable.promise (party_id, id, currency, amount_minor, made_on, promised_on)
     values ('${nobody}', '${nobody}', 'CNY', 1, '2026-11-01', '2026-11-02')`,
    party,
    invoice.id,
  )
  assert.deepEqual(strays, ['party-unknown'])
})

/** Damages the tables behind the audit's back, looks, and undoes the damage. */
async function kindsAfter(damage: string, party: string, invoiceId: string): Promise<string[]> {
  const client = new pg.Client(database.connection)
  await client.connect()
  try {
    await client.query('set session_replication_role = replica')
    for (const table of tables)
      await client.query(`create temp table ${table} as table receivable.${table}`)
    await client.query(
      `insert into receivable.dispute (party_id, id, invoice_id, opened_on)
       values ($1, $2, $3, '2026-11-02')`,
      [party, nobody, invoiceId],
    )
    await client.query(damage)
    const found = await verifyLedger(database.db)
    for (const table of tables) {
      await client.query(`delete from receivable.${table}`)
      await client.query(`insert into receivable.${table} table pg_temp.${table}`)
    }
    return found.differences.map((difference) => difference.kind).sort()
  } finally {
    await client.end()
  }
}

const tables = ['invoice', 'credit', 'allocation', 'dispute', 'promise']
