import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { CreditFileShown } from '#contract/credit-file.ts'
import type { PartyPage } from '#contract/party.ts'
import { callAs } from '../testing-held.ts'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
let file: CreditFileShown
before(async () => {
  workbench = await openWorkbench()
  file = await owingCustomer()
})
after(() => workbench.close())

/** A rated customer with a formula behind its limit, open orders and open invoices. */
async function owingCustomer(): Promise<CreditFileShown> {
  const path = '/api/parties?role=customer&limit=40'
  const { items } = (await callAs(workbench, 'admin', 'GET', path)) as unknown as PartyPage
  for (const { id } of items) {
    const reply = await callAs(workbench, 'admin', 'GET', `/api/parties/${id}/credit-file`)
    const candidate = reply as unknown as CreditFileShown
    const stages = candidate.exposure.accounts[0]?.balances[0]?.stages ?? {}
    const isOwing = 'order' in stages && 'invoiced' in stages
    const isPaying = candidate.payment.months.length > 3
    if (isOwing && isPaying && candidate.limit?.formulas.some((each) => each.isBinding)) {
      return candidate
    }
  }
  throw new Error('nobody owes anything in the demonstration company')
}

const grouped = (amount: string) => amount.replace(/\B(?=(\d{3})+(?!\d))/g, ',')

test('a credit manager reads why the limit is what it is, down to the source of a term', async () => {
  const page = await workbench.open('credit-manager', `/customers/${file.partyId}`)
  await page.getByRole('heading', { level: 1, name: file.identity.name }).waitFor()
  const limit = page.locator('.card', { hasText: '额度怎么来的' })
  await limit.getByText('取此值', { exact: true }).waitFor()
  await limit
    .getByText(grouped(file.limit?.amount ?? ''))
    .first()
    .waitFor()
  const term = file.limit?.formulas.flatMap(({ terms }) => terms).find(({ indicator }) => indicator)
  assert.ok(term?.indicator)
  await limit.getByRole('button', { name: term.label.zh }).first().click()
  await page.getByText(term.indicator.meaning.zh).waitFor()
  await page.getByRole('link', { name: '查看来源' }).waitFor()
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: file.rating?.grade ?? '', exact: true })
    .first()
    .hover()
  await page.getByText('数据来源').first().waitFor()
})

test('the bar of the exposure opens to its documents', async () => {
  const page = await workbench.open('credit-manager', `/customers/${file.partyId}`)
  const card = page.locator('.card', { hasText: '占用构成' })
  await card.getByRole('button', { name: '已开票未收' }).first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('heading', { name: '未结单据' }).waitFor()
  await drawer.getByRole('heading', { name: '账本分录' }).waitFor()
  await drawer.getByRole('cell', { name: '期初' }).first().waitFor()
  await page.keyboard.press('Escape')
  await card.locator('.stage-bar .share-order').first().click()
  await drawer.getByText(/^订单未发 · /).waitFor()
})

test('payment over time is drawn, and stands as a table too', async () => {
  const page = await workbench.open('credit-manager', `/customers/${file.partyId}`)
  const card = page.locator('.card', { hasText: '付款表现' })
  await card.locator('[role=img] svg').waitFor()
  await card.getByText('看数据表').click()
  await card.getByRole('rowheader', { name: file.payment.months.at(-1)?.month ?? '' }).waitFor()
})

test('a past day shows what stood then, says so, and holds back the acts', async () => {
  const page = await workbench.open('credit-manager', `/customers/${file.partyId}`)
  await page.getByLabel('截至日期').fill('2026-08-31')
  await page.keyboard.press('Enter')
  await page.getByText('显示的是 2026-08-31 日终的档案').waitFor()
  assert.match(page.url(), /as-of=2026-08-31/)
  const freeze = page.getByRole('button', { name: '冻结' })
  assert.equal(await freeze.getAttribute('aria-disabled'), 'true')
  await page.getByRole('button', { name: '回到今天' }).click()
  await page.getByText('显示的是 2026-08-31').waitFor({ state: 'detached' })
})

test('the report is a PDF of the day', async () => {
  const page = await workbench.open('credit-manager', `/customers/${file.partyId}?as-of=2026-10-31`)
  await page.getByRole('button', { name: '信用报告 PDF' }).click()
  const href = await page.getByRole('link', { name: '中文报告' }).getAttribute('href')
  assert.match(href ?? '', /as-of=2026-10-31/)
  const reply = await page.request.get(`${workbench.url}${href}`)
  assert.equal(reply.headers()['content-type'], 'application/pdf')
  assert.equal((await reply.body()).subarray(0, 5).toString(), '%PDF-')
})

test('a document is dropped, seen, previewed and removed with a reason', async () => {
  const page = await workbench.open('credit-manager', `/customers/${file.partyId}?tab=documents`)
  await page.locator('input[type=file]').setInputFiles({
    name: '营业执照.png',
    mimeType: 'image/png',
    buffer: Buffer.from(dot, 'base64'),
  })
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '上传资料' }).click()
  const row = page.getByRole('row', { name: /营业执照/ })
  await row.getByRole('button', { name: '预览' }).click()
  const picture = dialog.getByRole('img', { name: '营业执照' })
  await picture.waitFor()
  assert.ok(
    await picture.evaluate((image) => (image as HTMLImageElement).decode().then(() => true)),
  )
  await page.keyboard.press('Escape')
  await row.getByRole('button', { name: '删除' }).click()
  await dialog.getByRole('button', { name: '传错了' }).click()
  await dialog.getByRole('button', { name: '删除' }).click()
  await page.getByText('还没有资料').waitFor()
})

const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

test('a note names a colleague, who is offered while one types', async () => {
  const page = await workbench.open('credit-manager', `/customers/${file.partyId}?tab=people`)
  await page.getByLabel('备注内容').pressSequentially('请跟进付款 @业务')
  await page.getByText(/^业务员丙 · /).click()
  await page.getByRole('button', { name: '发布备注' }).click()
  await page.locator('.notes mark', { hasText: '@业务员丙' }).waitFor()
  const { items } = await callAs(workbench, 'sales', 'GET', '/api/notices')
  assert.ok((items as { kind: string }[]).some(({ kind }) => kind === 'note.mentioned'))
})

test('an account is frozen with a reason that everybody reads, and opened again', async () => {
  const page = await workbench.open('credit-manager', `/customers/${file.partyId}`)
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: '冻结' }).click()
  await dialog.getByRole('button', { name: '设定状态' }).click()
  await dialog.getByText('请写明原因').waitFor()
  await dialog.getByRole('button', { name: '逾期未付,停止发货' }).click()
  await dialog.getByRole('button', { name: '设定状态' }).click()
  await page.locator('.page-note', { hasText: '逾期未付,停止发货' }).waitFor()
  await page.getByRole('button', { name: '解冻' }).click()
  await dialog.getByRole('button', { name: '已付清逾期款项' }).click()
  await dialog.getByRole('button', { name: '设定状态' }).click()
  await page.getByRole('button', { name: '冻结' }).waitFor()
  // Each time it can be taken back for a while, with the reason that stood before.
  await page.getByRole('button', { name: '撤销' }).last().click()
  await page.locator('.page-note', { hasText: '逾期未付,停止发货' }).waitFor()
  await page.getByRole('button', { name: '解冻' }).click()
  await dialog.getByRole('button', { name: '已付清逾期款项' }).click()
  await dialog.getByRole('button', { name: '设定状态' }).click()
  await page.getByRole('button', { name: '冻结' }).waitFor()
  await page.getByRole('tab', { name: '动态' }).click()
  await page.getByText('账户状态变更').first().waitFor()
})

test('a field is changed where it is wrong told so, and the change is taken back', async () => {
  const page = await workbench.open('sales', `/customers/${file.partyId}`)
  await page.getByRole('button', { name: '修改', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('约定账期').fill('随便')
  await dialog.getByText('看不懂这个账期').waitFor()
  await dialog.getByLabel('约定账期').fill('月结45天')
  await dialog.getByRole('button', { name: '保存' }).click()
  const identity = page.locator('.card', { hasText: '基本信息' })
  await identity.getByText('月结45天').waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await identity.getByText('月结45天').waitFor({ state: 'detached' })
})

test('a salesperson sees what he may not do, with the reason, and moves by keyboard', async () => {
  const page = await workbench.open('sales', `/customers/${file.partyId}`, { language: 'en' })
  for (const [name, permission] of [
    ['Freeze', 'exposure:freeze'],
    ['Rate anew', 'scoring:run'],
  ] as const) {
    const button = page.getByRole('button', { name })
    assert.equal(await button.getAttribute('aria-disabled'), 'true')
    assert.match((await button.getAttribute('aria-description')) ?? '', new RegExp(permission))
  }
  await page.getByRole('tab', { name: 'Overview' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: 'Orders', selected: true }).waitFor()
  assert.match(page.url(), /tab=orders/)
  await page.getByRole('table', { name: 'Orders' }).getByRole('row').first().waitFor()
})
