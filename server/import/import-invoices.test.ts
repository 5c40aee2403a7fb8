import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { ImportOptions } from '#contract/import.ts'
import { isRefusal } from '#contract/problem.ts'
import { checkImport, type ImportOutcome } from '#server/import/check-import.ts'
import { everything, invoiceHeader, openFolder } from '#server/import/testing-import.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let files: ReturnType<typeof openFolder>
let database: TestDatabase
before(async () => {
  files = openFolder()
  database = await openTestDatabase()
})
after(async () => {
  await database.close()
  files.close()
})

const fileOf = (content: string | Buffer) => files.fileOf(content)
const header = invoiceHeader

type More = Partial<Parameters<typeof checkImport>[1]>

async function attempt(path: string, more: More = {}) {
  const request = { kind: 'invoices', path, options: {}, take: 'all' } as const
  return checkImport(database.context('accountant'), { ...request, ...more })
}

async function taken(
  path: string,
  options: ImportOptions = {},
  more: More = {},
): Promise<ImportOutcome> {
  const outcome = await attempt(path, { options, ...more })
  assert.ok(!isRefusal(outcome), isRefusal(outcome) ? outcome.refused.detail : '')
  return outcome
}

function ledger(): Promise<string> {
  return everything(database.db)
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

describe('the same documents again', () => {
  const first = `${header}S1,SC1,丙公司,2024-01-05,2024-02-05,100.00,
S2,SC1,丙公司,2024-01-06,2024-02-06,200.00,2024-02-01
S3,SC2,丁公司,2024-01-07,2024-02-07,300.00,
`

  it('leaves a ledger alone whose rows are all there, in whatever order', async () => {
    await taken(fileOf(first))
    const before = await ledger()
    const [top = '', ...rows] = first.trimEnd().split('\n')
    const outcome = await taken(fileOf([top, ...rows.reverse()].join('\n')))
    assert.equal(outcome.kind, 'nothing-new')
    assert.equal(outcome.batch.counts.unchanged, 3)
    assert.equal(outcome.batch.state, 'abandoned')
    assert.equal(await ledger(), before)
  })

  it('adds only the settlement that a later export tells', async () => {
    const later = first.replace('300.00,\n', '300.00,2024-03-01\n')
    const { batch } = await taken(fileOf(later))
    assert.deepEqual([batch.counts.updated, batch.counts.unchanged, batch.counts.good], [1, 2, 0])
    assert.deepEqual(await figures(batch.id), {
      parties: 0,
      invoices: 0,
      open: '0',
      credits: 1,
      allocations: 1,
      disputes: 0,
    })
    const row = await database.db.row(sql<{ open: bigint; on: string }>`
      select i.open_minor as open, a.effective_on as on from receivable.invoice i
      join receivable.allocation a on a.party_id = i.party_id and a.invoice_id = i.id
      where i.number = 'S3'`)
    assert.deepEqual(row, { open: 0n, on: '2024-03-01' })
  })

  it('keeps what the ledger knows better than an older export', async () => {
    const outcome = await taken(fileOf(`${first}\n`))
    assert.equal(outcome.kind, 'nothing-new')
    assert.ok(outcome.batch.notes.some(({ code }) => code === 'open-here-settled'))
  })

  it('refuses another amount for a number that is there and names both', async () => {
    const outcome = await taken(fileOf(first.replace('200.00', '250.00')))
    assert.equal(outcome.kind, 'rows-bad')
    const [rejected] = outcome.rejected
    assert.equal(rejected?.row, 3)
    assert.match(rejected?.problems[0]?.en ?? '', /CNY 200\.00 already, here it is for CNY 250\.00/)
  })

  it('calls both rows bad where a number stands twice with other amounts', async () => {
    const twice = `${header}T1,TC1,戊,2024-01-05,2024-02-05,100,
T1,TC1,戊,2024-01-05,2024-02-05,200,
T2,TC1,戊,2024-01-05,2024-02-05,300,
T2,TC1,戊,2024-01-05,2024-02-05,300,
`
    const outcome = await taken(fileOf(twice))
    assert.equal(outcome.kind, 'rows-bad')
    assert.deepEqual(
      outcome.rejected.map(({ row, problems }) => [row, problems[0]?.code]),
      [
        [2, 'duplicate-other-amount'],
        [3, 'duplicate-other-amount'],
      ],
    )
    assert.match(outcome.rejected[0]?.problems[0]?.en ?? '', /in row 3 already, but for CNY 200/)
    assert.match(outcome.rejected[1]?.problems[0]?.en ?? '', /in row 2 already, but for CNY 100/)
    assert.equal(outcome.batch.counts.repeated, 1)
    assert.equal(outcome.batch.counts.good, 1)
  })
})

describe('what a file says of its customers', () => {
  it('makes one customer of a code with several names and keeps them as aliases', async () => {
    const { batch } = await taken(
      fileOf(`${header}N1,NC1,新华公司,2024-01-05,2024-02-05,100,
N2,NC1,新华有限公司,2024-01-05,2024-02-05,100,
N3,NC2,新华公司,2024-01-05,2024-02-05,100,
`),
    )
    assert.equal(batch.counts.newParties, 2)
    assert.equal(batch.counts.newNames, 1)
  })

  it('finds a customer by its name where no code is given, also by an alias', async () => {
    const text = 'invoice no,customer,date,amount\nN4,新华有限公司,2024-01-05,100\n'
    const { batch } = await taken(fileOf(text))
    assert.equal(batch.counts.newParties, 0)
    const row = await database.db.row(sql<{ code: string }>`
      select p.code from receivable.invoice i join party.party p on p.id = i.party_id
      where i.number = 'N4'`)
    assert.equal(row?.code, 'NC1')
  })

  it('asks for a code where a name fits several customers', async () => {
    const text = 'invoice no,customer,date,amount\nN5,新华公司,2024-01-05,100\n'
    const outcome = await taken(fileOf(text))
    const [problem] = outcome.rejected[0]?.problems ?? []
    assert.equal(problem?.code, 'party-ambiguous')
    assert.match(problem?.en ?? '', /NC1 新华公司, NC2 新华公司/)
  })

  it('counts a missing due date from the terms in the credit file', async () => {
    await taken(fileOf('编码,名称,账期\nD1,账期公司,月结30天\n'), {}, { kind: 'parties' })
    const text =
      'invoice no,customer code,date,amount\nD-1,D1,2024-01-15,100\nD-2,D2,2024-01-15,1\n'
    const { batch } = await taken(fileOf(text))
    const rows = await database.db.rows(sql<{ due: string }>`
      select due_on as due from receivable.invoice where import_batch_id = ${batch.id}
      order by number`)
    assert.deepEqual(
      rows.map(({ due }) => due),
      ['2024-03-01', '2024-01-15'],
    )
    assert.ok(batch.notes.some(({ code }) => code === 'due-by-credit-file'))
    assert.ok(batch.notes.some(({ code }) => code === 'no-due-date'))
  })
})

describe('questions', () => {
  const text = 'invoice no,customer,date,amount\nQ1,问,1/2/2024,100\nQ2,问,3/4/2024,100\n'

  it('asks whether the day or the month comes first', async () => {
    const outcome = await attempt(fileOf(text))
    assert.ok(isRefusal(outcome))
    assert.equal(outcome.refused.kind, 'question-open')
    assert.match(outcome.refused.detail, /"1\/2\/2024" in row 2 is 2024-02-01 .* or 2024-01-02/)
  })

  it('reads the dates as told', async () => {
    const { batch } = await taken(fileOf(text), { dateOrder: 'mdy' })
    const row = await database.db.row(sql<{ on: string }>`
      select min(issued_on) as on from receivable.invoice where import_batch_id = ${batch.id}`)
    assert.equal(row?.on, '2024-01-02')
  })

  it('asks when only later rows show that dates disagree', async () => {
    const rows = Array.from({ length: 1500 }, (_, at) => `L${at},迟,2024-01-05,100`)
    const mixed = Array.from({ length: 900 }, (_, at) => `M${at},迟,13/12/2024,100`)
    const outcome = await attempt(
      fileOf(`invoice no,customer,date,amount\n${[...rows, ...mixed].join('\n')}\n`),
    )
    assert.ok(isRefusal(outcome))
    assert.match(outcome.refused.detail, /written in several ways/)
  })

  it('remembers for the next file the columns that were named', async () => {
    const odd = 'No.,Who,When,HowMuch\nR1,记,2024-01-05,100\n'
    const asked = await attempt(fileOf(odd))
    assert.ok(isRefusal(asked) && asked.refused.kind === 'question-open')
    const map = { customerName: 'Who', invoiceOn: 'When', amount: 'HowMuch' }
    await taken(fileOf(odd), { map })
    const { batch } = await taken(fileOf(odd.replace('R1', 'R2')))
    assert.equal(batch.counts.good, 1)
    assert.ok(batch.reading.columns.some(({ why }) => why === 'remembered'))
  })

  it('takes columns by number from a file without a header', async () => {
    const bare = 'H1,无头,2024-01-05,100\nH2,无头,2024-01-06,100\n'
    const outcome = await attempt(fileOf(bare))
    assert.ok(isRefusal(outcome))
    assert.match(outcome.refused.detail, /no header row/)
    const map = { number: '1', customerName: '2', invoiceOn: '3', amount: '4' }
    assert.equal((await taken(fileOf(bare), { map })).batch.counts.good, 2)
  })
})

it('books an unknown day of payment on the due date', async () => {
  const text = 'invoice no,customer,date,due date,amount,paid\nW1,早,2024-01-05,2024-02-05,100,40\n'
  const { batch } = await taken(fileOf(text))
  const row = await database.db.row(sql<{ on: string; open: bigint }>`
    select c.effective_on as on, i.open_minor as open from receivable.credit c
    join receivable.invoice i on i.import_batch_id = c.import_batch_id
    where c.import_batch_id = ${batch.id}`)
  assert.deepEqual(row, { on: '2024-02-05', open: 6000n })
})
