import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import excel from '@protobi/exceljs'
import type { Page } from 'playwright-core'
import { callAs } from '../testing-held.ts'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
  await customer('T-1', '杭州西溪精密机械有限公司', { limit: '200000.00', invoice: '50000.00' })
  await customer('T-2', '宁波望湖轴承有限公司', { limit: '80000.00', invoice: '90000.00' })
  await customer('T-3', '绍兴鉴水纺机有限公司', {})
})
after(() => workbench.close())

type Has = { readonly limit?: string; readonly invoice?: string }

/** In a region of their own, which no customer of the demonstration has. */
async function customer(code: string, name: string, { limit, invoice }: Has): Promise<void> {
  const post = (path: string, body: object) => callAs(workbench, 'admin', 'POST', path, body)
  const { id } = await post('/api/parties', { code, name, region: '测试区' })
  const account = await post(`/api/parties/${id}/credit-accounts`, { level: 'party' })
  if (limit) {
    await callAs(workbench, 'admin', 'PUT', `/api/credit-accounts/${id}/${account.id}/limit`, {
      ...{ limit, currency: 'CNY', toOn: '2099-12-31', reason: '测试' },
    })
  }
  if (invoice) {
    await post('/api/invoices', {
      ...{ party: code, number: `${code}-INV`, currency: 'CNY', amount: invoice },
      ...{ issuedOn: '2026-01-05', dueOn: '2026-02-04' },
    })
  }
}

const rows = (page: Page) => page.getByRole('table', { name: '客户' }).getByRole('row')

async function namesSeen(page: Page): Promise<string[]> {
  return rows(page).evaluateAll((all) =>
    all.map((row) => (row as unknown as { innerText: string }).innerText.split('\n')[0] ?? ''),
  )
}

const heads = (page: Page) => page.locator('thead th').filter({ hasText: /./ }).allInnerTexts()

test('the keys alone lead from pinyin initials to the answer', async (t) => {
  const page = await workbench.open('sales', '/customers')
  await rows(page).first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: '查找客户、单据或页面' }).waitFor()
  await page.keyboard.type('hzxx')
  // Enter does not wait for what was found: it counts when that is there.
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('杭州西溪精密机械有限公司').waitFor()
  await page.locator('input[id$="amount"]:focus').waitFor()
  await page.keyboard.type('1万')
  await page.evaluate(timing)
  await page.keyboard.press('Enter')
  const answer = page.getByRole('dialog').getByRole('status')
  await answer.getByText('不能发货').waitFor()
  await answer
    .getByText(/T-1-INV/)
    .first()
    .waitFor()
  t.diagnostic(`from Enter to the answer on the page: ${await page.evaluate('answeredInMs')} ms`)
  await page.keyboard.press('Escape')
  const box = page.getByRole('combobox', { name: '查找客户、单据或页面' })
  await box.waitFor()
  const first = page.getByRole('option').first()
  assert.match(await first.innerText(), /杭州西溪精密机械有限公司/)
  assert.equal(await box.getAttribute('aria-activedescendant'), await first.getAttribute('id'))
  await page.keyboard.press('Shift+Enter')
  await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/)
})

/** Notes how long after the next Enter the answer stands on the page. */
const timing = `addEventListener('keydown', () => {
  const began = performance.now()
  const seen = new MutationObserver(() => {
    if (!document.querySelector('.ship-outcome')) return
    globalThis.answeredInMs = Math.round(performance.now() - began)
    seen.disconnect()
  })
  seen.observe(document.body, { childList: true, subtree: true })
}, { once: true, capture: true })`

test('documents and pages are found by the same box', async () => {
  const page = await workbench.open('accountant', '/customers')
  await rows(page).first().waitFor()
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: '查找客户、单据或页面' })
  await box.fill('T-1-INV')
  await page
    .getByRole('option', { name: /T-1-INV/ })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/invoices\/.+\/.+/)
  await page.keyboard.press('Control+k')
  await box.fill('暂挂')
  await page.getByRole('option', { name: '暂挂单据', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/holds$/)
})

test('filters, order and columns survive a reload, and the file has what is seen', async () => {
  const page = await workbench.open('credit-manager', '/customers')
  await rows(page).first().waitFor()
  await page.getByRole('button', { name: '更多筛选' }).click()
  await page.getByRole('combobox', { name: '地区' }).fill('测试区')
  await page.getByRole('columnheader', { name: '逾期金额' }).click()
  await page.getByRole('button', { name: '列设置' }).click()
  for (const name of ['信用状态', '使用率', '可用额度', '业务员']) {
    await page.getByRole('checkbox', { name, exact: true }).click()
    await page.getByRole('columnheader', { name }).waitFor({ state: 'detached' })
  }
  await page.getByRole('checkbox', { name: '地区', exact: true }).click()
  await page.getByRole('columnheader', { name: '地区' }).waitFor()
  const expected = ['宁波望湖轴承有限公司', '杭州西溪精密机械有限公司', '绍兴鉴水纺机有限公司']
  const settled = () =>
    rows(page)
      .nth(2)
      .and(page.getByRole('row', { name: /绍兴鉴水/ }))
      .waitFor()
  await settled()
  await page.reload()
  await settled()
  assert.deepEqual(await namesSeen(page), expected)
  await page.getByText('共 3 条', { exact: true }).waitFor()
  const shown = await heads(page)
  assert.deepEqual(shown.includes('地区') && !shown.includes('业务员'), true, shown.join())
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '导出 Excel' }).click(),
  ])
  const book = new excel.Workbook()
  await book.xlsx.readFile(await download.path())
  const sheet: unknown[][] = []
  book.worksheets[0]?.eachRow((row) => sheet.push((row.values as unknown[]).slice(1)))
  assert.deepEqual(sheet[0], shown)
  assert.deepEqual(
    sheet.slice(1, 4).map(([name]) => name),
    expected,
  )
  const at = (name: string) => shown.indexOf(name)
  assert.equal(sheet[1]?.[at('逾期金额')], 90_000)
  assert.deepEqual(sheet[4]?.[at('逾期金额')], 140_000)
  assert.equal(sheet.length, 5)
})

test('a view is kept, left, opened again, changed and taken back', async () => {
  const page = await workbench.open('credit-manager', '/customers?region=测试区&sort=-overdue')
  await rows(page).nth(2).waitFor()
  const views = (name: string) => page.getByRole('button', { name, exact: true })
  await views('视图').click()
  await page.getByRole('menuitem', { name: '将当前条件存为新视图' }).click()
  await page.getByRole('textbox', { name: '视图名称' }).fill('测试区逾期')
  await page.keyboard.press('Enter')
  await views('测试区逾期').click()
  await page.getByRole('menuitem', { name: '全部(不筛选)' }).click()
  await views('视图').waitFor()
  assert.equal(new URL(page.url()).search, '')
  await page.goto(`${workbench.url}/customers`)
  await views('视图').click()
  await page.getByRole('menuitem', { name: '测试区逾期' }).click()
  await views('测试区逾期').waitFor()
  await rows(page)
    .nth(2)
    .and(page.getByRole('row', { name: /绍兴鉴水/ }))
    .waitFor()
  await page.getByRole('columnheader', { name: '客户名称' }).click()
  await views('视图').click()
  await page.getByRole('menuitem', { name: '用当前条件更新「测试区逾期」' }).click()
  await views('测试区逾期').click()
  await page.getByRole('menuitem', { name: '删除「测试区逾期」' }).click()
  await page.getByRole('button', { name: '撤销' }).click()
  await views('测试区逾期').waitFor()
})

test('ticked customers are watched for one reason, each by itself', async () => {
  const page = await workbench.open('credit-manager', '/customers?region=测试区&sort=code')
  await rows(page).nth(2).waitFor()
  await rows(page).nth(0).getByRole('checkbox').check()
  await rows(page).nth(1).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog', { name: '设置 2 户的信用状态' })
  await dialog.getByRole('button', { name: '近期付款变慢' }).click()
  await dialog.getByRole('button', { name: '设置信用状态' }).click()
  await rows(page).nth(1).getByText('关注').waitFor()
  assert.equal(await rows(page).getByText('关注').count(), 2)
  await page.getByRole('button', { name: '撤销' }).click()
  await rows(page).getByText('关注').first().waitFor({ state: 'detached' })
  assert.equal(await rows(page).getByText('关注').count(), 0)
})

test('a new customer who seems to be there already is pointed out', async () => {
  const page = await workbench.open('sales', '/customers')
  await page.getByRole('button', { name: '新建客户' }).click()
  const dialog = page.getByRole('dialog', { name: '新建客户' })
  await dialog.getByRole('textbox', { name: '客户名称' }).fill('杭州西溪精密机械公司')
  await dialog.getByRole('link', { name: '杭州西溪精密机械有限公司' }).waitFor()
  await dialog.getByRole('textbox', { name: '客户名称' }).fill('拉萨远山牦牛绒制品厂')
  await dialog.getByRole('link').waitFor({ state: 'detached' })
  await dialog.getByRole('button', { name: '新建客户' }).click()
  await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/)
})

test('the list says whom a missing rate keeps out of its totals', async () => {
  const post = (path: string, body: object) => callAs(workbench, 'admin', 'POST', path, body)
  await post('/api/parties', { code: 'T-9', name: '曼谷测试贸易行', currency: 'THB' })
  await post('/api/invoices', {
    ...{ party: 'T-9', number: 'T-9-INV', currency: 'THB', amount: '700.00' },
    ...{ issuedOn: '2026-01-05', dueOn: '2026-02-04' },
  })
  const page = await workbench.open('accountant', '/customers?text=T-9')
  await page.getByText('1 户因缺汇率未计入').waitFor()
})

test('the box answers on a phone', async () => {
  const page = await workbench.open('sales', '/customers', { width: 390, height: 844 })
  await page.getByRole('button', { name: '这单能不能发?' }).click()
  await page.getByRole('combobox', { name: '查找客户、单据或页面' }).fill('西溪')
  await page.getByRole('option', { name: /杭州西溪/ }).click()
  await page.getByRole('textbox', { name: '订单金额' }).fill('10000')
  await page.getByRole('button', { name: '能发吗?' }).click()
  await page.getByRole('dialog').getByText('不能发货').waitFor()
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
})
