import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { ImportOptions } from '#contract/import.ts'
import { isRefusal } from '#contract/problem.ts'
import { applyImport } from '#server/import/apply-import.ts'
import { checkImport, type ImportOutcome } from '#server/import/check-import.ts'
import { cleanUpImports } from '#server/import/clean-up-imports.ts'
import { everything, invoiceHeader, openFolder } from '#server/import/testing-import.ts'
import { undoImport } from '#server/import/undo-import.ts'
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

  it('takes a file once that two people import at the same moment', async () => {
    const path = fileOf(`${header}Z1,ZC1,同时公司,2024-01-05,2024-02-05,100,\n`)
    const outcomes = await Promise.all([taken(path), taken(path)])
    // The second one waits for the first, and sees either its rows or already its file.
    const [first, second] = outcomes.map(({ kind }) => kind).sort()
    assert.equal(first, 'applied')
    assert.ok(second === 'nothing-new' || second === 'taken-before', second)
  })

  it('keeps nothing of a dry run', async () => {
    const before = await ledger()
    const request = { kind: 'invoices', options: {}, take: 'good', path: fileOf(text) } as const
    const outcome = await checkImport({ ...database.context(), dryRun: true }, request)
    assert.ok(!isRefusal(outcome))
    assert.equal(outcome.batch.counts.bad, 1)
    assert.equal(await ledger(), before)
  })

  it('is closed to those who may only read', async () => {
    const request = { kind: 'invoices', options: {}, take: 'all', path: fileOf(text) } as const
    const outcome = await checkImport(database.context('viewer'), request)
    assert.ok(isRefusal(outcome) && outcome.refused.kind === 'forbidden')
  })
})

describe('undoing', () => {
  it('restores everything as it was, and says who did it', async () => {
    const before = await ledger()
    const text = `${header}U1,UC1,撤销公司,2024-01-05,2024-02-05,100,2024-01-20
U2,UC1,撤销公司分部,2024-01-05,2024-02-05,100,
S1,SC1,丙公司新名,2024-01-05,2024-02-05,100.00,2024-02-02
`
    const { batch } = await taken(fileOf(text))
    assert.notEqual(await ledger(), before)
    const undone = await undoImport(database.context('accountant'), batch.id)
    assert.ok(!isRefusal(undone), JSON.stringify(undone))
    assert.equal(undone.state, 'undone')
    assert.equal(undone.undoneBy, 'test accountant')
    assert.equal(await ledger(), before)
    const entry = await database.db.row(sql<{ command: string }>`
      select command from audit.entry where subject = ${batch.id} order by recorded_at desc limit 1`)
    assert.equal(entry?.command, 'import.undo')
  })

  it('names what was built on the batch and changes nothing', async () => {
    const base = `${header}B1,BC1,被建公司,2024-01-05,2024-02-05,100,\n`
    const first = await taken(fileOf(base))
    const second = await taken(fileOf(base.replace('100,\n', '100,2024-03-03\n')))
    const before = await ledger()
    const refused = await undoImport(database.context(), first.batch.id)
    assert.ok(isRefusal(refused) && refused.refused.kind === 'conflict')
    assert.match(refused.refused.detail, /1 invoices that were paid since \(B1\)/)
    assert.equal(await ledger(), before)
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
        const before = await ledger()
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
        assert.equal(await ledger(), before)
      }),
      { numRuns: 8 },
    )
  })
})
