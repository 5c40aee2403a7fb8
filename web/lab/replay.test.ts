import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

test('a policy is tried on the past, a point of it drafted, and the replay opened again', async () => {
  const page = await workbench.open('credit-manager', '/policies')
  await page.locator('section.card', { hasText: '信用检查规则' }).getByRole('link').first().click()
  await page.getByRole('link', { name: '用历史检验' }).click()
  await page.getByRole('heading', { name: '新的回放' }).waitFor()
  await page.getByText('还没有回放过').waitFor()
  await page.getByLabel('逾期多少天算损失').fill('60')
  await page.getByLabel('同时比较的数字').fill('overdue-30')
  await page.getByTitle('rules · overdue-30 · overDays = 30').click()
  await page.getByLabel('取值').fill('十五')
  await page.getByRole('button', { name: '开始回放' }).click()
  await page.getByText('请写用逗号隔开的数字').waitFor()
  await page.getByLabel('取值').fill('5，15, 30')
  await page.getByRole('button', { name: '开始回放' }).click()
  await page.waitForURL(/\/policies\/lab\/[0-9a-f-]{36}$/)
  const address = page.url()
  await page.getByText('这项政策在这段历史上和现行政策没有区别').waitFor()
  await page.getByRole('row', { name: /^30（原值）/ }).waitFor()
  await page.getByRole('img', { name: /横轴少赚毛利/ }).waitFor()
  await page.getByRole('heading', { name: '这次回放说明不了什么' }).waitFor()
  await page.getByRole('button', { name: '用取值 15 建草稿' }).click()
  await page.waitForURL(/\/policies\/[0-9a-f-]{36}$/)
  await page.locator('.page-note', { hasText: '草稿' }).waitFor()
  await page.getByText('overDays: 15').waitFor()
  await page.goto(address)
  await page.getByRole('link', { name: '← 历史回放' }).click()
  const kept = page.getByRole('row', { name: /已完成/ })
  await kept.waitFor()
  assert.equal(await kept.count(), 1)
})

test('who may not change policies is told so, and the API does not answer', async () => {
  const page = await workbench.open('sales', '/policies/lab')
  await page.getByRole('alert').first().waitFor()
  const reply = await page.request.post('/api/policy-replays', { data: { tried: {} } })
  assert.equal(reply.status(), 403)
})
