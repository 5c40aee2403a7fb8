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
