import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { CustomerPage } from '#contract/customer.ts'
import { submitAndApprove } from '../testing-approval.ts'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

async function edit(page: Page, policy: string): Promise<void> {
  await page.goto('/policies')
  const card = page.locator('section.card', { hasText: policy }).first()
  await card.getByRole('link').first().click()
  await page.getByRole('button', { name: '编辑' }).click()
}

async function saved(page: Page, note: string): Promise<void> {
  await page.getByLabel('改动说明').fill(note)
  await page.getByText('没有问题，可以保存').waitFor()
  await page.getByRole('button', { name: '存为草稿' }).click()
  await page.getByText('草稿已保存').waitFor()
}

/** Small documents of customers who are a little late, as another system would send them. */
async function documentsOfLateCustomers(page: Page): Promise<number> {
  const query = 'overdue=true&daysOverdueOver=2&limitIs=in-force&sort=daysOverdue&limit=40'
  const found = await page.request.get(`${workbench.url}/api/customers?${query}`)
  const { items } = (await found.json()) as CustomerPage
  for (const { code, currency } of items) {
    const data = { mode: 'reserve', party: code, document: `P-${code}`, amount: '1.00', currency }
    const headers = { origin: workbench.url, 'idempotency-key': `pilot-${code}` }
    const reply = await page.request.post(`${workbench.url}/api/credit-checks`, { data, headers })
    assert.ok(reply.ok(), await reply.text())
  }
  return items.length
}

test('a rule is added, tried out silently, looked at, and drafted to hold', async () => {
  const page = await workbench.open('credit-manager', '/policies')
  await edit(page, '信用检查规则')
  await page.getByLabel('添加规则').click()
  await page.getByTitle('逾期天数', { exact: true }).click()
  const line = page.locator('.rule-line').last()
  await line.getByText('试运行').waitFor()
  const days = page.getByRole('textbox', { name: 'days-overdue overDays 1', exact: true })
  await days.fill('2')
  await days.press('Enter')
  await line.getByText('适用范围、例外、试点').click()
  await line.getByRole('group', { name: '除外' }).getByLabel('等级').fill('AAA')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await saved(page, '先看看逾期 2 天会暂挂谁')
  await page.getByRole('row', { name: /逾期超过 2 天.*试运行.*AAA/ }).waitFor()
  await submitAndApprove(workbench, page)

  const sent = await documentsOfLateCustomers(page)
  assert.ok(sent > 0)
  await page.goto('/policies')
  await page.getByRole('link', { name: '试运行与试点' }).click()
  const row = page.getByRole('row', { name: /逾期超过 2 天/ })
  await row.getByText('试运行', { exact: true }).waitFor()
  const fired = Number(await row.getByRole('cell').nth(2).innerText())
  assert.ok(fired > 0 && fired <= sent, `${fired} of ${sent}`)
  await row.getByRole('link').click()
  await page.getByRole('heading', { name: '这些客户后来怎样' }).waitFor()
  await page
    .getByText(/逾期超过 2 天的合计/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: /改为提示/ }).click()
  await page.getByText(/从不起作用: 规则 overdue 已涵盖/).waitFor()
  await page.locator('.ant-notification-notice-close').click()
  await page.getByRole('button', { name: /改为暂挂/ }).click()
  await page.getByRole('button', { name: '提交审批' }).waitFor()
  await page
    .getByText(/试运行.*暂挂/)
    .first()
    .waitFor()
})

test('a drawn part of the customers gets other terms, and the readout waits for its day', async () => {
  const page = await workbench.open('credit-manager', '/policies')
  await edit(page, '额度政策')
  await page.getByRole('button', { name: '添加适用范围' }).click()
  await page.getByLabel('范围名称').fill('短账期')
  await page.getByRole('checkbox', { name: /只用于随机抽取/ }).check()
  await page.getByLabel('抽取比例').fill('100%')
  await page.getByText('抽取比例应大于 0% 且小于 100%').first().waitFor()
  await page.getByLabel('抽取比例').fill('50%')
  const cap = page.getByRole('textbox', { name: '按等级 BBB 1', exact: true })
  await cap.fill('600000')
  await cap.press('Enter')
  await saved(page, '一半客户试行较低的上限')
  await page
    .getByText(/影响 \d+ 户|目前不影响客户和订单/)
    .first()
    .waitFor()
  await page.getByText(/试点“.*”：挑战组（抽中的客户），抽取 50%/).waitFor()
  await submitAndApprove(workbench, page)
  await page.goto('/policies/pilots')
  await page.locator('section.card', { hasText: '随机试点' }).getByRole('link').first().click()
  await page.getByText(/还没到计划读数日/).waitFor()
  await page.getByText(/对照组 \d+ 户，挑战组 \d+ 户/).waitFor()
  await page.getByRole('rowheader', { name: '到期日未付的比例' }).first().waitFor()
})
