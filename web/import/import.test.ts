import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import ExcelJS from '@protobi/exceljs'
import type { Page } from 'playwright-core'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
let folder: string
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinheng-web-import-'))
  process.env.XINHENG_DATA = folder
  workbench = await openWorkbench()
})
after(async () => {
  await workbench.close()
  rmSync(folder, { recursive: true, force: true })
})

function fileOf(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function drop(page: Page, path: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(path)
}

const count = (page: Page, name: string) =>
  page.locator('.count-row > div', { hasText: name }).locator('dd').innerText()

const ledger = join(
  import.meta.dirname,
  '../../../shared/data/ar_ibm_late_payments/WA_Fn-UseC_-Accounts-Receivable.csv',
)
const skip = existsSync(ledger) ? false : 'the real data are not beside the project'

test('a real ledger goes through the wizard to its ageing and limits', { skip }, async (t) => {
  const page = await workbench.open('credit-manager', '/imports')
  const startedMs = performance.now()
  await drop(page, ledger)
  await page.getByRole('combobox', { name: /第 7 列 InvoiceAmount/ }).waitFor()
  await page.getByText('按内容判断').waitFor()
  await page.getByRole('button', { name: '检查全部行' }).click()
  const take = page.getByRole('button', { name: '导入 2,466 行' })
  await take.waitFor()
  assert.deepEqual([await count(page, '新的'), await count(page, '有误')], ['2,466', '0'])
  await take.click()
  await page.getByText('147,703.18').waitFor()
  await page.getByText('接下来').waitFor()
  t.diagnostic(
    `2,466 invoices taken ${Math.round(performance.now() - startedMs)} ms after the drop`,
  )
  await page.getByRole('button', { name: '评级并计算额度' }).click()
  await page.getByText('评级和额度已更新').waitFor({ timeout: 60_000 })
  t.diagnostic(`rated with limits after ${Math.round(performance.now() - startedMs)} ms`)
  const found = await page.request.get('/api/parties?text=0379-NEVHP')
  const { items } = (await found.json()) as { items: { id: string }[] }
  const limits = await page.request.get(`/api/parties/${items[0]?.id}/limits`)
  assert.ok(((await limits.json()) as { items: unknown[] }).items.length > 0)
  const ageing = await page.request.get('/api/ageing?asOf=2013-06-30')
  assert.match(await ageing.text(), /0379-NEVHP|2820-XGXSB/)
  await page.getByRole('link', { name: '看账龄分析' }).click()
  await page.waitForURL('**/ageing')
})

const header = '发票号,客户名称,开票日期,到期日,金额'
const small = `${header}
WZ-1,向导测试有限公司,2026-05-05,2026-06-05,100
WZ-2,向导测试有限公司,2026-05-05,2026-06-05,一百
WZ-3,向导测试有限公司,2026-05-05,2026-04-05,100
WZ-4,向导测试有限公司,2026-05-05,2026-06-05,"1,234.50"
`

test('bad rows are told, left out, corrected in their workbook and brought in later', async () => {
  const page = await workbench.open('accountant', '/imports')
  await drop(page, fileOf('向导.csv', small))
  await page.getByRole('button', { name: '检查全部行' }).click()
  await page.getByRole('cell', { name: '金额"一百"不是金额' }).first().waitFor()
  await page.reload()
  const take = page.getByRole('button', { name: '导入 2 行好的，留下 2 行' })
  await take.click()
  await page.getByText('还有 2 行有误，没有导入').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载错误工作簿' }).click(),
  ])
  assert.equal(download.suggestedFilename(), '向导.错误行.xlsx')
  const book = new ExcelJS.Workbook()
  const bytes = readFileSync(await download.path())
  await book.xlsx.load(bytes as unknown as ArrayBuffer)
  const sheet = book.worksheets[0] ?? assert.fail('no sheet')
  assert.match(String(sheet.getCell('F3').value), /不是金额/)
  sheet.getCell('E3').value = 100
  sheet.getCell('D4').value = '2026-06-05'
  const corrected = join(folder, '向导.改好.xlsx')
  await book.xlsx.writeFile(corrected)
  await page.getByRole('button', { name: '再导入一个文件' }).click()
  await drop(page, corrected)
  await page.getByRole('combobox', { name: '第 6 列 错误原因' }).waitFor()
  await page.getByRole('button', { name: '检查全部行' }).click()
  await page.getByRole('button', { name: '导入 2 行' }).waitFor()
  assert.deepEqual([await count(page, '已有'), await count(page, '有误')], ['2', '0'])
  await page.getByRole('button', { name: '导入 2 行' }).click()
  await page.getByText('接下来').waitFor()
})

test('a column is named by hand and the order of dates is asked plainly', async () => {
  const page = await workbench.open('accountant', '/imports', { language: 'en' })
  await drop(
    page,
    fileOf('asked.csv', 'voucher,customer,invoice date,price\nQ-1,Asked Ltd,1/2/2026,5\n'),
  )
  await page.getByText('No column was found for').first().waitFor()
  const check = page.getByRole('button', { name: 'Check all rows' })
  assert.equal(await check.getAttribute('aria-description'), 'Answer the questions above first')
  const choose = async (column: RegExp, field: string) => {
    await page.getByRole('combobox', { name: column }).fill(field)
    await page.keyboard.press('Enter')
  }
  await choose(/Column 1 voucher/, 'Invoice number')
  await choose(/Column 4 price/, 'Amount')
  await page.getByText('Which day is 1/2/2026 of Invoice date (row 2)?').waitFor()
  await page.getByRole('radio', { name: /2026-01-02/ }).check()
  await page.getByText('Which day is').waitFor({ state: 'detached' })
  await check.click()
  await page.getByRole('button', { name: 'Import 1 rows' }).click()
  await page.getByText('What now').waitFor()
})

test('an import is found again, told what its undo would take back, and undone', async () => {
  const page = await workbench.open('accountant', '/imports')
  await drop(page, fileOf('撤销.csv', `${header}\nCX-1,撤销测试公司,2026-05-05,2026-06-05,77\n`))
  await page.getByRole('button', { name: '检查全部行' }).click()
  await page.getByRole('button', { name: '导入 1 行' }).click()
  await page.getByText('接下来').waitFor()
  await page.goto('/imports')
  await page.getByText('撤销.csv').click()
  await page.getByRole('button', { name: '撤销这次导入' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('77.00').waitFor()
  await dialog.getByRole('button', { name: '撤销这次导入' }).click()
  await page.getByText(/会计丁 于 .* 撤销/).waitFor()
})

test('a long check shows its progress after a reload and can be stopped', async () => {
  const rows = Array.from(
    { length: 300_000 },
    (_, at) => `CH-${at},一个名称很长的长检查样品有限责任公司,2026-05-05,2026-06-05,${at}.50`,
  )
  const page = await workbench.open('accountant', '/imports')
  await drop(page, fileOf('很长.csv', `${header}\n${rows.join('\n')}\n`))
  await page.getByRole('button', { name: '检查全部行' }).click()
  await page.getByRole('progressbar', { name: '正在检查' }).waitFor()
  await page.reload()
  await page.getByRole('progressbar', { name: '正在检查' }).waitFor()
  await page.getByRole('button', { name: '停止检查' }).click()
  await page.getByText('检查已停止').waitFor()
  await page.getByRole('button', { name: '放弃' }).click()
  await page.getByText('已放弃，没有导入任何内容').first().waitFor()
})
