import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { SearchHit } from '#contract/customer.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
  const parties = [
    { code: 'K-100', name: '上海华东机械有限公司', shortName: '华东机械' },
    { code: 'K-101', name: '华东机电设备有限公司' },
    { code: 'K-102', name: '重庆长安汽车股份有限公司' },
    { code: 'K-103', name: '单氏贸易有限公司' },
    { code: 'K-104', name: 'Müller & Söhne GmbH' },
    {
      ...{ code: 'K-105', name: '绿地食品有限公司' },
      identifiers: [{ scheme: 'uscc', value: '91310000MA1FL5E13P', acceptInvalid: true }],
    },
    { code: 'hdjx-1', name: '无关公司' },
  ]
  for (const party of parties) await server.world.call('POST', '/api/parties', party)
  await server.world.call('POST', '/api/invoices', {
    ...{ party: 'K-103', number: 'INV-2026-0042', currency: 'CNY', amount: '10.00' },
    ...{ issuedOn: '2026-01-01', dueOn: '2026-02-01' },
  })
  await server.world.call('POST', '/api/orders', {
    ...{ party: 'K-104', number: 'SO-2026-7', currency: 'CNY' },
    lines: [{ item: 'A', quantity: '1', unitPrice: '1' }],
  })
})
after(() => server.close())

async function find(q: string, role: 'viewer' | 'sales' = 'viewer'): Promise<SearchHit[]> {
  const url = `/api/search?q=${encodeURIComponent(q)}`
  const reply = await server.send({ method: 'GET', url, headers: server.as[role] })
  assert.equal(reply.status, 200, reply.text)
  return reply.json.items as SearchHit[]
}

const codesOf = (hits: readonly SearchHit[]) => hits.map(({ code }) => code)

test('a customer is found by whatever people type of it', async () => {
  const cases: [typed: string, first: string][] = [
    ['K-101', 'K-101'],
    ['k-101', 'K-101'],
    ['华东机械', 'K-100'],
    ['東機電', 'K-101'],
    ['hdjd', 'K-101'],
    ['HDJD', 'K-101'],
    ['shhdjx', 'K-100'],
    ['huadongjixie', 'K-100'],
    ['huadongjid', 'K-101'],
    ['cqca', 'K-102'],
    ['chongqing', 'K-102'],
    ['dsmy', 'K-103'],
    ['ssmy', 'K-103'],
    ['shanshi', 'K-103'],
    ['lvdi', 'K-105'],
    ['muller', 'K-104'],
    ['Müller', 'K-104'],
    ['söhne', 'K-104'],
    ['9131 0000 MA1F', 'K-105'],
    ['91310000ma1fl5e13p', 'K-105'],
    ['INV-2026-0042', 'K-103'],
    ['INV-2026', 'K-103'],
    ['SO-2026-7', 'K-104'],
  ]
  for (const [typed, first] of cases) {
    assert.equal(codesOf(await find(typed))[0], first, `${typed}: ${codesOf(await find(typed))}`)
  }
})

test('what is it exactly comes before what begins so', async () => {
  assert.deepEqual(codesOf(await find('hdjx')).slice(0, 2), ['K-100', 'hdjx-1'])
  assert.deepEqual(codesOf(await find('华东机电设备')), ['K-101'])
})

test('documents are told by kind, number and whose they are', async () => {
  const [invoice] = await find('INV-2026-0042')
  assert.deepEqual(
    [invoice?.kind, invoice?.number, invoice?.name],
    ['invoice', 'INV-2026-0042', '单氏贸易有限公司'],
  )
  const [order] = await find('SO-2026-7')
  assert.deepEqual([order?.kind, order?.number], ['order', 'SO-2026-7'])
})

test('nothing that is typed breaks the search', async () => {
  for (const typed of ['%', '_', "'; drop table", '\\', '()', ' ', '🏭', 'x'.repeat(100)]) {
    assert.ok((await find(typed)).length <= 10)
  }
  const empty = await server.send({
    method: 'GET',
    url: '/api/search?q=',
    headers: server.as.viewer,
  })
  assert.equal(empty.status, 400)
})

test('the list of parties and of customers understand initials too', async () => {
  for (const path of ['parties', 'customers']) {
    const url = `/api/${path}?text=hdjd`
    const reply = await server.send({ method: 'GET', url, headers: server.as.viewer })
    const items = reply.json.items as { code: string }[]
    assert.deepEqual(
      items.map(({ code }) => code),
      ['K-101'],
      path,
    )
  }
})

test('a renamed customer is found by its new name and by the former one', async () => {
  const id = await server.world.idOf('/api/parties', { name: '旧名五金店' })
  assert.equal((await find('jmwj'))[0]?.id, id)
  await server.world.call('PUT', `/api/parties/${id}`, { name: '新星工具店' })
  assert.equal((await find('xxgj'))[0]?.id, id)
  assert.equal((await find('jmwj'))[0]?.name, '新星工具店')
})
