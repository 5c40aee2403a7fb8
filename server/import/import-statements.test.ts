import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { checkImport, type ImportOutcome } from '#server/import/check-import.ts'
import { openFolder } from '#server/import/testing-import.ts'
import { undoImport } from '#server/import/undo-import.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let files: ReturnType<typeof openFolder>
let database: TestDatabase
before(async () => {
  files = openFolder()
  database = await openTestDatabase()
  await taken('parties', '客户编码,客户名称\nF1,报表甲有限公司\nF2,报表乙有限公司\n')
})
after(async () => {
  await database.close()
  files.close()
})

async function attempt(kind: 'parties' | 'statements', text: string) {
  const request = { kind, path: files.fileOf(text), options: {}, take: 'all' } as const
  return checkImport(database.context('credit-manager'), request)
}

async function taken(kind: 'parties' | 'statements', text: string): Promise<ImportOutcome> {
  const outcome = await attempt(kind, text)
  assert.ok(!isRefusal(outcome), isRefusal(outcome) ? outcome.refused.detail : '')
  return outcome
}

async function statements(): Promise<unknown[]> {
  return database.db.rows(sql`
    select p.code, s.closed_on as "closedOn", s.months, s.currency, s.lines
    from indicator.statement s join party.party p on p.id = s.party_id
    order by p.code, s.closed_on, s.recorded_at, s.id`)
}

const lines = { total_assets: '1234500000', equity: '34500000' }
const wide =
  '单位:万元\n客户编码,报表日期,资产总计,所有者权益合计\nF1,2024年度,123450,3450\nF2,2024-06,10,\n'
const long =
  'customer code,period,line,amount\nF1,2024-12-31,资产总计,12345000.00\nF1,2024-12-31,equity,345000\n'

describe('financial statements', () => {
  it('come in as a row each, in the unit above the table', async () => {
    const { batch } = await taken('statements', wide)
    assert.equal(batch.counts.statements, 2)
    assert.deepEqual(await statements(), [
      {
        code: 'F1',
        closedOn: '2024-12-31',
        months: 12,
        currency: 'CNY',
        lines: { total_assets: '123450000000', equity: '3450000000' },
      },
      {
        code: 'F2',
        closedOn: '2024-06-30',
        months: 6,
        currency: 'CNY',
        lines: { total_assets: '10000000' },
      },
    ])
    assert.ok(!isRefusal(await undoImport(database.context(), batch.id)))
    assert.deepEqual(await statements(), [])
  })

  it('come in as a row for each line', async () => {
    await taken('statements', long)
    assert.deepEqual(await statements(), [
      { code: 'F1', closedOn: '2024-12-31', months: 12, currency: 'CNY', lines },
    ])
  })

  it('leave out lines that nothing asks for and say which', async () => {
    const text = 'customer code,period,line,amount\nF2,2022,equity,1\nF2,2022,长期待摊费用,5\n'
    const { batch } = await taken('statements', text)
    const note = batch.notes.find(({ code }) => code === 'unused-lines')
    assert.match(note?.en ?? '', /长期待摊费用/)
    await undoImport(database.context(), batch.id)
  })

  it('change nothing when they are told again', async () => {
    const outcome = await taken('statements', `${long}\n`)
    assert.equal(outcome.kind, 'nothing-new')
    assert.equal(outcome.batch.counts.unchanged, 2)
    assert.equal((await statements()).length, 1)
  })

  it('keep the lines that a correction does not tell', async () => {
    const { batch } = await taken(
      'statements',
      'customer code,period,line,amount\nF1,2024,equity,400000\n',
    )
    assert.equal(batch.counts.updated, 1)
    const [, corrected] = (await statements()) as { lines: unknown }[]
    assert.deepEqual(corrected?.lines, { ...lines, equity: '40000000' })
    await undoImport(database.context(), batch.id)
  })

  it('say when their figures contradict each other', async () => {
    const { batch } = await taken(
      'statements',
      'customer code,period,资产总计,负债合计,所有者权益合计\nF2,2023,100,50,40\n',
    )
    assert.ok(batch.notes.some(({ code, en }) => code === 'statement-differs' && /row 2/.test(en)))
    await undoImport(database.context(), batch.id)
  })

  const bad: readonly (readonly [string, string, string])[] = [
    ['of an unknown company', 'F9,2024,equity,1', 'party-unknown'],
    [
      'with two figures for a line',
      'F2,2024,equity,1\nF2,2024,equity,2',
      'duplicate-other-content',
    ],
    ['for a period that is not over', 'F1,2030,equity,1', 'settled-in-future'],
    ['without a period', 'F1,,equity,1', 'missing'],
    ['with a period that is none', 'F1,someday,equity,1', 'not-a-date'],
  ]
  for (const [name, rows, code] of bad) {
    it(`${name} are bad rows`, async () => {
      const outcome = await taken('statements', `customer code,period,line,amount\n${rows}\n`)
      assert.equal(outcome.kind, 'rows-bad')
      assert.equal(outcome.rejected[0]?.problems[0]?.code, code)
    })
  }

  it('need a column of lines or a column for a line', async () => {
    const outcome = await attempt('statements', 'customer code,period,colour\nF1,2024,red\n')
    assert.ok(isRefusal(outcome))
    assert.match(outcome.refused.detail, /No column was found for Line \(报表项目\)/)
  })
})
