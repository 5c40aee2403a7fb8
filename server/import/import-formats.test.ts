import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import ExcelJS from '@protobi/exceljs'
import { sql } from 'kysely'
import type { ImportOptions } from '#contract/import.ts'
import { isRefusal } from '#contract/problem.ts'
import { checkImport, type ImportOutcome } from '#server/import/check-import.ts'
import { openFolder } from '#server/import/testing-import.ts'
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

async function taken(path: string, options: ImportOptions = {}): Promise<ImportOutcome> {
  const request = { kind: 'invoices', path, options, take: 'all' } as const
  const outcome = await checkImport(database.context('accountant'), request)
  assert.ok(!isRefusal(outcome), isRefusal(outcome) ? outcome.refused.detail : '')
  return outcome
}

async function documents(batchId: string): Promise<unknown[]> {
  return database.db.rows(sql`
    select number, currency, amount_minor::text as amount, issued_on as "on"
    from receivable.invoice where import_batch_id = ${batchId}
    union all
    select 'credit ' || number, currency, amount_minor::text, effective_on
    from receivable.credit where import_batch_id = ${batchId} and kind = 'credit-note'
    order by 1`)
}

const chinese = `应收账款明细表
编制单位：某某公司,,,,单位：万元
发票号,客户名称,开票日期,到期日,金额
YS-1,华东贸易有限公司,2024年1月5日,2024年2月4日,"1,234.5678"
YS-2,华东贸易有限公司,2024年1月6日,2024年2月5日,(2.5)

本页合计,,,,"1,232.0678"
发票号,客户名称,开票日期,到期日,金额
YS-3,华南实业有限公司,2024年1月7日,2024年2月6日,0.0001
合计,,,,1232.0679
制表人：张三
`

describe('a report as Chinese software prints it', () => {
  it('is read below its title in its unit, without totals, headers and notes between', async () => {
    const { batch } = await taken(files.fileOf(`\ufeff${chinese}`))
    assert.equal(batch.reading.headerRow, 3)
    assert.equal(batch.reading.unit, 4)
    assert.deepEqual([batch.counts.rows, batch.counts.blank, batch.counts.total], [3, 1, 4])
    assert.deepEqual(await documents(batch.id), [
      { number: 'YS-1', currency: 'CNY', amount: '1234567800', on: '2024-01-05' },
      { number: 'YS-3', currency: 'CNY', amount: '100', on: '2024-01-07' },
      { number: 'credit YS-2', currency: 'CNY', amount: '2500000', on: '2024-01-06' },
    ])
  })

  it('gives an error file that still tells the unit', async () => {
    const path = files.fileOf(chinese.replaceAll('YS-', 'YT-').replace('0.0001', '无'))
    const errorFile = path.replace('.csv', '.errors.csv')
    const request = { kind: 'invoices', path, options: {}, take: 'all', errorFile } as const
    const outcome = await checkImport(database.context(), request)
    assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
    assert.equal(outcome.kind, 'rows-bad')
    const again = { kind: 'invoices', path: errorFile, options: {}, take: 'nothing' } as const
    const checked = await checkImport(database.context(), again)
    assert.ok(!isRefusal(checked), JSON.stringify(checked))
    assert.equal(checked.batch.reading.unit, 4)
    assert.equal(checked.batch.counts.bad, 1)
  })

  it('is read in the unit that a person says', async () => {
    const text = 'invoice no,customer,date,amount\nTU-1,千元公司,2024-01-05,12.5\n'
    const { batch } = await taken(files.fileOf(text), { unit: '千元' })
    assert.equal(batch.sums[0]?.amount, '12500.00')
  })
})

describe('a workbook', () => {
  it('gives days, figures and texts as they are shown', async () => {
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('应收')
    sheet.addRow(['发票号', '客户编码', '客户名称', '开票日期', '到期日', '金额', '币种'])
    const from = new Date(Date.UTC(2024, 0, 5))
    sheet.addRow(['X1', '0012', '表格公司', from, new Date(Date.UTC(2024, 1, 4)), 0.1 + 0.2, 'USD'])
    sheet.addRow(['X2', '0012', '表格公司', from, new Date(Date.UTC(2024, 1, 4)), 100, '人民币'])
    workbook.addWorksheet('说明').addRow(['无关'])
    const path = files.fileOf(Buffer.from(await workbook.xlsx.writeBuffer()), 'xlsx')
    const { batch } = await taken(path)
    assert.equal(batch.reading.sheet, '应收')
    assert.deepEqual(await documents(batch.id), [
      { number: 'X1', currency: 'USD', amount: '30', on: '2024-01-05' },
      { number: 'X2', currency: 'CNY', amount: '10000', on: '2024-01-05' },
    ])
    const row = await database.db.row(sql<{ code: string }>`
      select code from party.party where name = '表格公司'`)
    assert.equal(row?.code, '0012')
  })
})
