import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Role } from '#contract/role.ts'
import { callAs, type HeldOrder, holdOrder } from '../testing-held.ts'
import { loginOf, openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

const pathOf = ({ holdId, partyId }: HeldOrder) => `/holds/${partyId}/${holdId}`

async function stateOf({ holdId, partyId }: HeldOrder): Promise<unknown> {
  return (await callAs(workbench, 'admin', 'GET', `/api/holds/${partyId}/${holdId}`)).state
}

async function signIn(page: Page, role: Role): Promise<void> {
  await page.getByLabel('用户名').fill(loginOf(role))
  await page.getByLabel('密码').fill('a password of the tests')
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()
}

test('a salesperson finds why and a credit manager releases, in at most 12 clicks', async () => {
  const order = await holdOrder(workbench, 'SO-CLICKS')
  let clicks = 0
  const countIn = (page: Page) =>
    page.exposeFunction('countClick', () => {
      clicks += 1
    })
  const counting = `addEventListener('click', () => countClick(), true)`
  const seller = await workbench.open(null, '/')
  await countIn(seller)
  await seller.addInitScript(counting)
  await seller.goto(`${workbench.url}/`)
  await signIn(seller, 'sales')
  await seller.getByRole('link', { name: '订单', exact: true }).click()
  await seller.getByRole('row', { name: /SO-CLICKS/ }).click()
  await seller
    .getByText(/超过额度/)
    .first()
    .waitFor()
  await seller.getByText(/把金额减到/).waitFor()
  const manager = await workbench.open(null, '/')
  await countIn(manager)
  await manager.addInitScript(counting)
  await manager.goto(`${workbench.url}/`)
  await signIn(manager, 'credit-manager')
  await manager.getByRole('navigation').getByRole('link', { name: '暂挂单据' }).click()
  await manager.getByRole('row', { name: /SO-CLICKS/ }).click()
  await manager.getByRole('button', { name: /放行/ }).click()
  const dialog = manager.getByRole('dialog')
  await dialog.getByText('您作为信用经理可放行至 5,000,000.00 CNY').waitFor()
  await dialog.getByRole('button', { name: '长期合作客户,信誉良好' }).click()
  await dialog.getByRole('button', { name: '放行', exact: true }).click()
  await manager.getByText('已放行').first().waitFor()
  assert.equal(await stateOf(order), 'released')
  // Two of them are the Enter that signs each of the two in.
  assert.equal(clicks, 9)
  const shown = await callAs(workbench, 'sales', 'GET', `/api/orders/${order.orderId}`)
  assert.equal(shown.state, 'confirmed')
})

test('the keyboard alone ticks, releases and rejects', async () => {
  const [one, two, three] = [
    await holdOrder(workbench, 'SO-KEY-1'),
    await holdOrder(workbench, 'SO-KEY-2'),
    await holdOrder(workbench, 'SO-KEY-3'),
  ]
  const page = await workbench.open('credit-manager', `/holds?party=${one.partyId}`)
  await page.getByRole('row', { name: /SO-KEY-3/ }).waitFor()
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  await page.getByText('已选 2 条').waitFor()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: '放行 2 张单据' })
  await dialog.getByRole('textbox').fill('季末发货')
  await page.keyboard.press('Control+Enter')
  await page.getByText('2 张完成').waitFor()
  assert.deepEqual([await stateOf(one), await stateOf(two)], ['released', 'released'])
  await page.getByRole('row', { name: /SO-KEY-1/ }).waitFor({ state: 'detached' })
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '暂挂 SO-KEY-3' }).waitFor()
  await page
    .getByText(/超过额度/)
    .first()
    .waitFor()
  await page.keyboard.press('d')
  await page.getByRole('dialog', { name: '驳回 SO-KEY-3' }).getByRole('textbox').fill('超额太多')
  await page.keyboard.press('Control+Enter')
  await page.getByText('已驳回').first().waitFor()
  assert.equal(await stateOf(three), 'rejected')
})

test('a salesperson sees the same page, answers, and learns why he may not release', async () => {
  const order = await holdOrder(workbench, 'SO-ASK')
  const manager = await workbench.open('credit-manager', pathOf(order))
  await manager.getByRole('button', { name: /要求说明/ }).click()
  await manager.getByRole('button', { name: '客户何时付款?' }).click()
  await manager.getByRole('dialog').getByRole('button', { name: '要求说明' }).click()
  await manager.getByText('待答复').first().waitFor()
  const seller = await workbench.open('sales', pathOf(order))
  const release = seller.getByRole('button', { name: /放行/ })
  assert.equal(await release.getAttribute('aria-disabled'), 'true')
  await release.focus()
  await seller
    .getByRole('tooltip')
    .getByText(/须由他人放行: .*信用经理/)
    .waitFor()
  const reject = seller.getByRole('button', { name: /驳回/ })
  assert.equal(await reject.getAttribute('aria-description'), '需要权限 hold:write')
  await seller.getByRole('button', { name: '答复' }).click()
  await seller.getByRole('dialog').getByRole('textbox').fill('周五到账')
  await seller.getByRole('dialog').getByRole('button', { name: '答复' }).click()
  await seller.getByText('待处理').first().waitFor()
  assert.equal(await stateOf(order), 'open')
  await manager.reload()
  await manager.getByText('周五到账').first().waitFor()
})

test('a part is released up to an amount, never more than there is', async () => {
  const order = await holdOrder(workbench, 'SO-PART')
  const page = await workbench.open('credit-manager', pathOf(order))
  await page.getByRole('button', { name: /放行/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('部分').click()
  await dialog.getByLabel('放行至', { exact: true }).fill('999万')
  await dialog.getByRole('button', { name: '款项已付,待入账' }).click()
  await dialog.getByRole('button', { name: '放行', exact: true }).click()
  await dialog.getByText('请输入不超过 2,340,000.00 CNY 的金额').waitFor()
  await dialog.getByLabel('放行至', { exact: true }).fill('100万')
  await dialog.getByRole('button', { name: '放行', exact: true }).click()
  await page.getByText('已放行一部分,其余继续等待').waitFor()
  await page.getByText('放行至 1,000,000.00 CNY').waitFor()
  assert.equal(await stateOf(order), 'open')
})

test('a release is taken back by undo, and later on the page of its hold', async () => {
  const order = await holdOrder(workbench, 'SO-BACK')
  const orderState = async () =>
    (await callAs(workbench, 'sales', 'GET', `/api/orders/${order.orderId}`)).state
  const page = await workbench.open('credit-manager', pathOf(order))
  const dialog = page.getByRole('dialog')
  const release = async () => {
    await page.getByRole('button', { name: /^放行/ }).click()
    await dialog.getByRole('button', { name: '长期合作客户,信誉良好' }).click()
    await dialog.getByRole('button', { name: '放行', exact: true }).click()
  }
  await release()
  await page.getByRole('button', { name: /撤\s*销/ }).click()
  await page.getByText('放行被收回').waitFor()
  assert.deepEqual([await stateOf(order), await orderState()], ['open', 'held'])
  await release()
  await page.getByRole('button', { name: '收回放行' }).click()
  await dialog.getByRole('button', { name: '看错了单据' }).click()
  await dialog.getByRole('button', { name: '收回放行' }).click()
  await page.getByText('已收回放行，单据重新暂挂').waitFor()
  await page.getByText('看错了单据').first().waitFor()
  assert.deepEqual([await stateOf(order), await orderState()], ['open', 'held'])
})

test('on a phone the acts stay in sight and nothing is wider than the screen', async () => {
  const order = await holdOrder(workbench, 'SO-PHONE')
  const page = await workbench.open('credit-manager', pathOf(order), { width: 390, height: 800 })
  const release = page.getByRole('button', { name: /放行/ })
  await release.waitFor()
  const box = await release.boundingBox()
  assert.ok(box && box.y > 700 && box.y + box.height <= 800, JSON.stringify(box))
  const widest = await page.evaluate(() => document.querySelector('main')?.scrollWidth ?? 0)
  assert.ok(widest <= 390, String(widest))
})

test('a held check is kept as an example that check rules must go on answering alike', async () => {
  const order = await holdOrder(workbench, 'SO-EXAMPLE')
  const page = await workbench.open('credit-manager', pathOf(order))
  await page.getByRole('button', { name: '存为示例' }).click()
  const dialog = page.getByRole('dialog', { name: '存为示例' })
  assert.equal(await dialog.getByLabel('示例名称').inputValue(), order.number)
  await dialog.getByRole('button', { name: '存为示例' }).click()
  await page.getByText('已存为示例').waitFor()
  const { items } = await callAs(workbench, 'credit-manager', 'GET', '/api/policy-examples')
  const [kept] = items as { kind: string; expected: { outcome: string } }[]
  assert.deepEqual([kept?.kind, kept?.expected.outcome], ['check-rules', 'held'])
})
