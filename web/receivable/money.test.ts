import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Ageing } from '#contract/ageing.ts'
import type { CreditFile } from '#contract/receivable.ts'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'
import { amountText, sumAmounts } from '../ui/amount-text.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

async function rows<Row>(statement: string): Promise<Row[]> {
  return (await workbench.database.db.pool.query(statement)).rows
}

/** Only the rows in sight are there, and they are no table to the browser. */
function rowsOf(page: Page, text: string) {
  return page.locator('[data-row-key]', { hasText: text })
}

async function api<Reply>(page: Page, path: string): Promise<Reply> {
  const reply = await page.request.get(`${workbench.url}${path}`)
  assert.equal(reply.status(), 200, await reply.text())
  return reply.json()
}

test('from the ageing to the invoice that is due longest', async () => {
  const page = await workbench.open('accountant', '/ageing')
  const oldest = page.getByRole('columnheader', { name: '最长逾期' })
  await oldest.click()
  await page.waitForURL(/sort=-oldest/)
  const [first] = await rows<{ number: string; due: string; days: number }>(`
    select number, due_on::text as due,
      (now() at time zone 'Asia/Shanghai')::date - due_on as days
    from receivable.invoice where open_minor > 0 order by due_on, id limit 1`)
  assert.ok(first)
  const top = page.locator('[data-row-key]:first-child', { hasText: `${first.days} 天` })
  await top.getByRole('button', { name: /^展开/ }).click()
  await page.getByRole('link', { name: first.number }).click()
  await page.getByRole('heading', { name: first.number }).waitFor()
  await page.getByText(first.due).waitFor()
  await page.getByText(/逾期 \d+ 天/).waitFor()
})

test('the ageing page shows what the API tells of a past day', async () => {
  const asked = 'asOf=2026-06-30&by=invoice'
  const page = await workbench.open('accountant', `/ageing?${asked}&buckets=30,90`)
  const total = page.getByRole('row', { name: /^合计/ })
  await total.waitFor()
  const ageing = await api<Ageing>(
    page,
    `/api/ageing?${asked}&buckets=0-30,31-90,91-&convertTo=CNY&limit=3`,
  )
  const [own] = ageing.totals
  assert.ok(own)
  assert.equal(ageing.totals.length, 1)
  assert.ok(ageing.rates.length > 0)
  const figures = [own.notDue, ...own.buckets, own.unappliedCredits, own.balance].map((amount) =>
    amountText(amount),
  )
  const told = await total.getByRole('cell').allInnerTexts()
  assert.deepEqual(told.slice(2, 2 + figures.length), figures)
  for (const { balance, party } of ageing.rows) {
    const text = await rowsOf(page, party.name).first().innerText()
    assert.ok(text.includes(amountText(balance)), `${text} has no ${balance}`)
  }
  const link = await page.getByRole('link', { name: '导出 Excel' }).getAttribute('href')
  const workbook = await page.request.get(`${workbench.url}${link}`)
  assert.equal(workbook.status(), 200)
  await page.emulateMedia({ media: 'print' })
  const printed = page.getByRole('button', { name: /^展开/, includeHidden: true })
  await page.waitForFunction(
    (count) => document.querySelectorAll('.tree-toggle').length === count,
    own.customers,
  )
  assert.equal(await printed.count(), own.customers)
})

test('money is set against two invoices by hand and taken back', async () => {
  const [debtor] = await rows<{ id: string; code: string }>(`
    select p.id, p.code from party.party p where p.merged_into_id is null and exists (
      select from receivable.invoice i where i.party_id = p.id and i.open_minor > 100
      and i.currency = 'CNY' having count(*) > 2) order by p.code limit 1`)
  assert.ok(debtor)
  const page = await workbench.open('accountant', '/receipts')
  for (const list of ['/receipts', '/invoices']) {
    const other = list === '/receipts' ? page : await workbench.open('accountant', list)
    const link = await other.getByRole('link', { name: '导出 Excel' }).getAttribute('href')
    assert.equal((await page.request.get(`${workbench.url}${link}`)).status(), 200)
  }
  const open = await api<{ items: { id: string; number: string; open: string }[] }>(
    page,
    `/api/invoices?party=${debtor.id}&currency=CNY&limit=2`,
  )
  const [one, two] = open.items
  assert.ok(one && two)
  const amount = sumAmounts([one.open, '1.50'])
  await page.getByRole('button', { name: '录入收款' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('客户').fill(debtor.code)
  await page.locator('.ant-select-item-option', { hasText: debtor.code }).click()
  await dialog.getByLabel('金额').fill(amount)
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.waitForURL(/\/receipts\/.+\/.+/)
  await page.getByRole('checkbox', { name: `核销 ${one.number}` }).check()
  const field = page.getByRole('textbox', { name: `${two.number} 的核销金额` })
  await field.fill('1.51')
  await page.getByText('超过可用金额').waitFor()
  const allocate = page.getByRole('button', { name: '确认核销' })
  assert.equal(await allocate.getAttribute('aria-disabled'), 'true')
  await field.fill('1.5')
  await allocate.click()
  await page.getByText('刚核销了 2 张发票').waitFor()
  const path = `/api/credits/${page.url().split('/receipts/')[1]}`
  assert.equal((await api<CreditFile>(page, path)).unapplied, '0.00')
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await page.getByText('已撤销本次核销').waitFor()
  const credit = await api<CreditFile>(page, path)
  assert.equal(credit.unapplied, credit.amount)
  const again = await api<typeof open>(
    page,
    `/api/invoices?party=${debtor.id}&currency=CNY&limit=2`,
  )
  assert.deepEqual(
    again.items.map((item) => item.open),
    [one.open, two.open],
  )
})

test('who may not change the ledger is told why', async () => {
  const [invoice] = await rows<{ path: string }>(`
    select party_id || '/' || id as path from receivable.invoice where open_minor > 0 limit 1`)
  const page = await workbench.open('sales', `/invoices/${invoice?.path}`)
  const act = page.getByRole('button', { name: '核销坏账' })
  assert.equal(await act.getAttribute('aria-disabled'), 'true')
  assert.equal(await act.getAttribute('aria-description'), '需要权限 receivable:write')
})

test('a group is opened down to the file of a member, with the keyboard', async () => {
  const page = await workbench.open('accountant', '/groups')
  const row = rowsOf(page, '集团').first()
  await row.focus()
  await page.keyboard.press('Enter')
  const member = rowsOf(page, '成员').first()
  await member.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/customers\/[0-9a-f-]{36}/)
})
