import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { may, type Role, roles } from '#contract/role.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const send = (role: Role, method: string, url: string, body?: unknown) =>
  server.send({ method, url, headers: server.as[role], ...(body === undefined ? {} : { body }) })

test('null clears a field over HTTP and does not become an empty text', async () => {
  const made = await send('sales', 'POST', '/api/parties', {
    name: '网络公司',
    region: '上海',
    shortName: null,
    contacts: [{ name: '王敏', phone: '12012345678', email: null }],
  })
  assert.equal(made.status, 200, made.text)
  const url = `/api/parties/${made.json.id}`
  const changed = await send('sales', 'PUT', url, { region: null })
  assert.deepEqual([changed.status, changed.json.region, changed.json.shortName], [200, null, null])
  const masked = await send('viewer', 'GET', url)
  assert.match(masked.text, /"phone":"\*\*\*\* 5678","email":null/)
  const list = await send('viewer', 'GET', '/api/parties?text=%E7%BD%91%E7%BB%9C&limit=1')
  assert.match(list.text, /网络公司/)
})

test('an empty change, an unknown field and a parent in a circle say what is wrong', async () => {
  const id = await server.world.newParty()
  const empty = await send('admin', 'PUT', `/api/parties/${id}`, {})
  assert.equal(empty.status, 400, empty.text)
  const unknown = await send('admin', 'PUT', `/api/parties/${id}`, { colour: 'red' })
  assert.match(String(unknown.json.detail), /colour/)
  const circle = await send('admin', 'PUT', `/api/parties/${id}`, { groupParentId: id })
  assert.deepEqual([circle.status, circle.json.kind], [409, 'conflict'])
})

test('the same key and body open one file', async () => {
  const request = {
    method: 'POST',
    url: '/api/parties',
    headers: { ...server.as.integrator, 'idempotency-key': 'once' },
    body: { name: '幂等公司' },
  }
  const [first, second] = [await server.send(request), await server.send(request)]
  assert.equal(first.status, 200, first.text)
  assert.equal(second.text, first.text)
})

test('a search for duplicates runs as a job', async () => {
  const { json } = await send('credit-manager', 'POST', '/api/party-duplicates/search', {})
  const result = await server.world.jobDone(String(json.jobId))
  assert.ok(typeof result === 'object' && result !== null && 'suggestions' in result)
})

// Who sees telephone numbers and addresses of people, and who numbers of accounts and taxpayers.
const clear: Readonly<Record<Role, readonly [contacts: boolean, numbers: boolean]>> = {
  admin: [true, true],
  'credit-manager': [true, true],
  sales: [true, false],
  accountant: [true, true],
  viewer: [false, false],
  integrator: [true, true],
}
const secrets = {
  contacts: ['13800138000', 'wang.min@kehu.example', '13900139000', 'min@kehu.example'],
  numbers: ['6222021234567890123', 'DE89370400440532013000', '91TAX4403015566778'],
}

for (const [role, [contacts, numbers]] of Object.entries(clear) as [Role, [boolean, boolean]][]) {
  test(`${role} sees contacts ${contacts ? 'whole' : 'masked'}, numbers ${numbers}`, async () => {
    const made = await send('admin', 'POST', '/api/parties', {
      name: server.world.unique('遮蔽公司'),
      contacts: [{ name: '王敏', phone: secrets.contacts[0], email: secrets.contacts[1] }],
      bankAccounts: [{ accountNumber: secrets.numbers[0] }],
      acceptDuplicate: true,
      identifiers: [
        { scheme: 'iban', value: secrets.numbers[1], acceptInvalid: true },
        { scheme: 'tax-number', value: secrets.numbers[2], acceptInvalid: true },
        { scheme: 'uscc', value: '91350100M000100Y43' },
      ],
    })
    assert.equal(made.status, 200, made.text)
    const url = `/api/parties/${made.json.id}`
    const file = await send('admin', 'GET', url)
    const [contact] = file.json.contacts as { id: string }[]
    const changed = { name: '王敏', phone: secrets.contacts[2], email: secrets.contacts[3] }
    await send('admin', 'PUT', `${url}/contacts/${contact?.id}`, changed)
    const told = `${(await send(role, 'GET', url)).text}${(await send(role, 'GET', `${url}/history`)).text}`
    for (const secret of secrets.contacts) assert.equal(told.includes(secret), contacts, secret)
    for (const secret of secrets.numbers) assert.equal(told.includes(secret), numbers, secret)
    assert.ok(told.includes('91350100M000100Y43'), 'a public register knows it')
    const search = await send(role, 'GET', `/api/parties?text=${secrets.numbers[2]?.slice(0, 6)}`)
    assert.equal((search.json.items as unknown[]).length > 0, numbers, search.text)
  })
}

test('who reads the audit trail sees numbers and contacts whole anyhow', () => {
  for (const role of roles.filter((each) => may([each], 'audit:read'))) {
    assert.ok(may([role], 'party:private') && may([role], 'party:contact'), role)
  }
})
