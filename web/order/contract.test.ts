import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAs } from '../testing-held.ts'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

test('a contract is kept, called off by an order, changed, ended and let go on', async () => {
  const { items } = await callAs(workbench, 'sales', 'GET', '/api/parties?role=customer&limit=1')
  const [party] = items as { id: string; name: string }[]
  assert.ok(party)
  const page = await workbench.open('sales', '/orders/contracts')
  await page.getByRole('button', { name: '新建合同' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('客户').fill(party.name)
  await page.locator('.ant-select-item-option').first().click()
  await dialog.getByLabel('合同号').fill('HT-2026-01')
  await dialog.getByLabel('名称').fill('年度框架合同')
  await dialog.getByLabel('合同金额').fill('很多')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByText('请输入金额').waitFor()
  await dialog.getByLabel('合同金额').fill('100,000')
  await dialog.getByLabel('账期').fill('net-30')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: 'HT-2026-01 年度框架合同' }).waitFor()
  await page.getByText('还没有订单').waitFor()
  const url = page.url()

  const lines = [{ item: 'A', quantity: '10', unitPrice: '1000' }]
  const order = { party: party.id, currency: 'CNY', contract: 'HT-2026-01', lines }
  const made = (await callAs(workbench, 'sales', 'POST', '/api/orders', order)) as {
    order: { id: string; number: string }
  }
  await page.reload()
  await page.getByRole('link', { name: made.order.number }).click()
  await page.getByRole('link', { name: '查看合同' }).click()
  assert.equal(page.url(), url)

  await page.getByRole('button', { name: '修改' }).click()
  await page.getByRole('dialog').getByLabel('合同金额').fill('120000')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByText('120,000.00').first().waitFor()
  await page.getByRole('button', { name: '结束合同' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('提前终止')
  await page.getByRole('dialog').getByRole('button', { name: '结束合同' }).click()
  await page.getByText('提前终止').waitFor()
  await page.getByRole('button', { name: '恢复履行' }).click()
  await page.getByRole('button', { name: '结束合同' }).waitFor()

  await page.goto(`${workbench.url}/orders/contracts`)
  await page.getByRole('row', { name: /HT-2026-01/ }).click()
  await page.getByRole('heading', { name: /HT-2026-01/ }).waitFor()
})
