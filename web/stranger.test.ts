import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import excel from '@protobi/exceljs'
import type { Page } from 'playwright-core'
import { isRefusal } from '#contract/problem.ts'
import { createPerson } from '#server/user/public.ts'
import { callAs, holdOrder } from './testing-held.ts'
import { everyPage, type PageOfWorkbench, settled } from './testing-pages.ts'
import { openWorkbench, type Workbench } from './testing-workbench.ts'

let workbench: Workbench
let pages: readonly PageOfWorkbench[]
let folder: string
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinheng-web-stranger-'))
  process.env.XINHENG_DATA = folder
  workbench = await openWorkbench(true)
  pages = await everyPage(workbench)
})
after(async () => {
  await workbench.close()
  rmSync(folder, { recursive: true, force: true })
})

const markup = '<img src=x onerror=alert(1)>'
const query = `'; drop table party.party; --`
const template = `{{constructor.constructor('alert(1)')()}} $t(ui.save)`
const formula = '=HYPERLINK("http://x")'
const backwards = '\u202eMOC.EVIL'
const long = '龘'.repeat(2000)

/** Notes whatever a page must never do because of a text in it. */
function watch(page: Page): string[] {
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const url = request.url()
    const isOurs = url.startsWith(workbench.url) || /^(data|blob):/.test(url)
    // The picture of the markup below would be asked for beside the page.
    if (!isOurs || url.endsWith('/x')) seen.push(`asks for ${url}`)
  })
  page.on('response', (reply) => {
    if (reply.status() >= 500) seen.push(`${reply.status()}: ${reply.url()}`)
  })
  page.on('pageerror', (error) => seen.push(`breaks: ${error.message}`))
  return seen
}

async function go(page: Page, path: string): Promise<void> {
  await page.goto(`${workbench.url}${path}`)
  await settled(page)
}

const sees = (page: Page, text: string) => page.getByText(text).first().waitFor()

async function count(table: string): Promise<number> {
  const { rows } = await workbench.database.db.pool.query(`select count(*) from ${table}`)
  return Number(rows[0].count)
}

/** Chooses a customer in a form by his code. */
async function chooseCustomer(page: Page, within: Pick<Page, 'getByRole'>, code: string) {
  await within.getByRole('combobox', { name: '客户' }).fill(code)
  await page.locator('.ant-select-item-option', { hasText: code }).first().click()
}

test('what is typed into forms is shown as typed and does nothing', async () => {
  const page = await workbench.open('admin', '/customers')
  const seen = watch(page)
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: '新建客户' }).click()
  await dialog.getByRole('textbox', { name: '客户名称' }).fill(markup)
  await dialog.getByRole('combobox', { name: '客户编码' }).fill('EVIL-1')
  await dialog.getByRole('combobox', { name: '地区' }).fill(template)
  await dialog.getByRole('button', { name: '新建客户' }).click()
  await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/)
  const file = new URL(page.url()).pathname
  await page.getByRole('heading', { level: 1, name: markup }).waitFor()
  await go(page, `${file}?tab=people`)
  await page.getByRole('button', { name: '新增联系人' }).click()
  await dialog.getByLabel('姓名').fill(backwards)
  await dialog.getByLabel('职务').fill(query)
  await dialog.getByRole('button', { name: '保存' }).click()
  await sees(page, query)
  for (const text of [`${markup}${template}`, long]) {
    await page.getByRole('textbox', { name: '备注内容' }).fill(text)
    await page.getByRole('button', { name: '发布备注' }).click()
    await page.locator('main').getByText(text).and(page.locator(':not(textarea)')).first().waitFor()
  }
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
  await go(page, '/orders/new')
  await chooseCustomer(page, page, 'EVIL-1')
  await page.getByLabel('订单号').fill(formula)
  await page.getByLabel('货品 1').fill(markup)
  await page.getByLabel('数量 1').fill('1')
  await page.getByLabel('单价 1').fill('1')
  await page.getByLabel('备注').fill(query)
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByRole('heading', { name: `订单 ${formula}` }).waitFor()
  await sees(page, markup)
  await go(page, '/users/departments')
  await page.getByRole('button', { name: '新增部门' }).click()
  await dialog.getByLabel('部门名称').fill(query)
  await dialog.getByRole('button', { name: '保存' }).click()
  await sees(page, query)
  await go(page, '/customers?text=EVIL-1')
  await page.getByRole('button', { name: '视图', exact: true }).click()
  await page.getByRole('menuitem', { name: '将当前条件存为新视图' }).click()
  await page.getByRole('textbox', { name: '视图名称' }).fill(template)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: template, exact: true }).waitFor()
  for (const path of [`${file}?tab=timeline`, `${file}?tab=orders`, file, '/orders', '/audit']) {
    await go(page, path)
  }
  assert.deepEqual(seen, [])
  const book = new excel.Workbook()
  const workbook = await page.request.get(`${workbench.url}/api/orders.xlsx?number=%3DHYPERLINK`)
  await book.xlsx.load((await workbook.body()) as never)
  const cells: excel.Cell[] = []
  book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => cells.push(cell)))
  const kept = cells.find((cell) => cell.value === formula)
  assert.equal(kept?.type, excel.ValueType.String, JSON.stringify(cells.map(({ value }) => value)))
})

test('reasons, money and files with such texts do nothing on the pages that show them', async () => {
  const held = await holdOrder(workbench, markup)
  const hold = `/holds/${held.partyId}/${held.holdId}`
  const release = { reason: `${query} ${markup}`, once: true }
  await callAs(workbench, 'admin', 'POST', `/api${hold}/release`, release)
  const receipt = await callAs(workbench, 'admin', 'POST', '/api/receipts', {
    ...{ party: held.partyId, currency: 'CNY', amount: '1.00', number: template, note: markup },
    allocate: 'none',
  })
  const invoice = await callAs(workbench, 'admin', 'POST', '/api/invoices', {
    ...{ party: held.partyId, number: formula, currency: 'CNY', amount: '10.00' },
    ...{ issuedOn: '2026-01-05', dueOn: '2026-02-04' },
  })
  const invoicePath = `/invoices/${held.partyId}/${invoice.id}`
  await callAs(workbench, 'admin', 'POST', `/api${invoicePath}/disputes`, { reason: markup })
  await callAs(workbench, 'admin', 'POST', '/api/persons', {
    ...{ login: 'evil', name: markup, roles: ['sales'] },
  })
  const page = await workbench.open('admin', '/imports')
  const seen = watch(page)
  const text = `客户编码,客户名称,地区\nEVIL-2,${markup},${query}\nEVIL-3,"=HYPERLINK(""http://x"")",${backwards}\n`
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: `${query}<b>.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) },
  })
  await page.waitForURL(/\/imports\/.+/)
  await sees(page, markup)
  const shown = [
    [hold, query],
    [`/orders/${held.orderId}`, markup],
    [`/receipts/${held.partyId}/${receipt.id}`, markup],
    [invoicePath, markup],
    ['/users', markup],
    ['/imports', query],
    [`/customers/${held.partyId}?tab=timeline`, query],
    [`/customers/${held.partyId}?tab=open-items`, formula],
  ] as const
  for (const [path, expected] of shown) {
    await go(page, path)
    await sees(page, expected)
  }
  assert.deepEqual(seen, [])
})

test('who owns nothing sees nothing of others at any address', async () => {
  const person = { login: 'stranger', name: '外人', roles: ['sales' as const] }
  const password = 'a password of the tests'
  const context = workbench.database.context('admin')
  const made = await createPerson(context, { ...person, password, scope: 'own' })
  assert.ok(!isRefusal(made), JSON.stringify(made))
  const { rows } = await workbench.database.db.pool.query(
    'select name from party.party where length(name) > 3',
  )
  const names: readonly string[] = rows.map(({ name }) => name)
  const page = await workbench.open(null, '/')
  await page.request.post(`${workbench.url}/api/session`, {
    data: { login: 'stranger', password },
    headers: { origin: workbench.url },
  })
  const seen = watch(page)
  let at = ''
  const tells = (where: string, text: string) => {
    const name = names.find((each) => text.includes(each))
    if (name) seen.push(`${at}: ${where} tells of ${name}`)
  }
  const reading: Promise<void>[] = []
  page.on('response', (reply) => {
    // Events never end.
    if (!reply.url().startsWith(`${workbench.url}/api/`) || /events$/.test(reply.url())) return
    reading.push(
      reply.text().then(
        (text) => tells(reply.url(), text),
        () => {},
      ),
    )
  })
  for (const { name, path } of pages) {
    at = name
    await go(page, path)
    tells('the page', await page.locator('body').innerText())
    if (!['credit-file', 'hold', 'order', 'invoice', 'receipt'].includes(name)) continue
    await page
      .getByRole('alert')
      .getByText(/不在您的数据范围内/)
      .waitFor()
    await page.locator('.page-back').waitFor()
  }
  await Promise.all(reading)
  assert.deepEqual(seen, [])
})

const nobody = '00000000-0000-7000-8000-000000000000'
const odd: readonly (readonly [path: string, told: RegExp])[] = [
  ['/nowhere/at/all', /没有这个页面/],
  ['/customers/not-a-uuid', /地址里的编号/],
  [`/customers/${nobody}`, /没有这条记录/],
  [`/orders/${nobody}`, /没有这条记录/],
  ['/invoices/a/b', /地址里的编号/],
  [`/holds/${nobody}/${nobody}`, /没有这条记录/],
  ['/policies/compare', /还没有选好两个版本/],
  ['/policies/pilots/no-such-rule', /没有这条记录/],
  [`/imports/${nobody}`, /没有这条记录/],
  ['/customers?sort=xyz', /共 \d+ 条/],
  ['/orders?sort=xyz', /已载入 \d+ 条/],
  ['/customers?columns=,,,', /信用额度/],
  ['/ageing?asOf=9999-99-99', /输入有误/],
  [`/customers/${nobody}?as-of=9999-99-99`, /输入有误/],
  [`/customers?text=${'x'.repeat(5000)}`, /输入有误/],
]

test('odd addresses are answered in words, with a way out', async () => {
  const page = await workbench.open('admin', '/today')
  const seen = watch(page)
  for (const [path, told] of odd) {
    await go(page, path)
    await page.locator('main').getByText(told).first().waitFor()
    await page.getByRole('navigation', { name: '主菜单' }).waitFor()
    assert.equal(await page.locator('.ant-skeleton').count(), 0, path)
  }
  assert.deepEqual(seen, [])
})

test('a page that breaks leaves the menu and another try', async () => {
  const file = pages.find(({ name }) => name === 'credit-file')?.path ?? ''
  const page = await workbench.open('admin', '/today')
  await page.route('**/credit-file*', (route) => route.fulfill({ json: {} }))
  await page.goto(`${workbench.url}${file}`)
  const told = page.getByRole('alert').getByText('这个页面出错了')
  await told.waitFor()
  await page.getByRole('link', { name: '订单', exact: true }).click()
  await page.getByRole('heading', { name: '订单', exact: true }).waitFor()
  await page.goBack()
  await told.waitFor()
  await page.unroute('**/credit-file*')
  await page.getByRole('button', { name: '重试' }).click()
  await settled(page)
  await told.waitFor({ state: 'detached' })
})

test('whoever clicks or presses Enter several times has done it once', async () => {
  const { partyId } = await holdOrder(workbench, 'SO-ONCE')
  const { code } = await callAs(workbench, 'admin', 'GET', `/api/parties/${partyId}`)
  const page = await workbench.open('admin', '/orders/new')
  const seen = watch(page)
  await chooseCustomer(page, page, String(code))
  await page.getByLabel('货品 1').fill('只此一次')
  await page.getByLabel('数量 1').fill('1')
  await page.getByLabel('单价 1').fill('1')
  await page.getByRole('button', { name: '保存草稿' }).dblclick()
  await page.getByRole('heading', { name: /^订单 / }).waitFor()
  assert.equal(await count(`"order".order_line where item = '只此一次'`), 1)
  await go(page, '/receipts')
  await page.getByRole('button', { name: '录入收款' }).click()
  const dialog = page.getByRole('dialog')
  await chooseCustomer(page, dialog, String(code))
  await dialog.getByLabel('金额').fill('7.31')
  await dialog.getByLabel('备注').fill('只此一次')
  // A slow server leaves time for another Enter after the first has been answered.
  await page.route('**/api/credits?*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800))
    await route.continue()
  })
  for (let times = 0; times < 6; times++) {
    await page.keyboard.press('Control+Enter')
    await page.waitForTimeout(100)
  }
  await page.waitForURL(/\/receipts\/.+\/.+/)
  await settled(page)
  assert.equal(await count(`receivable.credit where note = '只此一次'`), 1)
  assert.deepEqual(seen, [])
})
