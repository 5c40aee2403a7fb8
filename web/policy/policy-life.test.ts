import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { submitAndApprove } from '../testing-approval.ts'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

test('a business user adds a characteristic with a Chinese formula, has it approved and rolls back', async () => {
  const page = await workbench.open('credit-manager', '/policies')
  await page.getByRole('link', { name: '新建指标公式' }).click()
  await page.getByRole('button', { name: '添加指标公式' }).click()
  await page.getByLabel('名称').fill('拖欠严重')
  await page.getByLabel('单位').click()
  await page.getByTitle('是否', { exact: true }).click()
  const formula = page.getByRole('combobox', { name: '公式' })
  await formula.fill('近12月最长逾期天書 > 20')
  await page
    .getByText(/没有“近12月最长逾期天書”/)
    .first()
    .waitFor()
  await formula.fill('近12月最长逾期天数 > 20')
  await page.getByText('没有问题，可以保存').waitFor()
  await page.getByRole('button', { name: '存为草稿' }).click()
  await page.getByText('草稿已保存').waitFor()
  await submitAndApprove(workbench, page)

  await page.goto('/policies')
  const card = page.locator('section.card', { hasText: '评分卡' }).first()
  await card.getByRole('link', { name: '第 1 版' }).click()
  await page.getByRole('button', { name: '编辑' }).click()
  const choice = page.getByRole('combobox', { name: '添加特征' })
  await choice.fill('tqyz')
  await page.getByTitle('拖欠严重').click()
  const added = page.locator('section.characteristic').last()
  await added.getByRole('heading', { name: '拖欠严重' }).waitFor()
  await added.getByRole('textbox', { name: '拖欠严重 1 3' }).fill('0')
  await added.getByRole('textbox', { name: '拖欠严重 2 3' }).fill('300')
  await page.getByLabel('改动说明').fill('拖欠严重的客户少给分')
  await page.getByRole('button', { name: '试算影响' }).click()
  await page.getByText(/个客户中，\d+ 个有变化/).waitFor()
  await page.getByRole('button', { name: '存为草稿' }).click()
  await page.getByText('草稿已保存').waitFor()
  await page.getByText('拖欠严重 新增').waitFor()
  await submitAndApprove(workbench, page)

  const changed = await ratingWith(page, '拖欠严重')
  assert.match(changed, /拖欠严重/)
  await page.goto('/policies')
  await card.getByRole('link', { name: '第 1 版' }).click()
  await page.getByRole('button', { name: '恢复这一版' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('试用结束')
  await page.getByRole('dialog').getByRole('button', { name: '恢复这一版' }).click()
  await page.getByText('第 1 版重新生效').waitFor()
  await page.getByText('重新生效的原因：试用结束').waitFor()
})

/** The credit file of some customer, once the run that follows a publication has rated it. */
async function ratingWith(page: Page, characteristic: string): Promise<string> {
  const { items } = await (await page.request.get('/api/customers?limit=1&totals=false')).json()
  const url = `/api/parties/${items[0].partyId}/ratings`
  for (let tries = 0; tries < 120; tries++) {
    const text = await (await page.request.get(url)).text()
    if (text.includes(characteristic)) return text
    await page.waitForTimeout(250)
  }
  return assert.fail(`no rating speaks of ${characteristic}`)
}

test('a table of limits is pasted from a spreadsheet, and its mistakes stand in their cells', async () => {
  const page = await workbench.open('credit-manager', '/policies')
  const card = page.locator('section.card', { hasText: '额度政策' }).first()
  await card.getByRole('link', { name: '第 1 版' }).click()
  await page.getByRole('button', { name: '编辑' }).click()
  const first = page.getByRole('textbox', { name: '按等级 AAA 1', exact: true })
  await first.focus()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', '3,000,000\t60000\n4,000,000\t40000\n')
    const event = new ClipboardEvent('paste', {
      clipboardData: data,
      bubbles: true,
      cancelable: true,
    })
    document.activeElement?.dispatchEvent(event)
  })
  assert.equal(await first.inputValue(), '3000000')
  const worse = page.getByRole('textbox', { name: '按等级 AA 1', exact: true })
  assert.equal(await worse.inputValue(), '4000000')
  await page.getByText('较差的等级 AA 反而得到更多').first().waitFor()
  await page.getByText('例如客户：等级 AAA → 3000000; 等级 AA → 4000000').first().waitFor()
  assert.equal(await worse.getAttribute('aria-invalid'), 'true')
  const save = page.getByRole('button', { name: '存为草稿' })
  assert.equal(await save.getAttribute('aria-disabled'), 'true')
  await page.getByRole('button', { name: 'caps.AA', exact: true }).click()
  assert.equal(await worse.evaluate((cell) => cell === document.activeElement), true)
  await worse.fill('2000000')
  await page.keyboard.press('ArrowDown')
  const next = page.getByRole('textbox', { name: '按等级 A 1', exact: true })
  assert.equal(await next.evaluate((cell) => cell === document.activeElement), true)
  await page.keyboard.press('Control+z')
  assert.equal(await worse.inputValue(), '4000000')
  await page.keyboard.press('Control+y')
  await next.fill('1000000')
  await page.reload()
  await page.getByRole('button', { name: '恢复', exact: true }).click()
  assert.equal(await next.inputValue(), '1000000')
})
