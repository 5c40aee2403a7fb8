import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { FormulaChecked, FormulaFunctions, FormulaNames } from '#contract/formula.ts'
import { checkOneFormula } from '#server/indicator/check-formula.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

async function check(body: object): Promise<FormulaChecked> {
  const reply = await server.send({
    ...{ method: 'POST', url: '/api/formulas/check', body },
    headers: server.as['credit-manager'],
  })
  assert.equal(reply.status, 200, reply.text)
  return reply.json as FormulaChecked
}

async function get<Reply>(url: string): Promise<Reply> {
  const reply = await server.send({ method: 'GET', url, headers: server.as.viewer })
  assert.equal(reply.status, 200, reply.text)
  return reply.json as Reply
}

test('a formula is answered with what it is and how either language writes it', async () => {
  const { formula, problem, sample, type } = await check({ formula: '应收余额/近12月销售额' })
  assert.deepEqual([type?.kind, type?.name.zh, problem, sample], ['number', '数字', null, null])
  assert.deepEqual(formula, {
    id: 'balance_now / sales_12m',
    zh: '应收余额 / 近12月销售额',
    en: 'Balance / [Sales, 12 months]',
  })
})

test('a mistake is answered with its place, a sentence in two languages and what to write', async () => {
  const { formula, problem } = await check({ formula: '100元 + 应收馀额' })
  assert.equal(formula, null)
  assert.deepEqual(problem, {
    ...{ from: 7, to: 11, instead: '应收余额' },
    message: {
      zh: '没有“应收馀额”, 是不是“应收余额”?',
      en: 'There is no "应收馀额". Did you mean "应收余额"?',
    },
  })
  const share = await check({ formula: '应收余额 / 近12月销售额', unit: 'percent' })
  assert.match(share.problem?.message.zh ?? '', /结果是数字, 单位要求百分比/)
})

test('a formula that no one would write is refused in words, not with a failure', async () => {
  for (const [text, said] of [
    ['('.repeat(100_000), /太长/],
    [`${'('.repeat(1_900)}1`, /套得太深/],
    ['1 / 0', undefined],
  ] as const) {
    const { problem } = await check({ formula: text, sample: true })
    if (said) assert.match(problem?.message.zh ?? '', said)
    else assert.equal(problem, null)
  }
  const huge = await server.send({
    ...{ method: 'POST', url: '/api/formulas/check', headers: server.as.admin },
    body: { formula: '1'.repeat(200_001) },
  })
  assert.equal(huge.status, 400)
})

test('a sample tells the value of customers with the reason, stored or computed', async () => {
  const partyId = await server.world.newParty()
  const sampleOf = async () => {
    const { sample } = await check({ formula: '缺失则(往来月数, 0) < 3', sample: true })
    return sample?.find((each) => each.partyId === partyId)
  }
  const computed = await sampleOf()
  assert.deepEqual([computed?.value, computed?.shown], ['true', { zh: '是', en: 'yes' }])
  assert.match(computed?.because.zh ?? '', /^因为 缺失则\(往来月数/)
  await server.world.call('POST', `/api/parties/${partyId}/ratings`, {})
  assert.deepEqual(await sampleOf(), computed)
})

test('checking leaves nothing behind, and salespeople may not look at customers this way', async () => {
  const trail = () =>
    server.database.db.row(sql<{ count: bigint }>`select count(*) from audit.entry`)
  const before = await trail()
  await check({ formula: '应收余额', sample: true })
  assert.deepEqual(await trail(), before)
  const refused = await server.send({
    ...{ method: 'POST', url: '/api/formulas/check', body: { formula: '1' } },
    headers: server.as.sales,
  })
  assert.equal(refused.status, 403)
})

test('a sample and a spread tell of those customers only that one sees', async () => {
  const { context, db } = server.database
  const { actor, today } = context('credit-manager')
  const own = { db, today, actor: { ...actor, scope: { salespeople: ['无人'], departments: [] } } }
  const { sample, spread } = await checkOneFormula(own, { formula: '应收余额', sample: true })
  assert.deepEqual([sample, spread?.customers], [[], 0])
})

test('names and functions are told as they are written, own indicators after the built-in', async () => {
  const functions = await get<FormulaFunctions>('/api/formulas/functions')
  const choice = functions.items.find(({ id }) => id === 'if')
  assert.deepEqual([choice?.zh, choice?.en], [['如果'], ['IF']])
  const definition = {
    ...{ id: 'half_balance', label: { zh: '半数余额', en: 'Half' }, unit: 'money' },
    ...{ meaning: { zh: '余额的一半', en: 'Half the balance' }, formula: '应收余额 / 2' },
  }
  const label = { zh: '自定指标', en: 'Own' }
  const document = { id: 'own', label, currency: 'CNY', definitions: [definition] }
  const { world } = server
  const url = `/api/policies/${await world.idOf('/api/policies', { kind: 'indicators', document })}`
  await world.call('POST', `${url}/submission`)
  const { cookie: somebodyElse } = await world.signIn()
  const headers = { cookie: somebodyElse }
  await world.send({ method: 'POST', url: `${url}/approval`, body: {}, headers })
  const { currency, items } = await get<FormulaNames>('/api/formulas/names')
  assert.equal(currency, 'CNY')
  assert.equal(items.find((each) => each.id === 'sales_12m')?.write.en, '[Sales, 12 months]')
  assert.deepEqual(
    [items.at(-1)?.id, items.at(-1)?.kind, items.at(-1)?.formula],
    ['half_balance', 'money', { zh: '应收余额 / 2', en: 'Balance / 2' }],
  )
  const again = await check({ formula: '半数余额 * 2 = 应收余额', sample: true })
  assert.equal(again.formula?.id, 'half_balance * 2 = balance_now')
  const listed = await get<{ items: { id: string }[] }>('/api/indicators')
  assert.equal(listed.items.at(-1)?.id, 'half_balance')
})
