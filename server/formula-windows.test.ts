import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { day } from '#kernel/calendar/day.ts'
import { rateBookAsOf } from '#server/company/public.ts'
import { loadDemo } from '#server/demo/public.ts'
import { checkOneFormula } from '#server/indicator/check-formula.ts'
import { showIndicators } from '#server/indicator/show-indicators.ts'
import { valuesUnder } from '#server/lab/decide-parties.ts'
import { windowsOf, withKnown } from '#server/lab/known-parties.ts'
import { findPartyByKey, nextCustomers } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { draftPolicy } from '#server/policy/draft-policy.ts'
import { policySet } from '#server/policy/policy-set.ts'
import { publishPolicy } from '#server/policy/publish-policy.ts'
import { rateParties } from '#server/scoring/rate-parties.ts'
import { replayDecisions } from '#server/scoring/replay-decisions.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

const today = day('2026-11-24')
const quietly = async () => {}
let database: TestDatabase
let context: Context
let id: string

before(async () => {
  database = await openTestDatabase()
  context = {
    ...database.context('admin', today),
    actor: { ...database.context('admin').actor, kind: 'operator' },
  }
  const demo = { seed: 'test', customers: 64, suppliers: 2, openOrders: false }
  assert.ok(!isRefusal(await loadDemo(context, demo)))
  const party = await findPartyByKey(context, 'C00013')
  assert.ok(!isRefusal(party))
  id = party.id
})

after(() => database.close())

const own = (...definitions: readonly object[]) => ({
  ...{ id: 'own', label: { zh: '自定指标', en: 'Own indicators' }, currency: 'CNY', definitions },
})

async function published(document: unknown): Promise<void> {
  const draft = await draftPolicy(context, { kind: 'indicators', document })
  assert.ok(!isRefusal(draft), JSON.stringify(draft))
  assert.ok(!isRefusal(await publishPolicy(context, draft.id)))
}

test('a sum over a window is worked out from the ledger, kept, explained and made again', async () => {
  const slowing = {
    ...{
      id: 'slowing',
      unit: 'text',
      formula: '如果(近5月(销售额) > 近400天(销售额), "是", "否")',
    },
    label: { zh: '销售放缓', en: 'Slowing' },
    meaning: { zh: '近5个月与近400天', en: 'Five months and 400 days' },
  }
  const five = {
    ...{ id: 'five', unit: 'money', formula: '近5月(销售额)' },
    label: { zh: '五个月销售', en: 'Five months' },
    meaning: { zh: '近5个月销售额', en: 'Sales of five months' },
  }
  await published(own(slowing, five))
  const request = { partyIds: [id], indicators: 'fresh', limits: true } as const
  assert.ok(!isRefusal(await rateParties(context, request, quietly)))
  const shown = await showIndicators(context.db, id, today)
  assert.ok(!isRefusal(shown))
  const told = await context.db.row(sql<{ sum: string }>`
    select (sum(amount_minor) / 100)::numeric(20, 2)::text as sum from receivable.invoice
    where party_id = ${id} and voided_on is null and issued_on <= ${today}
      and issued_on > ${today}::date - interval '5 months'`)
  assert.equal(shown.values.five, told?.sum)
  assert.equal(shown.values.slowing, '否')
  const { sample } = await checkOneFormula(context, { formula: '近5月(销售额)', sample: true })
  const shownOf = sample?.find(({ partyId }) => partyId === id)
  assert.equal(`${shownOf?.value}`.replace(/\.?0+$/, ''), told?.sum.replace(/\.?0+$/, ''))
  assert.deepEqual((await replayDecisions(context.db, quietly)).differences, [])
})

test('what a window that nobody stored yet would do is told before it is published', async () => {
  const seven = {
    ...{ id: 'seven_sales', unit: 'money', formula: '近7月(销售额)' },
    label: { zh: '七个月销售', en: 'Seven months' },
    meaning: { zh: '近7个月销售额', en: 'Sales of seven months' },
  }
  const before = await policySet(context.db)
  assert.ok(!isRefusal(before))
  const after = await policySet(context.db, [
    {
      kind: 'indicators',
      document: own(seven),
    },
  ])
  assert.ok(!isRefusal(after))
  const parties = await nextCustomers(context.db, null, 100, today)
  const rates = await rateBookAsOf(context.db, today)
  const batch = await withKnown(context.db, parties, {
    ...{ asOf: today, rates, indicators: [], windows: windowsOf(before, after) },
  })
  const known = batch.find((each) => each.id === id)?.known
  assert.ok(known)
  const told = await context.db.row(sql<{ sum: bigint }>`
    select sum(amount_minor)::bigint as sum from receivable.invoice
    where party_id = ${id} and voided_on is null and issued_on <= ${today}
      and issued_on > ${today}::date - interval '7 months'`)
  assert.equal(valuesUnder(after, known, { asOf: today, rates }).seven_sales, told?.sum)
})

test('a formula may say otherwise of an industry, as the file has it on the day', async () => {
  const patient = {
    ...{ id: 'patience', unit: 'days', decimals: 0 },
    formula: '如果(缺失则(行业, "") = "批发业", 90天, 地区 = "浙江", 75天, 60天)',
    label: { zh: '容忍天数', en: 'Patience' },
    meaning: { zh: '按行业和地区', en: 'By industry and region' },
  }
  await published(own(patient))
  const told = async (industry: string | null, region: string | null) => {
    await database.db.pool.query(
      `set session_replication_role = replica;
       update party.party set industry = ${industry === null ? 'null' : `'${industry}'`},
         region = ${region === null ? 'null' : `'${region}'`} where id = '${id}';
       set session_replication_role = default`,
    )
    const shown = await showIndicators(context.db, id, today)
    assert.ok(!isRefusal(shown))
    return shown.values.patience
  }
  assert.equal(await told('批发业', '江苏'), '90')
  assert.equal(await told('零售业', '浙江'), '75')
  assert.equal(await told('零售业', '江苏'), '60')
  assert.equal(await told(null, null), null, 'where the region is not known nothing is told')
  const request = { partyIds: [id], indicators: 'fresh', limits: true } as const
  assert.ok(!isRefusal(await rateParties(context, request, quietly)))
  assert.deepEqual((await replayDecisions(context.db, quietly)).differences, [])
})
