import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

async function train(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value)
  await page.getByRole('button', { name: '开始训练' }).click()
}

const learnable = { 逾期超过: '5', 表现期: '120', 学习月份: '16' }

test('a credit manager trains, merges two bins, trains again and opens the draft', async () => {
  const page = await workbench.open('credit-manager', '/policies')
  await page.getByRole('link', { name: '历史建模' }).click()
  await page.getByText('还没有训练过').waitFor()
  await train(page, learnable)
  await page.getByText('AUC（交叉验证）', { exact: true }).waitFor()
  const first = page.url()
  await page.getByRole('heading', { name: '各月样本' }).waitFor()
  const quality = page.locator('section.card', { hasText: '区分能力与准确度' })
  assert.match(
    await quality.getByRole('row', { name: /^AUC/ }).innerText(),
    /0\.\d{3}\s\[0\.\d{3}, [01]\.\d{3}\]/,
  )
  const merge = page.getByRole('button', { name: /^与下一箱合并/ }).first()
  const [, name = '', bin = ''] =
    /^与下一箱合并：(.*?) ([≤>].*)$/.exec((await merge.getAttribute('aria-label')) ?? '') ?? []
  await merge.click()
  await page.getByText(new RegExp(`${name} 合并 1 次：IV \\d\\.\\d{3} → \\d\\.\\d{3}`)).waitFor()
  assert.equal(await page.getByRole('rowheader', { name: bin, exact: true }).count(), 0)
  await page.getByRole('button', { name: '重新训练' }).click()
  const cost = page.locator('section.card', { hasText: '手工合并分箱的代价' })
  await cost.waitFor()
  assert.notEqual(page.url(), first)
  await cost.getByRole('row', { name: /^AUC 0\.\d{3} 0\.\d{3}/ }).waitFor()
  await cost.getByRole('row', { name: new RegExp(`^${name} 的 IV`) }).waitFor()

  await page.goto(first)
  await page.getByText('它的草稿后来被别的草稿替换了').waitFor()
  await page.goBack()
  await page.getByRole('link', { name: /打开草稿：评分卡第 \d+ 版/ }).click()
  await page.getByRole('heading', { name: /^评分卡 · 第 \d+ 版$/ }).waitFor()
  await page.getByRole('heading', { name: '历史数据模型' }).waitFor()

  await page.goto('/policies/models')
  const trained = page.getByRole('row', { name: /120 天内逾期超过 5 天，16 个月/ })
  await trained.first().waitFor()
  assert.equal(await trained.count(), 2)
})

test('what is asked wrongly is said beside the button, and the form stays', async () => {
  const page = await workbench.open('credit-manager', '/policies/models')
  await train(page, { 学习月份: '4' })
  await page.getByText(/表现期 180 天时，4 个月太少.*请至少选 \d+ 个月/).waitFor()
  assert.equal(await page.getByLabel('学习月份').inputValue(), '4')
})

test('too few bad customers are said in words, with the weights of the card in force', async () => {
  const page = await workbench.open('credit-manager', '/policies/models')
  await train(page, { 逾期超过: '60', 表现期: '120', 学习月份: '6' })
  await page.getByText(/坏客户只有 \d+ 个, 建模至少要 30 个/).waitFor()
  await page.getByRole('heading', { name: '修正后的权重' }).waitFor()
  await page
    .getByText(/^(提高|降低) \d+%$/)
    .first()
    .waitFor()
})

test('who may not write policies is told so, and asks nothing', async () => {
  const page = await workbench.open('sales', '/policies/models')
  await page
    .getByText(/policy:write/)
    .first()
    .waitFor()
  const start = page.getByRole('button', { name: '开始训练' })
  assert.equal(await start.getAttribute('aria-disabled'), 'true')
})
