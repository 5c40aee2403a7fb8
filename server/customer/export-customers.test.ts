import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import excel from '@protobi/exceljs'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

let at: CreditStories
before(async () => {
  at = await openCreditStories('2026-11-24')
  await at.customer('1000.00', { code: 'X-1', name: '=1+1 公司', region: '导出' })
  await at.customer('2000.50', { code: 'X-2', name: '-减号公司', region: '导出' })
  await at.customer(null, { code: 'X-3', name: '@圆点公司', currency: 'JPY', region: '导出' })
  for (const [party, number, amount, currency, dueOn] of [
    ['X-1', '+1', '300.00', 'CNY', '2026-10-01'],
    ['X-1', 'B', '0.07', 'CNY', '2026-12-01'],
    ['X-2', 'C', '100.00', 'CNY', '2026-09-01'],
    ['X-3', 'D', '5000', 'JPY', '2026-11-01'],
  ] as const) {
    const issuedOn = '2026-08-01'
    await at.post('/api/invoices', { party, number, amount, currency, dueOn, issuedOn })
  }
})
after(() => at.close())

async function sheet(url: string, language = 'zh-CN'): Promise<excel.Worksheet> {
  const reply = await at.server.http.inject({
    ...{ method: 'GET', url },
    headers: { ...at.server.as.viewer, 'accept-language': language },
  })
  assert.equal(reply.statusCode, 200, reply.body.slice(0, 500))
  assert.match(String(reply.headers['content-disposition']), /^attachment; .*\.xlsx$/)
  const book = new excel.Workbook()
  await book.xlsx.load(reply.rawPayload as never)
  return book.worksheets[0] ?? assert.fail('a sheet')
}

function valuesOf(page: excel.Worksheet): unknown[][] {
  const rows: unknown[][] = []
  page.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
  return rows
}

test('the file has what is seen: filters, order, columns, and totals per currency', async () => {
  const query = 'region=导出&sort=overdue&order=desc&columns=name,code,currency,overdue,limit'
  const page = await sheet(`/api/customers.xlsx?${encodeURI(query)}`)
  assert.deepEqual(valuesOf(page), [
    ['客户名称', '客户编码', '币种', '逾期金额', '信用额度'],
    ['=1+1 公司', 'X-1', 'CNY', 300, 1000],
    ['-减号公司', 'X-2', 'CNY', 100, 2000.5],
    ['@圆点公司', 'X-3', 'JPY', 5000],
    ['合计 CNY', '2 户', 'CNY', 400, 3000.5],
    ['合计 JPY', '1 户', 'JPY', 5000, 0],
  ])
  assert.equal(page.getCell('D2').numFmt, '#,##0.00')
  assert.equal(page.getCell('D4').numFmt, '#,##0')
  assert.equal(page.getCell('A2').type, excel.ValueType.String)
  assert.equal(page.getCell('A4').formula, undefined)
  const [heads] = valuesOf(await sheet('/api/customers.xlsx?columns=code,exposure', 'en'))
  assert.deepEqual(heads, ['Code', 'Exposure'])
  const refused = await at.send('GET', '/api/customers.xlsx?columns=code,secret')
  assert.match(String(refused.json.detail), /columns: "secret" is none of/)
})

test('the ageing file has customers over their invoices, and sums that Excel reckons', async () => {
  const page = await sheet('/api/ageing.xlsx?buckets=1-30,31-60,61-&currency=CNY')
  const rows = valuesOf(page)
  assert.deepEqual(rows[0]?.slice(5), [
    '币种',
    '未到期',
    '1–30天',
    '31–60天',
    '60天以上',
    '未核销贷项',
    '余额',
  ])
  const first = page.getRow(2)
  assert.equal(first.getCell(1).value, 'X-1')
  assert.deepEqual(first.getCell(12).value, { formula: 'SUM(L3:L4)', result: 300.07 })
  assert.equal(page.getRow(3).outlineLevel, 1)
  assert.equal(page.getRow(3).getCell(3).value, '+1')
  const total = page.getRow(page.rowCount)
  assert.deepEqual(total.getCell(12).value, {
    formula: 'SUMIFS(L2:L6,F2:F6,"CNY",C2:C6,"<>")',
    result: 400.07,
  })
})

test('invoices, credits, orders and holds have their files', async () => {
  await at.post('/api/receipts', { party: 'X-2', number: 'R', currency: 'CNY', amount: '130.00' })
  const invoices = valuesOf(await sheet('/api/invoices.xlsx?state=overdue&currency=CNY'))
  assert.deepEqual(invoices[1]?.slice(0, 3), ['X-1', '=1+1 公司', '+1'])
  assert.deepEqual(invoices.at(-1)?.slice(6), ['CNY', 300, 300])
  const credits = valuesOf(await sheet('/api/credits.xlsx?state=unapplied'))
  assert.deepEqual(credits[1]?.slice(2, 4), ['收款', 'R'])
  assert.deepEqual(credits.at(-1)?.slice(6), [130, 30])
  const order = { party: 'X-1', number: 'O-1', currency: 'CNY' }
  const lines = [{ item: 'A', quantity: '1', unitPrice: '5000' }]
  const made = (await at.post('/api/orders', { ...order, lines })) as { order: { id: string } }
  await at.post(`/api/orders/${made.order.id}/confirm`, {})
  const orders = valuesOf(await sheet('/api/orders.xlsx?held=true', 'en'))
  assert.deepEqual(orders[1]?.slice(2, 4), ['O-1', 'Held'])
  const holds = valuesOf(await sheet('/api/holds.xlsx'))
  assert.deepEqual([holds[1]?.[2], holds[1]?.[7]], ['O-1', 5000])
})
