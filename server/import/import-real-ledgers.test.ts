import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { checkImport, type ImportOutcome } from '#server/import/check-import.ts'
import { everything } from '#server/import/testing-import.ts'
import { undoImport } from '#server/import/undo-import.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

const realFolder = join(import.meta.dirname, '../../../shared/data')
const ibm = join(realFolder, 'ar_ibm_late_payments/WA_Fn-UseC_-Accounts-Receivable.csv')
const highRadius = join(
  realFolder,
  'ar_highradius_open_items/yeementh24_Payment_Date_Prediction.csv.gz',
)
const skip = existsSync(realFolder) ? false : 'the real data are not beside the project'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

async function taken(path: string): Promise<ImportOutcome> {
  const request = { kind: 'invoices', path, options: {}, take: 'all' } as const
  const outcome = await checkImport(database.context('accountant'), request)
  assert.ok(!isRefusal(outcome), isRefusal(outcome) ? outcome.refused.detail : '')
  return outcome
}

async function figures(batchId: string) {
  const row = await database.db.row(sql<Record<string, string | number>>`
    select
      (select count(*)::int from party.party where import_batch_id = ${batchId}) as parties,
      (select count(*)::int from receivable.invoice where import_batch_id = ${batchId}) as invoices,
      (select coalesce(sum(open_minor), 0)::text from receivable.invoice
        where import_batch_id = ${batchId}) as open,
      (select count(*)::int from receivable.credit where import_batch_id = ${batchId}) as credits,
      (select count(*)::int from receivable.allocation
        where import_batch_id = ${batchId}) as allocations,
      (select count(*)::int from receivable.dispute where import_batch_id = ${batchId}) as disputes`)
  return row
}

describe('real ledgers without a flag', { skip }, () => {
  it('takes 2,466 settled invoices of 100 customers with their disputes', async () => {
    const { batch } = await taken(ibm)
    assert.deepEqual(await figures(batch.id), {
      parties: 100,
      invoices: 2466,
      open: '0',
      credits: 2466,
      allocations: 2466,
      disputes: 561,
    })
    assert.deepEqual(batch.sums, [
      { currency: 'CNY', documents: 2466, amount: '147703.18', open: '0.00' },
    ])
    assert.ok(batch.notes.some(({ code, en }) => code === 'currency-unknown' && /--curr/.test(en)))
    assert.ok(batch.notes.some(({ code }) => code === 'dispute-day'))
    const dates = await database.db.row(sql<{ wrong: number }>`
      select count(*)::int as wrong from receivable.dispute d
      join receivable.invoice i on i.party_id = d.party_id and i.id = d.invoice_id
      join receivable.allocation a on a.party_id = d.party_id and a.invoice_id = i.id
      where d.opened_on <> i.issued_on or d.closed_on <> a.effective_on`)
    assert.equal(dates?.wrong, 0)
  })

  it('says that the same file was taken and changes nothing', async () => {
    const before = await everything(database.db)
    const outcome = await taken(ibm)
    assert.equal(outcome.kind, 'taken-before')
    assert.equal(await everything(database.db), before)
  })

  it('takes 9,681 open items from gzip, rounds half to even and says by how much', async () => {
    const { batch } = await taken(highRadius)
    const found = await figures(batch.id)
    assert.equal(found?.parties, 694)
    assert.equal(found?.invoices, 9681)
    assert.equal(found?.credits, 0)
    assert.equal(batch.reading.compressed, true)
    const rounded = batch.notes.find(({ code }) => code === 'rounded')
    assert.match(rounded?.en ?? '', /^687 amounts in USD .* 0\.0588\d* more than is booked$/)
    const ageing = await database.db.row(sql<{ parts: string; whole: string; names: number }>`
      select sum(bucket)::text as parts, (select sum(open_minor)::text from receivable.invoice
          where import_batch_id = ${batch.id}) as whole,
        (select count(*)::int from party.other_name where import_batch_id = ${batch.id}) as names
      from (select sum(open_minor) as bucket from receivable.invoice
        where import_batch_id = ${batch.id}
        group by width_bucket(date '2020-05-31' - due_on, 0, 120, 4)) buckets`)
    assert.equal(ageing?.parts, ageing?.whole)
    assert.equal(ageing?.whole, '31422749608')
    assert.ok((ageing?.names ?? 0) > 1000)
  })

  it('leaves a ledger that proves itself, and nothing once both are undone', async () => {
    const wrong = await database.db.row(sql<{ count: number }>`
      select (select count(*) from receivable.invoice i where open_minor <> amount_minor - coalesce((
          select sum(a.amount_minor) from receivable.allocation a
          where a.party_id = i.party_id and a.invoice_id = i.id), 0))::int
        + (select count(*) from receivable.credit c where unapplied_minor <> amount_minor - coalesce((
          select sum(a.amount_minor) from receivable.allocation a
          where a.party_id = c.party_id and a.credit_id = c.id), 0))::int as count`)
    assert.equal(wrong?.count, 0)
    const batches = await database.db.rows(sql<{ id: string }>`
      select id from import.batch where state = 'applied' order by applied_at desc`)
    for (const { id } of batches) {
      const undone = await undoImport(database.context(), id)
      assert.ok(!isRefusal(undone), JSON.stringify(undone))
    }
    const left = await database.db.row(sql<{ count: number }>`
      select (select count(*) from party.party)::int + (select count(*) from receivable.invoice)::int
        + (select count(*) from receivable.credit)::int as count`)
    assert.equal(left?.count, 0)
  })
})
