import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openStream, unit } from '#kernel/random/random.ts'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

function table(): string {
  const stream = openStream('table', 'page')
  const lines = Array.from({ length: 600 }, () => {
    const days = Math.floor(unit(stream) * 90)
    return `${days},${unit(stream) < 0.5 ? '华东' : '华北'},${unit(stream) < days / 120 ? '坏' : '好'}`
  })
  return ['逾期天数,地区,结果', ...lines].join('\n')
}

test('a table is dropped, its column of outcomes named, and bins are merged by hand', async () => {
  const page = await workbench.open('credit-manager', '/policies/models')
  const file = { name: '样本.csv', mimeType: 'text/csv', buffer: Buffer.from('a,a\n1,2\n') }
  const drop = page.locator('input[type=file]')
  await drop.setInputFiles(file)
  await page.getByText(/第一行应为列名/).waitFor()
  await drop.setInputFiles({ ...file, buffer: Buffer.from(table()) })
  await page.getByText('600 行，3 列').waitFor()
  await page.getByLabel('哪一列是结果').click()
  await page.getByTitle('结果', { exact: true }).click()
  await page.getByLabel('哪个值是坏').click()
  await page.getByTitle('坏', { exact: true }).click()
  await page.getByRole('button', { name: '开始训练' }).click()
  await page.getByRole('heading', { name: '逾期天数' }).waitFor()
  await page.getByText(/表里的列不是系统里的指标/).waitFor()
  assert.equal(await page.getByRole('button', { name: '存为草稿' }).count(), 0)
  const before = await page.locator('table.bins').first().getByRole('row').count()
  await page
    .getByRole('button', { name: /与下一箱合并：逾期天数/ })
    .first()
    .click()
  await page.getByRole('button', { name: '重新训练' }).click()
  const first = new URL(page.url()).pathname
  await page.waitForURL((url) => url.pathname !== first)
  await page.getByRole('heading', { name: '表：样本.csv' }).waitFor()
  const after = page.locator('table.bins').first().getByRole('row')
  await after.first().waitFor()
  assert.equal(await after.count(), before - 1)
})
