import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAs, customerWithRoom, holdOrder } from '../testing-held.ts'
import { openWorkbench, type Workbench } from '../testing-workbench.ts'

let workbench: Workbench
before(async () => {
  workbench = await openWorkbench()
})
after(() => workbench.close())

test('an order that is typed is answered at once, and held when it is confirmed', async () => {
  const { code } = await customerWithRoom(workbench)
  const page = await workbench.open('sales', '/orders/new')
  await page.getByRole('combobox', { name: '客户' }).fill(code)
  await page.locator('.ant-select-item-option').filter({ hasText: code }).click()
  await page.getByLabel('订单号').fill('SO-TYPED')
  await page.getByLabel('货品 1').fill('轴承')
  await page.getByLabel('数量 1').fill('9000')
  await page.getByLabel('单价 1').fill('260')
  await page.getByText('2,340,000.00').first().waitFor()
  await page.getByText('不能发货').waitFor()
  await page.getByText(/把金额减到/).waitFor()
  await page.getByRole('button', { name: '保存并确认' }).click()
  await page.getByRole('heading', { name: '订单 SO-TYPED' }).waitFor()
  await page.getByText('不能发货').waitFor()
  await page.getByRole('link', { name: '查看暂挂并放行' }).click()
  await page.getByRole('heading', { name: '暂挂 SO-TYPED' }).waitFor()
})

test('what is wrong is said where it is typed, and nothing is sent', async () => {
  const page = await workbench.open('sales', '/orders/new')
  await page.getByLabel('账期').fill('随便')
  await page.getByLabel('数量 1').fill('1.2345')
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByText('看不懂这个账期').waitFor()
  await page.getByText('大于零,至多三位小数').waitFor()
  assert.match(page.url(), /\/orders\/new$/)
})

test('an order goes its way: confirmed, delivered, taken back, invoiced, closed', async () => {
  const { partyId } = await holdOrder(workbench, 'SO-OTHER')
  const { order } = await callAs(workbench, 'sales', 'POST', '/api/orders', {
    ...{ party: partyId, number: 'SO-WAY', currency: 'CNY', terms: 'net-30' },
    lines: [{ item: '轴承座', quantity: '10', unit: '件', unitPrice: '88' }],
  })
  const { id } = order as { id: string }
  const page = await workbench.open('admin', `/orders/${id}`)
  const act = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await act('确认订单')
  await page.getByRole('listitem').filter({ hasText: '已确认' }).first().waitFor()
  await act('发货')
  await dialog.getByLabel('轴承座').fill('8')
  await dialog.getByRole('button', { name: '发货' }).click()
  await page.getByText('发货已登记').waitFor()
  await page.getByText('轴承座 × 8 件').waitFor()
  await act('更多')
  await page.getByRole('menuitem', { name: '退货' }).click()
  await dialog.getByLabel('轴承座').fill('1')
  await dialog.getByRole('button', { name: '质量问题' }).click()
  await dialog.getByRole('button', { name: '退货' }).click()
  await page.getByText('退货已登记').waitFor()
  await page.getByText('轴承座 × 7 件').waitFor()
  await act('开票')
  await dialog.getByLabel('发票号').fill('INV-WAY')
  await dialog.getByRole('button', { name: '开票' }).click()
  await page.getByRole('link', { name: 'INV-WAY' }).waitFor()
  await act('更多')
  await page.getByRole('menuitem', { name: '关闭订单', exact: true }).click()
  await dialog.getByRole('button', { name: '余量不再发货' }).click()
  await dialog.getByRole('button', { name: '关闭订单' }).click()
  await page.getByText('已关闭').first().waitFor()
  const shown = await callAs(workbench, 'admin', 'GET', `/api/orders/${id}`)
  assert.deepEqual([shown.state, shown.invoiced], ['closed', '616.00'])
})

test('an order is amended, copied and cancelled; what cannot be done says why', async () => {
  const { partyId } = await holdOrder(workbench, 'SO-OTHER-2')
  const { order } = await callAs(workbench, 'sales', 'POST', '/api/orders', {
    ...{ party: partyId, number: 'SO-AMEND', currency: 'CNY' },
    lines: [{ item: '轴承座', description: '铸铁', quantity: '10', unitPrice: '88' }],
  })
  const { id } = order as { id: string }
  const page = await workbench.open('sales', `/orders/${id}`)
  const invoice = page.getByRole('button', { name: '开票' })
  assert.equal(await invoice.getAttribute('aria-description'), '需要权限 receivable:write')
  const deliver = page.getByRole('button', { name: '发货' })
  assert.equal(await deliver.getAttribute('aria-description'), '请先确认订单')
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '修改' }).click()
  await page.getByLabel('数量 1').fill('12')
  await page.getByRole('button', { name: '保存修改' }).click()
  await page.getByText('12 件').waitFor()
  await page.getByText('铸铁').waitFor()
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '复制' }).click()
  await page.getByRole('dialog').getByLabel('订单号').fill('SO-COPY')
  await page.getByRole('dialog').getByRole('button', { name: '复制' }).click()
  await page.getByRole('heading', { name: '订单 SO-COPY' }).waitFor()
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '取消订单', exact: true }).click()
  await page.getByRole('button', { name: '录入有误' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '取消订单' }).click()
  await page.getByText('已取消').first().waitFor()
})

test('another one pays: chosen on the form, told on the order, taken away again', async () => {
  const { id: party } = await customerWithRoom(workbench)
  const { items } = await callAs(workbench, 'sales', 'GET', '/api/parties?role=customer&limit=20')
  const payer = (items as { id: string; code: string; name: string }[]).find(
    ({ id }) => id !== party,
  )
  assert.ok(payer)
  const { order } = await callAs(workbench, 'sales', 'POST', '/api/orders', {
    ...{ party, number: 'SO-PAYER', currency: 'CNY' },
    lines: [{ item: '轴承座', quantity: '10', unitPrice: '88' }],
  })
  const { id } = order as { id: string }
  const page = await workbench.open('sales', `/orders/${id}/amend`)
  await page.getByRole('combobox', { name: '付款方' }).fill(payer.code)
  await page.locator('.ant-select-item-option').filter({ hasText: payer.code }).click()
  await page.getByRole('button', { name: '保存修改' }).click()
  await page.getByRole('link', { name: payer.name, exact: true }).waitFor()
  const paid = async () => (await callAs(workbench, 'sales', 'GET', `/api/orders/${id}`)).payer
  assert.equal(((await paid()) as { id: string }).id, payer.id)
  await page.goto(`${workbench.url}/orders/${id}/amend`)
  await page.getByText(payer.code).first().waitFor()
  await page.locator('.ant-form-item', { hasText: '付款方' }).locator('.ant-select-clear').click()
  await page.getByRole('button', { name: '保存修改' }).click()
  await page.getByRole('heading', { name: '订单 SO-PAYER' }).waitFor()
  assert.equal(await paid(), null)
  await callAs(workbench, 'sales', 'POST', `/api/orders/${id}/confirm`, {})
  await page.goto(`${workbench.url}/orders/${id}/amend`)
  await page.getByRole('combobox', { name: '付款方' }).fill(payer.code)
  await page.locator('.ant-select-item-option').filter({ hasText: payer.code }).click()
  await page.getByRole('button', { name: '保存修改' }).click()
  await page.getByText('批准之后改动了: 付款方').waitFor()
  await page.getByText('在此之前订单按原样执行').waitFor()
  assert.equal(await paid(), null)
})

test('the list of orders is filtered in its address and opened by keys', async () => {
  const { number, partyId } = await holdOrder(workbench, 'SO-LISTED')
  const page = await workbench.open('sales', `/orders?party=${partyId}&state=held`)
  await page.getByRole('row', { name: new RegExp(number) }).waitFor()
  await page.getByLabel('订单号').fill(number)
  await page.keyboard.press('Enter')
  await page.getByText('已载入 1 条').waitFor()
  assert.match(page.url(), /number=SO-LISTED/)
  await page.getByLabel('订单号').blur()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: `订单 ${number}` }).waitFor()
  await page.goto(`${workbench.url}/orders/contracts`)
  await page.getByText('没有合同').waitFor()
})
