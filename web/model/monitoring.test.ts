import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

test('the scorecard is looked at on demand, and what is seen is kept', async () => {
  const page = await workbench.open('credit-manager', '/policies')
  await page.getByRole('link', { name: '评分卡监控' }).click()
  await page.getByText('还没有检查过').waitFor()
  await page.getByRole('button', { name: '现在检查' }).click()
  await page.getByText(/等级分布的 PSI：\d\.\d{3}/).waitFor()
  await page.getByText(/\d+ 户中，等级表预计 [\d.]+ 户变坏，实际 \d+ 户/).waitFor()
  assert.ok((await page.getByRole('row').count()) > 20)
  await page.reload()
  await page.getByText(/等级分布的 PSI/).waitFor()
})
