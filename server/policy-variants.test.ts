import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { changeCounts } from '#server/lab/change-counts.ts'
import { takeExample } from '#server/lab/take-example.ts'
import { tryPolicy } from '#server/lab/try-policy.ts'
import { createParty } from '#server/party/create-party.ts'
import type { Context } from '#server/platform/run-command.ts'
import { changesOf } from '#server/policy/changes-of.ts'
import { draftPolicy } from '#server/policy/draft-policy.ts'
import { showExamples } from '#server/policy/examples.ts'
import { publishPolicy } from '#server/policy/publish-policy.ts'
import { rateParties } from '#server/scoring/rate-parties.ts'
import { replayDecisions } from '#server/scoring/replay-decisions.ts'
import { showLimits, showRatings } from '#server/scoring/show-rating.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let admin: Context
let trader: string
let maker: string

before(async () => {
  database = await openTestDatabase()
  admin = database.context('admin')
  trader = await party('江南贸易有限公司', '批发业')
  maker = await party('江北机械有限公司', '通用设备制造业')
  await rated()
})

after(() => database.close())

async function party(name: string, industry: string): Promise<string> {
  return done(await createParty(admin, { name, industry, roles: ['customer'] })).id
}

async function rated(): Promise<void> {
  done(await rateParties(admin, { indicators: 'fresh', limits: true }, async () => {}))
}

function done<Value>(answer: Value | Refusal): Value {
  assert.ok(!isRefusal(answer), isRefusal(answer) ? JSON.stringify(answer.refused) : '')
  return answer
}

const standard = (kind: string) =>
  parse(readFileSync(`${import.meta.dirname}/../packs/standard/${kind}.yaml`, 'utf8'))

const traders = {
  id: 'trade',
  label: { zh: '贸易', en: 'Trade' },
  scope: { industries: ['批发业'] },
}

/** New customers of the trade get half as much, and no better grade than BB. */
function forTraders() {
  const limits = standard('limit-policy')
  const halved = Object.fromEntries(
    Object.entries(limits.newCustomer.amounts).map(([grade, amount]) => [
      grade,
      Number(amount) / 2,
    ]),
  )
  const newCustomer = { ...limits.newCustomer, amounts: halved }
  const card = standard('scorecard')
  const worst = {
    when: [{ indicator: 'relationship_months', below: '24' }],
    cap: 'CCC',
    reason: { zh: '贸易新客户', en: 'New in trade' },
  }
  return {
    limits: { ...limits, variants: [{ ...traders, newCustomer }] },
    card: { ...card, variants: [{ ...traders, knockOuts: [...(card.knockOuts ?? []), worst] }] },
  }
}

async function published(kind: 'limit-policy' | 'scorecard', document: unknown): Promise<string> {
  const draft = done(await draftPolicy(admin, { kind, document }))
  return done(await publishPolicy(admin, draft.id)).id
}

async function limitOf(id: string) {
  const [limit] = await showLimits(admin.db, id, admin.today)
  assert.ok(limit)
  return limit
}

test('what it would do is told of those whom the variant is of', async () => {
  const { limits } = forTraders()
  const impact = done(await tryPolicy(admin, { kind: 'limit-policy', document: limits }))
  assert.deepEqual([impact.customers, impact.changed], [2, 1])
  assert.deepEqual(
    impact.losers.map(({ partyId }) => partyId),
    [trader],
  )
})

test('each change of a version tells how many customers it touches by itself', async () => {
  const { limits } = forTraders()
  const { reviewMonths } = limits
  const grade = 'B'
  const document = { ...limits, reviewMonths: { ...reviewMonths, [grade]: 2 } }
  const { id } = done(await draftPolicy(admin, { kind: 'limit-policy', document }))
  const counts = done(await changeCounts(admin, id))
  const told = done(await changesOf(admin.db, id, null))
  assert.deepEqual(
    counts.items.map(({ customers, path }) => [path, customers]),
    [
      [`reviewMonths.${grade}`, 0],
      ['variants', 1],
    ],
  )
  assert.deepEqual(
    told.items.map(({ path }) => path),
    counts.items.map(({ path }) => path),
  )
  assert.deepEqual([counts.customers, counts.isAll], [2, true])
})

test('customers are rated and get limits by the variant that they are under, and it is told', async () => {
  const before = await limitOf(maker)
  const { card, limits } = forTraders()
  await published('limit-policy', limits)
  await published('scorecard', card)
  await rated()
  const [limit] = [await limitOf(trader)]
  assert.deepEqual(limit.variant, traders.label)
  assert.equal((await limitOf(maker)).variant, null)
  assert.equal((await limitOf(maker)).amount, before.amount)
  const [rating] = await showRatings(admin.db, trader, admin.today)
  assert.deepEqual(rating?.variant, traders.label)
  const [other] = await showRatings(admin.db, maker, admin.today)
  assert.equal(other?.variant, null)
})

test('who moves to another industry is under another variant from its next rating on', async () => {
  await database.withoutTriggers(
    sql`update party.party set industry = '批发业' where id = ${maker}`,
  )
  assert.equal((await limitOf(maker)).variant, null)
  await rated()
  assert.deepEqual((await limitOf(maker)).variant, traders.label)
})

test('every decision is made again to the same bytes, whatever the customer is today', async () => {
  const replay = await replayDecisions(admin.db, async () => {})
  assert.deepEqual(replay.differences, [])
  assert.ok(replay.replayed >= 8)
})

test('an example remembers what variants ask of the customer', async () => {
  done(await takeExample(admin, { kind: 'limit-policy', name: '贸易新客户', party: trader }))
  const draft = done(
    await draftPolicy(admin, { kind: 'limit-policy', document: standard('limit-policy') }),
  )
  const shown = done(await showExamples(admin.db, { version: draft.id }))
  assert.equal(shown.items[0]?.run?.passed, false)
  const again = done(
    await draftPolicy(admin, { kind: 'limit-policy', document: forTraders().limits }),
  )
  const passed = done(await showExamples(admin.db, { version: again.id }))
  assert.equal(passed.items[0]?.run?.passed, true)
})

test('what is wrong in a variant is told at its place', async () => {
  const { limits } = forTraders()
  const [variant] = limits.variants
  const wrong = { ...variant, caps: { ...limits.caps, AA: '0', D: '1000' } }
  const refused = await draftPolicy(admin, {
    kind: 'limit-policy',
    document: { ...limits, variants: [wrong] },
  })
  assert.ok(isRefusal(refused))
  assert.match(refused.refused.detail, /^variants\[0\]\.caps/)
})
