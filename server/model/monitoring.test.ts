import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { addDays, day } from '#kernel/calendar/day.ts'
import { loadDemo } from '#server/demo/public.ts'
import { monitorScorecard } from '#server/model/monitor-scorecard.ts'
import { keepMonitoring, listMonitorings } from '#server/model/monitorings.ts'
import { nextCustomers } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { draftPolicy, publishPolicy } from '#server/policy/public.ts'
import { rateParties } from '#server/scoring/public.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

const today = day('2026-11-24')
const quietly = async () => {}
let database: TestDatabase
let context: Context

before(async () => {
  database = await openTestDatabase()
  const admin = database.context('admin', today)
  context = { ...admin, actor: { ...admin.actor, kind: 'operator' } }
  done(await loadDemo(context, { seed: 'test', customers: 120, suppliers: 2, openOrders: false }))
  done(await rateParties(context, { indicators: 'fresh', limits: true }, quietly))
})

after(() => database.close())

function done<Value>(answer: Value | Refusal): Value {
  assert.ok(!isRefusal(answer), isRefusal(answer) ? JSON.stringify(answer.refused) : '')
  return answer
}

test('customers of now stand beside those of a year ago, and what grades told beside what came', async () => {
  const told = done(await monitorScorecard(context, quietly))
  assert.equal(told.beforeOn, '2025-11-24', 'the card began today')
  const sumOf = (counts: readonly { before: number; now: number }[], side: 'before' | 'now') =>
    counts.reduce((sum, each) => sum + each[side], 0)
  for (const side of ['before', 'now'] as const) {
    assert.ok(told.customers[side] > 50)
    assert.equal(sumOf(told.score.grades, side), told.customers[side])
    for (const { bins, id } of told.characteristics) {
      assert.equal(sumOf(bins, side), told.customers[side], id)
    }
  }
  const { calibration } = told
  assert.equal(calibration.on, addDays(today, -365))
  assert.ok(calibration.bad > 0 && calibration.bad < calibration.customers)
  assert.equal(
    calibration.grades.reduce((sum, each) => sum + each.bad, 0),
    calibration.bad,
  )
  assert.equal(told.overrides.inForce, 0)
})

test('a scale that tells far too little, and a card that people overrule, are told to who answers', async () => {
  const file = `${import.meta.dirname}/../../packs/standard/rating-scale.yaml`
  const scale = parse(readFileSync(file, 'utf8'))
  const grades = scale.grades.map((grade: object) => ({
    ...{ ...grade, defaultProbability: '0.01%' },
  }))
  const draft = done(
    await draftPolicy(context, { kind: 'rating-scale', document: { ...scale, grades } }),
  )
  done(await publishPolicy(context, draft.id))
  const parties = await nextCustomers(context.db, null, 30, today)
  for (const { id } of parties) {
    await database.db.pool.query(
      `set session_replication_role = replica;
       insert into scoring.override (party_id, id, grade, reason, from_on, expires_on, decided_by)
       values ('${id}', gen_random_uuid(), 'AAA', 'test', '2026-11-01', '2027-11-01', 'x');
       set session_replication_role = default`,
    )
  }
  const { alerts } = done(await keepMonitoring(context, quietly))
  assert.ok(
    alerts.some(({ zh }) => /^违约比等级表说的多/.test(zh)),
    JSON.stringify(alerts),
  )
  assert.ok(
    alerts.some(({ zh }) => /^人工调整的等级占/.test(zh)),
    JSON.stringify(alerts),
  )
  const { items } = await listMonitorings(context.db)
  assert.deepEqual(items[0]?.alerts, alerts)
  assert.ok((items[0]?.overrides.raised ?? 0) > 5)
  const told = await database.db.row(sql<{ body: string }>`
    select body_zh as body from notice.notice where kind = 'scorecard.drifts' limit 1`)
  assert.match(told?.body ?? '', /违约比等级表说的多[\s\S]*人工调整的等级占/)
})
