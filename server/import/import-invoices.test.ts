import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { ImportOptions } from '#contract/import.ts'
import { isRefusal } from '#contract/problem.ts'
import { day } from '#kernel/calendar/day.ts'
import { applyImport } from '#server/import/apply-import.ts'
import { checkImport, type ImportOutcome, type ImportRequest } from '#server/import/check-import.ts'
import { cleanUpImports } from '#server/import/clean-up-imports.ts'
import { undoImport } from '#server/import/undo-import.ts'
import { openTestDatabase, type TestDatabase } from '#server/platform/testing.ts'

const realFolder = join(import.meta.dirname, '../../../shared/data')
const ibm = join(realFolder, 'ar_ibm_late_payments/WA_Fn-UseC_-Accounts-Receivable.csv')
const highRadius = join(
  realFolder,
  'ar_highradius_open_items/yeementh24_Payment_Date_Prediction.csv.gz',
)
const skip = existsSync(realFolder) ? false : 'the real data are not beside the project'

let folder: string
let database: TestDatabase
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinheng-import-test-'))
  database = await openTestDatabase()
})
after(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

let files = 0
function fileOf(text: string | Buffer): string {
  const path = join(folder, `file-${files++}.csv`)
  writeFileSync(path, text)
  return path
}

async function attempt(path: string, more: Partial<ImportRequest> = {}) {
  const request = { kind: 'invoices', path, options: {}, take: 'all' } as const
  return checkImport(database.context('accountant'), { ...request, ...more })
}

async function taken(
  path: string,
  options: ImportOptions = {},
  more: Partial<ImportRequest> = {},
): Promise<ImportOutcome> {
  const outcome = await attempt(path, { options, ...more })
  assert.ok(!isRefusal(outcome), isRefusal(outcome) ? outcome.refused.detail : '')
  return outcome
}

/** Everything that an import can touch, as one text. */
async function everything(): Promise<string> {
  const tables = ['invoice', 'credit', 'allocation', 'dispute'].map((name) => `receivable.${name}`)
  const all = [...tables, 'party.party', 'party.other_name', 'party.identifier', 'company.company']
  const texts: string[] = []
  for (const table of all) {
    const row = await database.db.row(sql<{ text: string | null }>`
      select string_agg(t::text, ';' order by t.id) as text from ${sql.table(table)} t`)
    texts.push(`${table}: ${row?.text}`)
  }
  return texts.join('\n')
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

const header = 'invoice no,customer code,customer name,invoice date,due date,amount,settled on\n'

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
    const before = await everything()
    const outcome = await taken(ibm)
    assert.equal(outcome.kind, 'taken-before')
    assert.equal(await everything(), before)
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
})

describe('the same documents again', () => {
  const first = `${header}S1,SC1,丙公司,2024-01-05,2024-02-05,100.00,
S2,SC1,丙公司,2024-01-06,2024-02-06,200.00,2024-02-01
S3,SC2,丁公司,2024-01-07,2024-02-07,300.00,
`

  it('leaves a ledger alone whose rows are all there, in whatever order', async () => {
    await taken(fileOf(first))
    const before = await everything()
    const [top = '', ...rows] = first.trimEnd().split('\n')
    const outcome = await taken(fileOf([top, ...rows.reverse()].join('\n')))
    assert.equal(outcome.kind, 'nothing-new')
    assert.equal(outcome.batch.counts.unchanged, 3)
    assert.equal(outcome.batch.state, 'abandoned')
    assert.equal(await everything(), before)
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

describe('checking first and taking later', () => {
  const text = `${header}A1,AC1,先查公司,2024-01-05,2024-02-05,100,\nA2,AC1,先查公司,,,x,\n`

  it('keeps a check until it is taken, without the bad rows only when told so', async () => {
    const { batch } = await taken(fileOf(text), {}, { take: 'nothing' })
    assert.equal(batch.state, 'checked')
    const context = database.context('accountant')
    const refused = await applyImport(context, batch.id, { onlyGood: false })
    assert.ok(isRefusal(refused) && refused.refused.kind === 'wrong-state')
    const applied = await applyImport(context, batch.id, { onlyGood: true })
    assert.ok(!isRefusal(applied))
    assert.equal(applied.state, 'applied')
    assert.equal(applied.counts.invoices, 1)
    const again = await applyImport(context, batch.id, { onlyGood: true })
    assert.ok(isRefusal(again) && again.refused.kind === 'wrong-state')
  })

  it('leaves alone what came in since the check, and refuses what contradicts it now', async () => {
    const good = (amount: number) => `${header}A3,AC3,后来公司,2024-01-05,2024-02-05,${amount},\n`
    const context = database.context('accountant')
    const same = await taken(fileOf(good(100)), {}, { take: 'nothing' })
    const other = await taken(fileOf(good(101)), {}, { take: 'nothing' })
    await taken(fileOf(`${good(100)}A4,AC3,后来公司,2024-01-05,2024-02-05,7,\n`))
    const applied = await applyImport(context, same.batch.id, { onlyGood: false })
    assert.ok(!isRefusal(applied))
    assert.equal(applied.counts.unchanged, 1)
    const refused = await applyImport(context, other.batch.id, { onlyGood: true })
    assert.ok(isRefusal(refused) && refused.refused.kind === 'conflict')
  })

  it('asks for the file again where a crash emptied the staging table', async () => {
    const { batch } = await taken(fileOf(text), {}, { take: 'nothing' })
    const table = sql.id('import', `staged_${batch.id.replaceAll('-', '')}`)
    await database.db.rows(sql`truncate ${table}`)
    const context = database.context('accountant')
    const refused = await applyImport(context, batch.id, { onlyGood: true })
    assert.ok(isRefusal(refused))
    assert.match(refused.refused.detail, /upload the file again/)
  })

  it('drops checks of yesterday with their tables', async () => {
    const { batch } = await taken(fileOf(text), {}, { take: 'nothing' })
    await database.db.rows(sql`
      with entry as (select set_config('xinheng.entry', ${batch.id}, true))
      update import.batch b set created_at = created_at - interval '25 hours' from entry
      where b.id = ${batch.id}`)
    await cleanUpImports(database.context())
    const left = await database.db.row(sql<{ state: string; table: string | null }>`
      select state, to_regclass(${`import.staged_${batch.id.replaceAll('-', '')}`})::text as table
      from import.batch where id = ${batch.id}`)
    assert.deepEqual(left, { state: 'abandoned', table: null })
  })

  it('keeps nothing of a dry run', async () => {
    const before = await everything()
    const request = { kind: 'invoices', options: {}, take: 'good', path: fileOf(text) } as const
    const outcome = await checkImport({ ...database.context(), dryRun: true }, request)
    assert.ok(!isRefusal(outcome))
    assert.equal(outcome.batch.counts.bad, 1)
    assert.equal(await everything(), before)
  })

  it('is closed to those who may only read', async () => {
    const request = { kind: 'invoices', options: {}, take: 'all', path: fileOf(text) } as const
    const outcome = await checkImport(database.context('viewer'), request)
    assert.ok(isRefusal(outcome) && outcome.refused.kind === 'forbidden')
  })
})

describe('undoing', () => {
  it('restores everything as it was, and says who did it', async () => {
    const before = await everything()
    const text = `${header}U1,UC1,撤销公司,2024-01-05,2024-02-05,100,2024-01-20
U2,UC1,撤销公司分部,2024-01-05,2024-02-05,100,
S1,SC1,丙公司新名,2024-01-05,2024-02-05,100.00,2024-02-02
`
    const { batch } = await taken(fileOf(text))
    assert.notEqual(await everything(), before)
    const undone = await undoImport(database.context('accountant'), batch.id)
    assert.ok(!isRefusal(undone), JSON.stringify(undone))
    assert.equal(undone.state, 'undone')
    assert.equal(undone.undoneBy, 'test accountant')
    assert.equal(await everything(), before)
    const entry = await database.db.row(sql<{ command: string }>`
      select command from audit.entry where subject = ${batch.id} order by recorded_at desc limit 1`)
    assert.equal(entry?.command, 'import.undo')
  })

  it('names what was built on the batch and changes nothing', async () => {
    const base = `${header}B1,BC1,被建公司,2024-01-05,2024-02-05,100,\n`
    const first = await taken(fileOf(base))
    const second = await taken(fileOf(base.replace('100,\n', '100,2024-03-03\n')))
    const before = await everything()
    const refused = await undoImport(database.context(), first.batch.id)
    assert.ok(isRefusal(refused) && refused.refused.kind === 'conflict')
    assert.match(refused.refused.detail, /1 invoices that were paid since \(B1\)/)
    assert.equal(await everything(), before)
    for (const { batch } of [second, first]) {
      assert.ok(!isRefusal(await undoImport(database.context(), batch.id)))
    }
  })

  it('lets the same file be taken again afterwards', async () => {
    const path = fileOf(`${header}V1,VC1,再来公司,2024-01-05,2024-02-05,100,\n`)
    const first = await taken(path)
    await undoImport(database.context(), first.batch.id)
    assert.equal((await taken(path)).kind, 'applied')
  })
})

describe('any ledger', () => {
  const invoice = fc.record({
    customer: fc.integer({ min: 1, max: 5 }),
    cents: fc.integer({ min: 1, max: 10_000_000 }),
    paid: fc.option(fc.integer({ min: 0, max: 100 })),
  })

  it('is booked to the cent, is folded right, and comes out as it went in', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 30 }), async (invoices) => {
        const before = await everything()
        const tag = `P${run++}`
        const rows = invoices.map(({ customer, cents, paid }, at) => {
          const share = paid === null ? '' : (Math.floor((cents * paid) / 100) / 100).toFixed(2)
          return `${tag}-${at},${tag}-${customer},,2024-01-05,2024-02-05,${(cents / 100).toFixed(2)},${share}`
        })
        const top = 'invoice no,customer code,customer name,invoice date,due date,amount,paid\n'
        const { batch } = await taken(fileOf(gzipSync(top + rows.join('\n'))))
        const row = await database.db.row(sql<{ amount: string; open: string; wrong: number }>`
          select sum(amount_minor)::text as amount, sum(open_minor)::text as open,
            (count(*) filter (where open_minor <> amount_minor - coalesce((
              select sum(a.amount_minor) from receivable.allocation a
              where a.party_id = i.party_id and a.invoice_id = i.id), 0)))::int as wrong
          from receivable.invoice i where import_batch_id = ${batch.id}`)
        const total = invoices.reduce((sum, { cents }) => sum + cents, 0)
        const open = invoices.reduce(
          (sum, { cents, paid }) => sum + cents - Math.floor((cents * (paid ?? 0)) / 100),
          0,
        )
        assert.deepEqual(row, { amount: String(total), open: String(open), wrong: 0 })
        assert.ok(!isRefusal(await undoImport(database.context(), batch.id)))
        assert.equal(await everything(), before)
      }),
      { numRuns: 8 },
    )
  })
})

it('books an unknown day of payment on the due date', async () => {
  const text = 'invoice no,customer,date,due date,amount,paid\nW1,早,2024-01-05,2024-02-05,100,40\n'
  const { batch } = await taken(fileOf(text))
  const row = await database.db.row(sql<{ on: string; open: bigint }>`
    select c.effective_on as on, i.open_minor as open from receivable.credit c
    join receivable.invoice i on i.import_batch_id = c.import_batch_id
    where c.import_batch_id = ${batch.id}`)
  assert.deepEqual(row, { on: day('2024-02-05'), open: 6000n })
})
