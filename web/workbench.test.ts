import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { loginOf, openWorkbench, type Workbench } from './testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

test('a stranger meets the sign-in at every address', async () => {
  const page = await workbench.open(null, '/customers')
  await page.getByRole('button', { name: '登录' }).waitFor()
  assert.equal(await page.title(), '登录 · 信衡')
})

test('who signs in is where he wanted to be', async () => {
  const page = await workbench.open(null, '/check')
  await page.getByLabel('用户名').fill(loginOf('sales'))
  await page.getByLabel('密码').fill('a password of the tests')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '这单能不能发?' }).waitFor()
  await page.screenshot({ path: '/tmp/plan/check.png' })
})
