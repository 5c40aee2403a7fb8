import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorkbench, type Workbench } from '../../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

test('a business user gives an industry limits of its own and sees whom it touches', async () => {
  const page = await workbench.open('credit-manager', '/policies')
  const card = page.locator('section.card', { hasText: '额度政策' }).first()
  await card.getByRole('link').first().click()
  await page.getByRole('button', { name: '编辑' }).click()
  await page.getByRole('button', { name: '添加适用范围' }).click()
  await page.getByText('没有写明适用于哪些客户').first().waitFor()
  await page.getByLabel('范围名称').fill('贸易')
  await page.getByLabel('行业').fill('批发')
  await page.locator('.ant-select-item-option').getByText('批发业').click()
  await page.keyboard.press('Escape')
  await page.getByText('没有问题，可以保存').waitFor()
  const cap = page.getByRole('textbox', { name: '按等级 BBB 1', exact: true })
  const before = await cap.inputValue()
  await cap.fill('600000')
  await cap.press('Enter')
  await page.getByText('改写了：额度上限。').waitFor()
  await page.getByRole('button', { name: '试算影响' }).click()
  await page.getByText(/个有变化|没有客户或订单受影响/).waitFor()
  await page.getByText('全部客户', { exact: true }).click()
  assert.equal(
    await page.getByRole('textbox', { name: '按等级 BBB 1', exact: true }).inputValue(),
    before,
  )
  await page.getByLabel('改动说明').fill('贸易客户上限减半')
  await page.getByRole('button', { name: '存为草稿' }).click()
  await page.getByText('草稿已保存').waitFor()
  await page.getByRole('heading', { name: '适用范围：贸易' }).waitFor()
  await page.getByText('行业: 批发业').waitFor()
})

test('a knock-out is added with two conditions, and a condition that cannot hold is told', async () => {
  const page = await workbench.open('credit-manager', '/policies')
  const card = page.locator('section.card', { hasText: '评分卡' }).first()
  await card.getByRole('link').first().click()
  await page.getByRole('button', { name: '编辑' }).click()
  await page.getByRole('button', { name: '看客户分布' }).click()
  await page.getByText(/\d+ 个已评级客户落在各档的情况/).waitFor()
  await page
    .getByText(/\d+ 户 · \d+\.\d % · 坏 \d+\/\d+/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: '收起客户分布' }).click()
  const rules = page.getByRole('region', { name: '一票否决与封顶' })
  await rules.locator('.grade-rule').first().waitFor()
  const before = await rules.locator('.grade-rule').count()
  await rules.getByLabel('添加一票否决或封顶').fill('当前最长逾期')
  await page.getByTitle('当前最长逾期天数', { exact: true }).click()
  const number = before + 1
  const rule = rules.locator('.grade-rule').nth(before)
  await rule.getByLabel(`第 ${number} 条的理由`).fill('逾期太久且余额大')
  const bound = (row: number, column: number) =>
    rule.getByRole('textbox', { name: `一票否决与封顶 ${number} ${row} ${column}`, exact: true })
  await bound(1, 1).fill('> 400')
  await bound(1, 2).fill('< 300')
  await bound(1, 2).press('Enter')
  await page.getByText(/还有 \d 处问题/).waitFor()
  await bound(1, 2).fill('')
  await bound(1, 2).press('Enter')
  await rule.getByLabel(`第 ${number} 条还要求`).fill('往来月数')
  await page.locator('.ant-select-dropdown:visible').getByTitle('往来月数', { exact: true }).click()
  await bound(2, 1).fill('≥ 2')
  await bound(2, 1).press('Enter')
  await page.getByLabel('改动说明').fill('逾期一年以上的封顶')
  await page.getByText('没有问题，可以保存').waitFor()
  await page.getByRole('button', { name: '存为草稿' }).click()
  await page.getByText('草稿已保存').waitFor()
  await page.getByRole('cell', { name: '逾期太久且余额大' }).first().waitFor()
})
