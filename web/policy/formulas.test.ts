import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

test('a formula is written with completion and shows what it gives for customers', async () => {
  const page = await workbench.open('credit-manager', '/formulas')
  const field = page.getByRole('combobox', { name: '公式' })
  await field.pressSequentially('rg')
  await page.getByRole('option', { name: /如果\(\)/ }).waitFor()
  await page.keyboard.press('Enter')
  assert.equal(await field.inputValue(), '如果(')
  await field.pressSequentially('j12yzcyq')
  await page.getByRole('option', { name: /近12月最长逾期天数/ }).click()
  await field.pressSequentially(' > 60, "拖欠", "正常")')
  await page.getByText('结果是文字').waitFor()
  await page.getByText(/^96 家已评级客户, 其中 0 家缺失$/).waitFor()
  const row = page.getByRole('row', { name: /拖欠/ }).first()
  assert.match(await row.innerText(), /因为 近12月最长逾期天数 \d+ 天 > 60, 所以: 拖欠/)
  const address = new URL(page.url()).searchParams.get('formula')
  assert.equal(address, '如果(近12月最长逾期天数 > 60, "拖欠", "正常")')
})

test('a mistake is underlined where it stands and mended by one click', async () => {
  const page = await workbench.open('credit-manager', '/formulas')
  const field = page.getByRole('combobox', { name: '公式' })
  await field.fill('应收馀额 / 2')
  await page.getByRole('status').getByText('没有“应收馀额”, 是不是“应收余额”?').waitFor()
  assert.equal(await page.locator('mark').innerText(), '应收馀额')
  await page.getByRole('button', { name: '改成 应收余额' }).click()
  assert.equal(await field.inputValue(), '应收余额 / 2')
  await page.getByText('结果是金额 (CNY)').waitFor()
  assert.equal(await page.locator('mark').count(), 0)
  await field.fill('应收余额 > 60天')
  await page.getByText('单位不同: 一边是金额 (CNY), 另一边是天数').waitFor()
})

test('the page is open to everybody to read, in English, in the dark and on a phone', async () => {
  const looks = { language: 'en', theme: 'dark', width: 390 } as const
  const page = await workbench.open('credit-manager', '/formulas', looks)
  await page.getByRole('button', { name: /^SHARE/ }).click()
  await page.getByText('It gives a percentage').waitFor()
  await page
    .getByText(/^Because /)
    .first()
    .waitFor()
  const seller = await workbench.open('sales', '/formulas')
  await seller.getByText(/policy:write/).waitFor()
})
