import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { holdSamples } from '#server/order/testing-hold-samples.ts'
import type { Route } from '#server/platform/route.ts'
import { allRoutes } from '#server/rooms.ts'
import { type Body, type CreditStories, openCreditStories } from '#server/testing-credit.ts'
import { type Reply, requestOf } from '#server/testing-http.ts'
import { plainSamples, samplesOf } from '#server/testing-samples.ts'

// An administrator by role, so that nothing but the scope can stand in the way.
const person = { login: 'wang-own', name: '王自营', password: 'the password of an own scope' }
const samples = { ...plainSamples, ...holdSamples }
const nameOf = (route: Route) => `${route.method} ${route.path}`
const nobody = { partyId: '', code: '', name: '' }
const isOfParty = ({ path, reach }: Route) =>
  typeof reach === 'function' || (reach === undefined && path.includes('/:partyId'))

let story: CreditStories
let cookie: string
let own: Objects
let foreign: Objects

before(async () => {
  story = await openCreditStories('2026-11-23')
  await story.post('/api/persons', { ...person, roles: ['admin'], scope: 'own' })
  cookie = await cookieOf(person)
  own = await objectsOf({ salesperson: person.name })
  foreign = await objectsOf({ salesperson: '别人' })
})
after(() => story.close())

test('every URL tells whom it concerns: a party that it names, or its reach', () => {
  const silent = allRoutes.filter(
    ({ access, path, reach }) =>
      reach === undefined && access !== 'public' && !path.includes('/:partyId'),
  )
  assert.deepEqual(silent.map(nameOf), [])
})

for (const route of allRoutes.filter(({ method }) => method === 'GET').filter(isOfParty)) {
  test(`${nameOf(route)} of somebody else's customer does not exist`, async () => {
    const theirs = await seen(urlOf(route, own))
    assert.equal(theirs.status, 200, theirs.text)
    assert.equal((await story.send('GET', urlOf(route, foreign))).status, 200)
    assertUnseen(await seen(urlOf(route, foreign)))
  })
}

for (const route of allRoutes.filter(({ commands }) => commands.length > 0).filter(isOfParty)) {
  test(`${nameOf(route)} of somebody else's customer does nothing`, async () => {
    for (const sample of samplesOf(samples, nameOf(route))) assertUnseen(await sent(route, sample))
  })
}

for (const route of allRoutes.filter(({ reach }) => reach === 'company')) {
  test(`${nameOf(route)} is for those who see all customers`, async () => {
    const [sample] = samplesOf(samples, nameOf(route))
    const reply = sample
      ? await sent(route, sample)
      : await seen(route.path.replaceAll(/:\w+/g, foreign.partyId))
    assert.equal(reply.status, 403, reply.text)
    assert.equal(reply.json.scope, 'all')
  })
}

for (const route of allRoutes.filter(({ reach }) => reach === 'filtered')) {
  if (route.method === 'GET' && tracesOf(route, nobody).length > 0) {
    test(`${nameOf(route)} tells of own customers only`, async () => {
      const all = JSON.stringify(await story.get(listUrl(route)))
      const told = (await seen(listUrl(route))).text
      for (const trace of tracesOf(route, foreign)) {
        assert.ok(all.includes(trace), `${trace} is there: ${all}`)
        assert.ok(!told.includes(trace), `${trace} is told: ${told}`)
      }
      for (const trace of tracesOf(route, own)) assert.ok(told.includes(trace), told)
    })
  } else if (route.method !== 'GET' && route.path !== '/api/parties') {
    test(`${nameOf(route)} for somebody else's customer does nothing`, async () => {
      for (const sample of samplesOf(samples, nameOf(route))) {
        const { json, status, text } = await sent(route, sample)
        const items = json.items as { problem: { kind: string } | null }[] | undefined
        const kinds = items?.map(({ problem }) => problem?.kind) ?? [json.kind]
        assert.ok(kinds.length > 0 && kinds.every((kind) => kind === 'not-found'), text)
        if (!items) assert.equal(status, 404)
      }
    })
  }
}

test('a party by any of its keys is not found, nor are parties named in a body', async () => {
  for (const party of [foreign.partyId, foreign.code, foreign.name, foreign.name.slice(0, 6)]) {
    for (const list of ['invoices', 'orders', 'contracts', 'holds', 'credits', 'ageing']) {
      const reply = await seen(`/api/${list}?party=${encodeURIComponent(party)}`)
      assertUnseen(reply)
      assert.ok(party === foreign.code || !reply.text.includes(foreign.code), reply.text)
    }
    const check = { party, amount: '1.00', currency: 'CNY' }
    assertUnseen(await story.send('POST', '/api/credit-checks', check, { cookie }))
  }
  const found = await seen(`/api/parties?text=${encodeURIComponent(foreign.name)}`)
  assert.ok(!found.text.includes(foreign.partyId), found.text)
  for (const body of [{ groupParentId: foreign.partyId }, { payerId: foreign.partyId }]) {
    assertUnseen(await story.send('PUT', `/api/parties/${own.partyId}`, body, { cookie }))
  }
  const merge = { duplicateId: foreign.partyId, reason: '重复' }
  assertUnseen(await story.send('POST', `/api/parties/${own.partyId}/merges`, merge, { cookie }))
})

test('who opens a file sees it, and hands none out of their sight', async () => {
  const opened = await story.accepted('POST', '/api/parties', { name: '自开公司' }, { cookie })
  const { json } = await seen(`/api/parties/${opened.id}`)
  assert.equal(json.salesperson, person.name)
  for (const salesperson of ['别人', null]) {
    const url = `/api/parties/${opened.id}`
    await story.refused('forbidden', /王自营/, 'PUT', url, { salesperson }, { cookie })
  }
  const theirs = { name: '他开公司', salesperson: '别人' }
  await story.refused('forbidden', /王自营/, 'POST', '/api/parties', theirs, { cookie })
  const taken = { name: '重号公司', code: foreign.code }
  const refused = await story.refused(
    'already-exists',
    /do not see/,
    'POST',
    '/api/parties',
    taken,
    {
      cookie,
    },
  )
  assert.ok(!JSON.stringify(refused).includes(foreign.name))
})

test('groups are told as far as they are seen', async () => {
  const member = await story.customer('1000.00', {
    salesperson: '别人',
    groupParentId: own.partyId,
  })
  const paid = await story.customer('1000.00', { salesperson: '别人', payerId: own.partyId })
  for (const url of ['', '/credit-accounts', '/duplicates', '/history']) {
    const { text } = await seen(`/api/parties/${own.partyId}${url}`)
    for (const { code, id } of [member, paid]) {
      assert.ok(!text.includes(code) && !text.includes(id), `${url}: ${text}`)
    }
  }
})

test('figures of the book are those of own customers', async () => {
  const { json } = await seen('/api/receivable-metrics')
  const [figures] = json.items as { closing: string; sales: string }[]
  assert.deepEqual([figures?.closing, figures?.sales], ['1232.00', '1234.00'])
  for (const [list, amount] of [
    ['invoices?state=all', '1234.00'],
    ['credits?state=all', '2.00'],
    ['orders?', '321.00'],
  ]) {
    const { totals } = (await seen(`/api/${list}&totals=true`)).json as { totals: Body[] }
    assert.deepEqual(
      totals.map((total) => total.amount),
      [amount],
      list,
    )
  }
})

test('a duplicate is seen with its survivor', async () => {
  const merged = await story.customer('1000.00', { salesperson: '别人' })
  const merge = { duplicateId: merged.id, reason: '重复' }
  assertUnseen(await seen(`/api/parties/${merged.id}`))
  await story.post(`/api/parties/${own.partyId}/merges`, merge)
  assert.equal((await seen(`/api/parties/${merged.id}`)).status, 200)
})

test('notices are of customers that are seen, as long as they are', async () => {
  const told = async () => {
    const { json } = await seen('/api/notices')
    const of = (json.items as Body[]).map(({ partyId }) => partyId)
    const ofNobody = of.filter((partyId) => partyId === null).length
    return { isOwn: of.includes(own.partyId), unread: Number(json.unread) - ofNobody }
  }
  const before = await told()
  assert.ok(before.isOwn, JSON.stringify(before))
  await story.put(`/api/parties/${own.partyId}`, { salesperson: '别人' })
  assert.deepEqual(await told(), { isOwn: false, unread: 0 })
  await story.put(`/api/parties/${own.partyId}`, { salesperson: person.name })
  assert.deepEqual(await told(), before)
})

test('a stranger learns of no party', async () => {
  for (const route of allRoutes.filter(isOfParty)) {
    const { method } = route
    const reply = await story.server.send({ method, url: urlOf(route, foreign) })
    assert.equal(reply.status, 401, `${nameOf(route)}: ${reply.text}`)
  }
})

/** What a customer has one of each. */
type Objects = Readonly<Record<string, string>> & {
  readonly partyId: string
  readonly code: string
  readonly name: string
}

async function objectsOf(owner: Body): Promise<Objects> {
  const { account, code, id: partyId } = await story.customer('50.00', owner)
  const { name } = (await story.get(`/api/parties/${partyId}`)) as { name: string }
  const party = { party: partyId, currency: 'CNY' }
  const number = story.server.world.unique('N')
  const lines = [{ item: '轴承', quantity: '1', unitPrice: '321.00' }]
  const { order } = (await story.post('/api/orders', { ...party, number, lines })) as {
    order: Body
  }
  const confirmed = await story.post(`/api/orders/${order.id}/confirm`)
  const { decisionId, holdId } = confirmed.check as { decisionId: string; holdId: string }
  const dated = { issuedOn: '2026-10-01', dueOn: '2026-10-31' }
  const document = { ...party, number, amount: '1234.00' }
  const invoice = await story.post('/api/invoices', { ...document, ...dated })
  const contract = { ...document, title: '框架', signedOn: '2026-01-01', fromOn: '2026-01-01' }
  const reserved = await story.post('/api/credit-checks', {
    ...{ ...party, amount: '1.00', document: `${number}-R`, mode: 'reserve' },
  })
  const receipt = await story.post('/api/receipts', { ...document, amount: '2.00' })
  const paper = {
    ...{ name: '合同.pdf', text: `%PDF-1.4\n${number}` },
    fields: { category: 'contract', title: '合同', validToOn: '2027-12-31' },
  }
  const kept = await story.server.world.upload(`/api/parties/${partyId}/documents`, paper)
  const ended = await story.post('/api/contracts', contract)
  return {
    ...{ partyId, code, name, account, number },
    order: String(order.id),
    contract: String(ended.id),
    hold: holdId,
    check: decisionId,
    invoice: String(invoice.id),
    credit: String(receipt.id),
    reservation: (reserved.reservation as { id: string }).id,
    document: String(kept.id),
  }
}

/** Paths of single objects by what stands before their id. */
const kinds: Readonly<Record<string, string>> = {
  contracts: 'contract',
  'credit-accounts': 'account',
  'credit-checks': 'check',
  credits: 'credit',
  holds: 'hold',
  invoices: 'invoice',
  orders: 'order',
  reservations: 'reservation',
}

function urlOf({ path }: Route, objects: Objects): string {
  const kind = path.includes('/documents/') ? 'document' : (kinds[path.split('/')[2] ?? ''] ?? '')
  const id = objects[kind] ?? objects.partyId
  return path.replace(':partyId', objects.partyId).replaceAll(/:\w+/g, id)
}

function listUrl({ path }: Route): string {
  if (path === '/api/search') return `${path}?q=${encodeURIComponent('武汉泵业')}`
  return path === '/api/invoices' ? `${path}?limit=500&state=all&totals=true` : path
}

/** What a list says of a customer. */
function tracesOf({ path }: Route, { code, partyId }: Objects): string[] {
  // Sums, streams and what filters can be set to name no customer; sheets are made by the lists.
  const others = ['events', 'notices', 'receivable-metrics', 'customer-choices']
  const isOther = others.some((name) => path === `/api/${name}`)
  return isOther || path.endsWith('.xlsx') ? [] : path === '/api/today' ? [code] : [partyId, code]
}

const seen = (url: string): Promise<Reply> => story.send('GET', url, undefined, { cookie })

async function sent(route: Route, sample: ReturnType<typeof samplesOf>[number]): Promise<Reply> {
  const request = requestOf(nameOf(route), await sample(story.server.world))
  return story.server.send({ ...request, headers: { cookie } })
}

function assertUnseen(reply: Reply): void {
  assert.equal(reply.status, 404, reply.text)
  assert.equal(reply.json.kind, 'not-found')
}

async function cookieOf({ login, password }: { login: string; password: string }) {
  const body = { login, password }
  const { headers } = await story.server.send({ method: 'POST', url: '/api/session', body })
  return String(headers['set-cookie']).split(';')[0] ?? ''
}
