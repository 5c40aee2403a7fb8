import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { checkImport, type ImportOutcome } from '#server/import/check-import.ts'
import { everything, invoiceHeader, openFolder } from '#server/import/testing-import.ts'
import { undoImport } from '#server/import/undo-import.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let files: ReturnType<typeof openFolder>
let database: TestDatabase
before(async () => {
  files = openFolder()
  database = await openTestDatabase()
  await taken(
    'invoices',
    `${invoiceHeader}I1,C1,收款公司,2024-01-05,2024-02-05,100.00,
I2,C1,收款公司,2024-01-06,2024-02-01,50.00,
I3,C1,收款公司,2024-01-07,2024-02-20,70.00,
I4,C2,别家公司,2024-01-07,2024-02-20,30.00,
`,
  )
})
after(async () => {
  await database.close()
  files.close()
})

async function taken(kind: 'invoices' | 'receipts', text: string): Promise<ImportOutcome> {
  const request = { kind, path: files.fileOf(text), options: {}, take: 'all' } as const
  const outcome = await checkImport(database.context('accountant'), request)
  assert.ok(!isRefusal(outcome), isRefusal(outcome) ? outcome.refused.detail : '')
  return outcome
}

/** What each receipt of an import paid, such as `I1 100.00`, and what is left of it. */
async function paidBy(batchId: string): Promise<string[]> {
  const rows = await database.db.rows(sql<{ said: string }>`
    select c.number || ': ' || coalesce(string_agg(i.number || ' ' || a.amount_minor, ', '
      order by i.due_on, i.number), '-') || ' left ' || c.unapplied_minor as said
    from receivable.credit c
    left join receivable.allocation a on a.party_id = c.party_id and a.credit_id = c.id
    left join receivable.invoice i on i.party_id = a.party_id and i.id = a.invoice_id
    where c.import_batch_id = ${batchId}
    group by c.party_id, c.id, c.number, c.unapplied_minor order by c.number`)
  return rows.map(({ said }) => said)
}

const header = '收款单号,客户编码,收款日期,收款金额,核销发票\n'

describe('receipts', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['pay the oldest due first', 'R1,C1,2024-02-10,120,', ['R1: I2 5000, I1 7000 left 0']],
    ['pay the invoice named', 'R1,C1,2024-02-10,70,I3', ['R1: I3 7000 left 0']],
    ['pay several named', 'R1,C1,2024-02-10,80,I3、I1', ['R1: I1 1000, I3 7000 left 0']],
    ['keep what is left', 'R1,C1,2024-02-10,80,I3', ['R1: I3 7000 left 1000']],
    ['keep what nobody owes', 'R1,C2,2024-02-10,31,', ['R1: I4 3000 left 100']],
    [
      'are booked by day, whatever the order of the file',
      'R2,C1,2024-02-12,60,\nR1,C1,2024-02-10,60,',
      ['R1: I2 5000, I1 1000 left 0', 'R2: I1 6000 left 0'],
    ],
    [
      'leave unapplied what names an invoice that is paid already',
      'R1,C1,2024-02-10,50,I2\nR2,C1,2024-02-11,5,I2',
      ['R1: I2 5000 left 0', 'R2: - left 500'],
    ],
    ['find the customer by the name of the payer', '', []],
  ]
  for (const [name, rows, paid] of cases) {
    it(name, async () => {
      const before = await everything(database.db)
      const text =
        rows === '' ? '收款日期,付款户名,收款金额\n2024-02-10,收款公司,10\n' : `${header}${rows}\n`
      const { batch } = await taken('receipts', text)
      const expected = rows === '' ? ['R20240210-1000-1: I2 1000 left 0'] : paid
      assert.deepEqual(await paidBy(batch.id), expected)
      const undone = await undoImport(database.context(), batch.id)
      assert.ok(!isRefusal(undone), JSON.stringify(undone))
      assert.equal(await everything(database.db), before)
    })
  }

  it('are booked once, also without numbers of their own', async () => {
    const text = '客户编码,收款日期,收款金额\nC1,2024-02-10,10\nC1,2024-02-10,10\n'
    const first = await taken('receipts', text)
    assert.equal(first.batch.counts.receipts, 2)
    const again = await taken('receipts', `${text}\n`)
    assert.equal(again.kind, 'nothing-new')
    await undoImport(database.context(), first.batch.id)
  })

  const bad: readonly (readonly [string, string, string, RegExp])[] = [
    ['of an unknown customer', 'R1,C9,2024-02-10,10,', 'party-unknown', /"C9" is no party/],
    ['for an unknown invoice', 'R1,C1,2024-02-10,10,I1;I9', 'invoice-unknown', /I9 is no invoice/],
    ["for another customer's invoice", 'R1,C1,2024-02-10,10,I4', 'invoice-unknown', /I4/],
    ['that are still to come', 'R1,C1,2030-01-01,10,', 'settled-in-future', /after today/],
    ['that are negative', 'R1,C1,2024-02-10,-10,', 'amount-negative', /negative/],
    [
      'told twice with other amounts',
      'R1,C1,2024-02-10,10,\nR1,C1,2024-02-10,11,',
      'duplicate-other-amount',
      /row 3/,
    ],
  ]
  for (const [name, rows, code, says] of bad) {
    it(`${name} are bad rows`, async () => {
      const before = await everything(database.db)
      const outcome = await taken('receipts', `${header}${rows}\n`)
      assert.equal(outcome.kind, 'rows-bad')
      const [problem] = outcome.rejected[0]?.problems ?? []
      assert.equal(problem?.code, code)
      assert.match(problem?.en ?? '', says)
      assert.equal(await everything(database.db), before)
    })
  }

  it('add up whatever comes in: applied and unapplied are what was received', async () => {
    const receipt = fc.record({
      cents: fc.integer({ min: 1, max: 20_000 }),
      customer: fc.constantFrom('C1', 'C2'),
      dayOfMonth: fc.integer({ min: 10, max: 28 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(receipt, { minLength: 1, maxLength: 12 }), async (receipts) => {
        const rows = receipts.map(
          ({ cents, customer, dayOfMonth }, at) =>
            `F${at},${customer},2024-02-${dayOfMonth},${(cents / 100).toFixed(2)},`,
        )
        const { batch } = await taken('receipts', header + rows.join('\n'))
        const row = await database.db.row(sql<{ received: string; parts: string; over: number }>`
          select (select sum(amount_minor) from receivable.credit
              where import_batch_id = ${batch.id})::text as received,
            ((select sum(unapplied_minor) from receivable.credit where import_batch_id = ${batch.id})
              + coalesce((select sum(amount_minor) from receivable.allocation
                where import_batch_id = ${batch.id}), 0))::text as parts,
            (select count(*)::int from receivable.invoice where open_minor < 0) as over`)
        const total = String(receipts.reduce((sum, { cents }) => sum + cents, 0))
        assert.deepEqual(row, { received: total, parts: total, over: 0 })
        assert.ok(!isRefusal(await undoImport(database.context(), batch.id)))
      }),
      { numRuns: 6 },
    )
  })
})
