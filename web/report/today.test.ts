import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { callAs, holdOrder } from '../testing-held.ts'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

/** A mark that a page loses when it is loaded anew. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { isMarked: true }))
const isMarked = (page: Page) => page.evaluate(() => 'isMarked' in window)

test('what happens elsewhere shows on an open page within seconds, and leads to the act', async () => {
  const page = await workbench.open('credit-manager', '/today')
  await page.getByRole('heading', { name: /等待处理的暂挂单据/ }).waitFor()
  await mark(page)
  const held = await holdOrder(workbench, 'SO-LIVE-1')
  const line = page.getByRole('link', { name: /SO-LIVE-1/ })
  await line.waitFor({ timeout: 20_000 })
  assert.equal(await line.getAttribute('href'), `/holds/${held.partyId}/${held.holdId}`)
  assert.equal(await isMarked(page), true)
})

test('figures tell their trend and where they come from; a salesperson sees own customers', async () => {
  const page = await workbench.open('accountant', '/today')
  const figures = page.getByRole('region', { name: '指标' })
  await figures.getByRole('heading', { name: '应收账款周转天数' }).waitFor()
  await figures.getByRole('img', { name: /^应收账款周转天数走势/ }).waitFor()
  await figures.getByRole('button', { name: /天$/ }).first().hover()
  await page.getByText(/^倒推法/).waitFor()
  const seller = await workbench.open('sales', '/today')
  await seller.getByText('只含我的客户').waitFor()
  assert.equal(await seller.getByRole('region', { name: '指标' }).count(), 0)
  await seller.getByText('承诺都已兑现').waitFor()
})

test('the bell counts what one was told, leads there, and is cleared', async () => {
  const page = await workbench.open('credit-manager', '/today')
  await callAs(workbench, 'credit-manager', 'POST', '/api/notices/read-all')
  await page.getByRole('button', { name: '通知', exact: true }).waitFor()
  const first = await holdOrder(workbench, 'SO-BELL-1')
  await holdOrder(workbench, 'SO-BELL-2')
  await page.getByRole('button', { name: '通知,2 条未读' }).click()
  const notices = page.getByRole('region', { name: '通知' })
  await notices.getByRole('button', { name: /^未读 SO-BELL-1/ }).click()
  await page.waitForURL(`**/holds/${first.partyId}/${first.holdId}`)
  await page.getByRole('button', { name: '通知,1 条未读' }).click()
  await notices.getByRole('button', { name: '全部标为已读' }).click()
  await page.getByRole('button', { name: '通知', exact: true }).waitFor()
})

test('all tabs of a browser share one stream, and the next tab takes it over', async () => {
  const first = await workbench.open('credit-manager', '/today')
  const streams: string[] = []
  first.context().on('request', (request) => {
    if (request.url().endsWith('/api/events')) streams.push(request.url())
  })
  await first.getByRole('heading', { name: /等待处理的暂挂单据/ }).waitFor()
  const second = await first.context().newPage()
  await second.goto(`${workbench.url}/today`)
  await second.getByRole('heading', { name: /等待处理的暂挂单据/ }).waitFor()
  await holdOrder(workbench, 'SO-TABS-1')
  await second.getByRole('link', { name: /SO-TABS-1/ }).waitFor({ timeout: 20_000 })
  await first.getByRole('link', { name: /SO-TABS-1/ }).waitFor({ timeout: 20_000 })
  const before = streams.length
  assert.ok(before <= 1, `${before} streams`)
  await first.close()
  await holdOrder(workbench, 'SO-TABS-2')
  await second.getByRole('link', { name: /SO-TABS-2/ }).waitFor({ timeout: 45_000 })
  assert.equal(streams.length, before + 1)
})

test('a session that ends in the middle of a form loses nothing that was typed', async () => {
  const page = await workbench.open('sales', '/check')
  await page.getByLabel('客户', { exact: true }).click()
  await page.locator('.ant-select-item-option').first().click()
  await page.getByLabel('订单金额').fill('1234.56')
  await mark(page)
  const origin = { origin: workbench.url }
  await page.context().request.delete(`${workbench.url}/api/session`, { headers: origin })
  await page.getByRole('button', { name: '能发吗?' }).click()
  const dialog = page.getByRole('dialog', { name: '登录已过期' })
  await dialog.getByLabel('密码').fill('a password of the tests')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '打开信用档案' }).waitFor()
  await dialog.waitFor({ state: 'hidden' })
  assert.equal(await page.getByLabel('订单金额').inputValue(), '1234.56')
  assert.equal(await isMarked(page), true)
  // Its stream has ended too, and is opened anew.
  await page.getByRole('link', { name: '今日' }).click()
  await holdOrder(workbench, 'SO-SESSION-1')
  await page.getByRole('link', { name: /SO-SESSION-1/ }).waitFor({ timeout: 45_000 })
})

test('an idle page asks to sign in again by itself when its session has ended', async () => {
  const page = await workbench.open('accountant', '/today')
  await page.getByRole('region', { name: '指标' }).waitFor()
  const origin = { origin: workbench.url }
  await page.context().request.delete(`${workbench.url}/api/session`, { headers: origin })
  await page.getByRole('dialog', { name: '登录已过期' }).waitFor({ timeout: 45_000 })
})

test('a server that goes and comes back is said so, and the page goes on by itself', async () => {
  const page = await workbench.open('credit-manager', '/today')
  const heading = page.getByRole('heading', { name: /等待处理的暂挂单据/ })
  const count = Number(/\d+$/.exec(await heading.innerText())?.[0])
  await mark(page)
  await workbench.stop()
  const band = page.getByRole('status').filter({ hasText: '连接已断开' })
  await band.waitFor()
  assert.ok(await page.getByRole('link', { name: /SO-LIVE-1/ }).isVisible())
  await workbench.start()
  // The page may not be back yet: then nobody tells it of this.
  await holdOrder(workbench, 'SO-BACK-1')
  await page
    .getByRole('heading', { name: `等待处理的暂挂单据 ${count + 1}` })
    .waitFor({ timeout: 40_000 })
  await band.waitFor({ state: 'hidden' })
  assert.equal(await isMarked(page), true)
})

test('a page that was never opened before waits for the server too', async () => {
  const page = await workbench.open('credit-manager', '/today')
  await page.getByRole('heading', { name: /等待处理的暂挂单据/ }).waitFor()
  await workbench.stop()
  await page.getByRole('link', { name: '应收发票', exact: true }).click()
  await sleep(1_000)
  await workbench.start()
  await page.getByRole('heading', { name: '应收发票' }).waitFor()
})
