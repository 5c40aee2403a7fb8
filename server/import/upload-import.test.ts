import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import ExcelJS from '@protobi/exceljs'
import { type ImportedKind, importKinds } from '#contract/import.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { applyImport } from '#server/import/apply-import.ts'
import { checkKept } from '#server/import/check-kept.ts'
import { errorWorkbook } from '#server/import/error-workbook.ts'
import { isKept, removeOldUploads } from '#server/import/kept-file.ts'
import { previewImport, tellImport } from '#server/import/tell-import.ts'
import { templateWorkbook } from '#server/import/template-workbook.ts'
import { openFolder } from '#server/import/testing-import.ts'
import { undoImport } from '#server/import/undo-import.ts'
import { describeImport, uploadImport } from '#server/import/upload-import.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let files: ReturnType<typeof openFolder>
let database: TestDatabase
before(async () => {
  files = openFolder()
  process.env.XINHENG_DATA = files.folder
  database = await openTestDatabase()
})
after(async () => {
  await database.close()
  files.close()
})

function told<Told>(answer: Told | Refusal): Told {
  assert.ok(!isRefusal(answer), JSON.stringify(answer))
  return answer
}

const me = () => database.context('accountant')

async function uploaded(content: string | Buffer, kind: ImportedKind | null = null) {
  const path = files.fileOf(content)
  return told(await uploadImport(me(), { path, fileName: '应收账款.csv', kind }))
}

const top = '单据,客户名称,开票日期,到期日,金额,发票号\n'
const row = (n: number, amount = '100') => `X,上传公司,2024-01-05,2024-02-05,${amount},UP-${n}\n`

describe('an import that begins with its file', () => {
  it('guesses what the file is, each kind from its own headers', async () => {
    const samples: readonly [ImportedKind, string][] = [
      ['invoices', `${top}${row(1)}`],
      ['parties', '客户名称,统一社会信用代码,联系人,账期\n甲公司,91310000132200821H,李四,30\n'],
      ['invoices', 'voucher,customer,invoice date,price\nQ-1,Asked Ltd,1/2/2026,5\n'],
      ['receipts', '收款单号,客户名称,收款日期,收款金额\nSK-1,甲公司,2024-03-01,5\n'],
      ['statements', '客户名称,年度,资产总计,营业收入\n甲公司,2023,100,80\n'],
    ]
    for (const [kind, text] of samples) {
      const batch = await uploaded(text)
      assert.deepEqual([batch.kind, batch.state], [kind, 'uploaded'], text)
    }
  })

  it('tells what is missing, takes a word on a column, and remembers it for the next file', async () => {
    const text = '凭证,客户名称,开票日期,到期日,价款\nM-1,映射公司,2024-01-05,2024-02-05,100\n'
    const batch = await uploaded(text, 'invoices')
    const open = told(await previewImport(database.db, batch.id))
    assert.deepEqual(open.missing, [['number'], ['amount']])
    assert.deepEqual(open.rows[0]?.cells[0], 'M-1')
    const refused = await checkKept(me(), batch.id)
    assert.ok(isRefusal(refused) && refused.refused.kind === 'question-open')
    assert.match(
      String(refused.refused.facts?.zh),
      /^没有找到“发票号码?”“.*金额.*”的列：请为它选一列。/,
    )
    const map = { number: '#1', amount: '#5' }
    told(await describeImport(me(), batch.id, { kind: 'invoices', options: { map } }))
    const settled = told(await previewImport(database.db, batch.id))
    assert.deepEqual(settled.missing, [])
    told(await checkKept(me(), batch.id))
    told(await applyImport(me(), batch.id, { onlyGood: false }))
    const next = await uploaded(
      text.replace('价款\n', '价款,错误原因\n').replace('M-1', 'M-2').replace('100\n', '100,旧\n'),
      'invoices',
    )
    const remembered = next.reading.columns.map(({ field, why }) => [field, why])
    assert.ok(remembered.some(([field, why]) => field === 'amount' && why === 'remembered'))
    assert.deepEqual(next.reading.unused, [])
  })

  it('leaves columns out that a person does not want, however many', async () => {
    const batch = await uploaded(`${top}${row(1)}`)
    const options = { ignore: ['#4', '客户名称'] }
    told(await describeImport(me(), batch.id, { kind: 'invoices', options }))
    const preview = told(await previewImport(database.db, batch.id))
    const fields = preview.reading.columns.map(({ field }) => field)
    assert.ok(!fields.includes('dueOn') && !fields.includes('customerName'), fields.join())
  })

  it('asks which way dates are written and shows both readings', async () => {
    const text = 'invoice no,customer,invoice date,amount\nD1,日期公司,1/2/2024,5\n'
    const batch = await uploaded(text, 'invoices')
    const [question] = told(await previewImport(database.db, batch.id)).openDates
    assert.deepEqual(
      question?.readings.map(({ day }) => day),
      ['2024-02-01', '2024-01-02'],
    )
    const options = { dateOrder: 'mdy' } as const
    told(await describeImport(me(), batch.id, { kind: 'invoices', options }))
    assert.deepEqual(told(await previewImport(database.db, batch.id)).openDates, [])
    assert.equal(told(await checkKept(me(), batch.id)).counts.good, 1)
  })

  it('says that a file was taken before', async () => {
    const text = `${top}${row(900)}`
    const first = await uploaded(text)
    told(await checkKept(me(), first.id))
    told(await applyImport(me(), first.id, { onlyGood: false }))
    const again = await uploaded(text)
    const { takenBefore } = told(await previewImport(database.db, again.id))
    assert.equal(takenBefore?.id, first.id)
  })

  it('may be described and checked again until it is taken, and not afterwards', async () => {
    const batch = await uploaded(`${top}${row(800)}${row(801, 'x')}`)
    for (let time = 0; time < 2; time++) {
      const checked = told(await checkKept(me(), batch.id))
      assert.deepEqual([checked.counts.good, checked.counts.bad], [1, 1])
      assert.equal(told(await tellImport(database.db, batch.id)).rejected.length, 1)
    }
    const back = told(await describeImport(me(), batch.id, { kind: 'invoices', options: {} }))
    assert.deepEqual([back.state, back.counts.bad, back.problems], ['uploaded', 0, []])
    told(await checkKept(me(), batch.id))
    told(await applyImport(me(), batch.id, { onlyGood: true }))
    const refused = await checkKept(me(), batch.id)
    assert.ok(isRefusal(refused) && refused.refused.kind === 'wrong-state')
    assert.equal(refused.refused.facts?.zh, '这个导入批次已导入：请重新上传文件。')
  })

  it('lets go of its file when it is dropped, and after a day', async () => {
    const dropped = await uploaded(`${top}${row(700)}`)
    assert.equal(told(await undoImport(me(), dropped.id)).state, 'abandoned')
    assert.equal(await isKept(dropped.id), false)
    const open = await uploaded(`${top}${row(701)}`)
    const bad = await uploaded(`${top}${row(702)}${row(703, '?')}`)
    told(await checkKept(me(), bad.id))
    told(await applyImport(me(), bad.id, { onlyGood: true }))
    await removeOldUploads(database.db, Date.now() + 25 * 3600 * 1000)
    assert.deepEqual([await isKept(open.id), await isKept(bad.id)], [false, true])
  })
})

describe('10,000 rows of which three are bad', () => {
  const lines = Array.from({ length: 10_000 }, (_, at) => {
    const number = 20_000 + at
    if (at === 41) return row(number, '一百')
    if (at === 5_000) return row(number).replace('2024-02-05', '2023-02-05')
    if (at === 9_998) return row(number, '')
    return row(number)
  })

  it('are told with their reasons, corrected in the workbook, and brought in later', async () => {
    const batch = await uploaded(`${top}${lines.join('')}`)
    const checked = told(await checkKept(me(), batch.id))
    assert.deepEqual([checked.counts.good, checked.counts.bad], [9_997, 3])
    assert.deepEqual(
      checked.problems.map(({ code, count, firstRow }) => [code, count, firstRow]),
      [
        ['not-an-amount', 1, 43],
        ['due-before-invoice', 1, 5_002],
        ['missing', 1, 10_000],
      ],
    )
    told(await applyImport(me(), batch.id, { onlyGood: true }))
    const book = await workbookOf(batch.id, 'zh')
    const sheet = book.worksheets[0] ?? assert.fail('no sheet')
    assert.equal(sheet.rowCount, 10_001)
    assert.equal(sheet.getCell('G1').value, '错误原因')
    assert.equal(sheet.getCell('F2').value, 'UP-20000')
    assert.equal(sheet.getCell('E2').value, 100)
    assert.equal(sheet.getCell('G2').value, null)
    assert.deepEqual(sheet.getCell('E43').fill, {
      type: 'pattern',
      pattern: 'solid',
      fgColor: { argb: 'FFFFC7CE' },
    })
    assert.match(JSON.stringify(sheet.getCell('E43').note), /不是金额/)
    assert.match(String(sheet.getCell('G5002').value), /到期日.*早于开票日期/)
    for (const [at, cell] of [
      ['E43', 100],
      ['D5002', '2024-02-05'],
      ['E10000', 100],
    ] as const) {
      sheet.getCell(at).value = cell
    }
    const corrected = await uploaded(Buffer.from(await book.xlsx.writeBuffer()))
    const { counts } = told(await checkKept(me(), corrected.id))
    assert.deepEqual([counts.good, counts.unchanged, counts.bad], [3, 9_997, 0])
    told(await applyImport(me(), corrected.id, { onlyGood: false }))
  })

  it('give a workbook of the bad rows alone where the file is gone', async () => {
    const text = `单位:元\n${top}${row(600)}${row(601, 'x')}`
    const batch = await uploaded(text)
    told(await checkKept(me(), batch.id))
    await removeOldUploads(database.db, Date.now() + 40 * 24 * 3600 * 1000)
    const sheet = (await workbookOf(batch.id, 'en')).worksheets[0] ?? assert.fail('no sheet')
    assert.equal(sheet.rowCount, 3)
    assert.deepEqual(
      ['A1', 'F2', 'G2', 'F3'].map((at) => sheet.getCell(at).value),
      ['单位:元', '发票号', 'Reason', 'UP-601'],
    )
  })
})

async function workbookOf(id: string, language: 'zh' | 'en'): Promise<ExcelJS.Workbook> {
  const batch = told(await tellImport(database.db, id))
  const book = new ExcelJS.Workbook()
  const bytes = await buffer(await errorWorkbook(database.db, batch, language))
  await book.xlsx.load(bytes as unknown as ArrayBuffer)
  return book
}

describe('a template', () => {
  for (const kind of importKinds) {
    for (const language of ['zh', 'en'] as const) {
      it(`of ${kind} in ${language} is understood column by column when it comes back`, async () => {
        const book = new ExcelJS.Workbook()
        await book.xlsx.load((await templateWorkbook(kind, language)) as unknown as ArrayBuffer)
        const sheet = book.worksheets[0] ?? assert.fail('no sheet')
        const headers = (sheet.getRow(1).values as string[]).slice(1)
        sheet.getCell(2, 1).value = 'X-1'
        const batch = await uploaded(Buffer.from(await book.xlsx.writeBuffer()), kind)
        assert.deepEqual(batch.reading.headers, headers)
        assert.deepEqual(batch.reading.unused, [])
        const { missing } = told(await previewImport(database.db, batch.id))
        assert.deepEqual(missing, [])
      })
    }
  }
})
