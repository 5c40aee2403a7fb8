import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { CreditCheckReply } from '#contract/check.ts'
import type { ProblemKind } from '#contract/problem.ts'
import {
  type Body,
  type CreditStories,
  openCreditStories,
  stagesOf,
} from '#server/testing-credit.ts'

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.proveAndClose())

const url = '/api/credit-checks'
const tables = ['audit.entry', '"check".decision', '"check".reservation', 'exposure.entry']

/** How many rows everything has that a check could write. */
const written = () =>
  Promise.all([...tables, 'exposure.account', 'platform.event'].map((each) => story.count(each)))

// biome-ignore format: a table
const bad: [string, Body, ProblemKind, RegExp][] = [
  ['an unknown party', { party: '无此公司' }, 'not-found', /无此公司/],
  ['a negative amount', { amount: '-5.00' }, 'invalid-input', /amount: write an amount above zero/],
  ['an amount of zero', { amount: '0.00' }, 'invalid-input', /above zero/],
  ['an absurd amount', { amount: '1000000000000000.00' }, 'invalid-input', /amount/],
  ['an amount longer than any', { amount: '9'.repeat(40) }, 'invalid-input', /amount/],
  ['an amount in words', { amount: 'a lot' }, 'invalid-input', /amount/],
  ['an amount as a number', { amount: 5 }, 'invalid-input', /amount/],
  ['more decimals than there are', { amount: '1.005' }, 'invalid-input', /CNY has 2 decimals/],
  ['yen with a decimal', { amount: '1.5', currency: 'JPY' }, 'invalid-input', /JPY has 0 decimals/],
  ['an unknown currency', { currency: 'QQQ' }, 'invalid-input', /QQQ is not an ISO 4217 code/],
  ['a currency without a rate', { currency: 'CHF' }, 'no-exchange-rate', /CHF to CNY/],
  ['unclear terms', { terms: '月结' }, 'invalid-input', /terms/],
  ['a day that never comes', { requestedOn: '2026-02-30' }, 'invalid-input', /requestedOn/],
  ['a reservation without a document', { document: undefined }, 'invalid-input', /document: give/],
  ['a field that nobody knows', { limit: '1' }, 'invalid-input', /limit/],
]

test('what cannot be decided is told with its field, and nothing is written', async () => {
  const { id } = await story.customer('1000.00')
  const good = { party: id, document: 'BAD-1', amount: '10.00', currency: 'CNY', mode: 'reserve' }
  const before = await written()
  for (const [name, change, kind, detail] of bad) {
    const reply = await story.send('POST', url, { ...good, ...change })
    assert.equal(reply.json.kind, kind, `${name}: ${reply.text}`)
    assert.match(String(reply.json.detail), detail, name)
  }
  const { mode, ...check } = good
  const mixed = { ...good, mode, checks: [check] }
  await story.refused('invalid-input', /not beside them/, 'POST', url, mixed)
  await story.refused('invalid-input', /party, amount, currency/, 'POST', url, { mode: 'check' })
  await story.refused('invalid-input', /checks/, 'POST', url, { checks: [] })
  assert.deepEqual(await written(), before)
})

test('a body of 10 MB is refused before anybody reads it', async () => {
  const note = 'x'.repeat(10 * 1024 * 1024)
  const reply = await story.send('POST', url, { party: note, amount: '1', currency: 'CNY' })
  assert.deepEqual([reply.status, reply.json.kind], [413, 'body-too-large'])
})

test('of a batch the bad one is told and keeps back no other', async () => {
  const customer = await story.customer('1000.00')
  const { id } = customer
  const item = (document: string, amount: string, currency = 'CNY') => ({
    ...{ party: id, document, amount, currency },
  })
  const checks = [
    item('B-1', '600.00'),
    item('B-2', '-1'),
    item('B-3', '500.00'),
    item('B-4', '10.00', 'CHF'),
    item('B-5', '300.00'),
  ]
  const { items } = await story.post(url, { mode: 'reserve', checks })
  const told = (items as (CreditCheckReply & { problem?: { kind: string } })[]).map(
    ({ outcome, problem }) => problem?.kind ?? outcome,
  )
  assert.deepEqual(told, ['approved', 'invalid-input', 'held', 'no-exchange-rate', 'warned'])
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 900 })
})

test('of a batch in which all are bad nothing is written', async () => {
  const { id } = await story.customer('1000.00')
  const before = await written()
  const checks = [
    { party: id, document: 'ALL-1', amount: '-1', currency: 'CNY' },
    { party: '无此公司', document: 'ALL-2', amount: '1', currency: 'CNY' },
    { party: id, document: 'ALL-3', amount: '1', currency: 'CHF' },
  ]
  const { items } = await story.post(url, { mode: 'reserve', checks })
  assert.deepEqual(
    (items as { problem: { kind: string } }[]).map(({ problem }) => problem.kind),
    ['invalid-input', 'not-found', 'no-exchange-rate'],
  )
  assert.deepEqual(await written(), before)
})

test('ten copies of a request act once and are answered alike', async () => {
  const { id } = await story.customer('1000.00')
  const body = { party: id, document: 'KEY-1', amount: '100.00', currency: 'CNY', mode: 'reserve' }
  const before = await story.count('"check".decision')
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => story.send('POST', url, body, { key: 'key-1' })),
  )
  for (const { json } of replies) assert.deepEqual(json, replies[0]?.json)
  assert.equal(await story.count('"check".decision'), before + 1)
  const again = await story.send('POST', url, body, { key: 'key-1' })
  assert.deepEqual(again.json, replies[0]?.json)
})

test('a key with another body is refused, alone, in a batch, and beside the first', async () => {
  const { id } = await story.customer('1000.00')
  const body = { party: id, document: 'KEY-2', amount: '100.00', currency: 'CNY', mode: 'reserve' }
  const other = { ...body, amount: '101.00' }
  const both = await Promise.all([
    story.send('POST', url, body, { key: 'key-2' }),
    story.send('POST', url, other, { key: 'key-2' }),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 422])
  const key = { key: 'key-3' }
  const { mode, ...check } = body
  await story.accepted('POST', url, { mode, checks: [check] }, key)
  for (const checks of [[{ ...check, amount: '102.00' }], [check, check]]) {
    const asked = { mode, checks }
    await story.refused('idempotency-key-reused', /key-3/, 'POST', url, asked, key)
  }
})

test('a refused request leaves its key free to be sent again, corrected', async () => {
  const { id } = await story.customer('1000.00')
  const body = { party: id, document: 'KEY-4', amount: '10.00', currency: 'CHF', mode: 'reserve' }
  await story.refused('no-exchange-rate', /CHF/, 'POST', url, body, { key: 'key-4' })
  const reply = await story.send('POST', url, { ...body, currency: 'CNY' }, { key: 'key-4' })
  assert.equal(reply.json.outcome, 'approved', reply.text)
})

test('a mere check writes its decision and nothing else', async () => {
  const { id } = await story.customer('100.00')
  const before = await written()
  const holds = await story.count('"check".hold')
  for (const amount of ['50.00', '5000.00']) {
    await story.check({ party: id, document: 'ONLY-1', amount })
  }
  const [entries, decisions, ...rest] = await written()
  assert.deepEqual([entries, decisions], [(before[0] ?? 0) + 2, (before[1] ?? 0) + 2])
  assert.deepEqual(rest, before.slice(2))
  assert.equal(await story.count('"check".hold'), holds)
})

test('a closed order is not confirmed, delivered or amended', async () => {
  const { id } = await story.customer('1000.00')
  const lines = [{ item: '泵', quantity: '1', unitPrice: '10.00' }]
  const { order } = (await story.post('/api/orders', { party: id, currency: 'CNY', lines })) as {
    order: { id: string }
  }
  const at = `/api/orders/${order.id}`
  await story.post(`${at}/confirm`)
  await story.post(`${at}/close`, {})
  const before = await written()
  for (const act of ['confirm', 'deliveries']) {
    await story.refused('wrong-state', /closed/, 'POST', `${at}/${act}`, {})
  }
  await story.refused('wrong-state', /closed/, 'PUT', at, { lines })
  assert.deepEqual(await written(), before)
})

test('orders beyond the horizon and cash orders take no room', async () => {
  const { id } = await story.customer('100.00')
  const reserve = (document: string, amount: string, more: Body) =>
    story.check({ party: id, document, amount, mode: 'reserve', ...more })
  const later = await reserve('LATER-1', '5000.00', { requestedOn: '2027-02-23' })
  assert.deepEqual([later.outcome, later.levels[0]?.after], ['approved', '0.00'])
  const within = await reserve('LATER-2', '5000.00', { requestedOn: '2027-02-22' })
  assert.equal(within.outcome, 'held')
  const cash = await reserve('CASH-1', '9000.00', { terms: 'prepaid' })
  assert.deepEqual([cash.outcome, cash.levels[0]?.after], ['approved', '0.00'])
  const now = await reserve('NOW-1', '100.00', {})
  assert.deepEqual([now.outcome, now.levels[0]?.after], ['warned', '100.00'])
  story.turnTo('2026-11-25')
  const closer = await story.check({ party: id, amount: '1.00' })
  assert.deepEqual(closer.levels[0]?.before, '5100.00')
  story.turnTo('2026-11-24')
})

test('without sound check rules, or without the database, nothing is approved', async () => {
  const { id } = await story.customer('1000.00')
  const body = { party: id, document: 'DOWN-1', amount: '1.00', currency: 'CNY', mode: 'reserve' }
  const { database } = story.server
  const before = await written()
  const setRules = (from: string, to: string) =>
    database.withoutTriggers(sql`
      update policy.version set state = ${to} where kind = 'check-rules' and state = ${from}`)
  await setRules('published', 'retired')
  const refused = await story.send('POST', url, body)
  assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '1'], refused.text)
  const batch = { mode: 'reserve', checks: [{ ...body, mode: undefined }] }
  const all = await story.send('POST', url, batch)
  assert.deepEqual([all.status, all.json.kind], [503, 'unavailable'], all.text)
  await setRules('retired', 'published')
  assert.deepEqual(await written(), before)
  const { pool } = database.db
  const { port } = pool.options
  pool.options.port = 1
  const end = 'select pg_terminate_backend(pid) from pg_stat_activity'
  await pool.query(`${end} where datname = current_database() and pid <> pg_backend_pid()`)
  await pool.query('select pg_terminate_backend(pg_backend_pid())').catch(() => {})
  const down = await story.send('POST', url, body)
  pool.options.port = port
  assert.deepEqual([down.status, down.json.kind], [503, 'unavailable'], down.text)
  // Connections that broke while they were idle are noticed one by one.
  while ((await story.send('GET', '/api/holds')).status !== 200) await sleep(10)
  assert.deepEqual(await written(), before)
  assert.equal((await story.send('POST', url, body)).status, 200)
})
