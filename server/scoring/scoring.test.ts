import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { addDays, addMonths, day } from '#kernel/calendar/day.ts'
import { loadDemo } from '#server/demo/public.ts'
import { limitsOfParty } from '#server/limit/public.ts'
import { findPartyByKey, insertParties } from '#server/party/public.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { liftOverride, overrideGrade } from '#server/scoring/override-grade.ts'
import { rateParties } from '#server/scoring/rate-parties.ts'
import { ratingsOfParty } from '#server/scoring/rating.store.ts'
import { replayDecisions } from '#server/scoring/replay-decisions.ts'
import { showLimits, showRatings } from '#server/scoring/show-rating.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

const today = day('2026-11-24')
const quietly = async () => {}
let database: TestDatabase
let context: Context

before(async () => {
  database = await openTestDatabase()
  context = database.context('credit-manager', today)
  const admin = database.context('admin', today)
  const loaded = await loadDemo(admin, {
    seed: 'test',
    customers: 64,
    suppliers: 2,
    openOrders: false,
  })
  assert.ok(!isRefusal(loaded))
})

after(() => database.close())

async function idOf(code: string): Promise<string> {
  const party = await findPartyByKey(context, code)
  assert.ok(!isRefusal(party))
  return party.id
}

async function rateOne(id: string, on = today) {
  const request = { partyIds: [id], indicators: 'fresh', limits: true } as const
  const run = await rateParties({ ...context, today: on }, request, quietly)
  assert.ok(!isRefusal(run))
  return run
}

test('the demonstration company is rated as of several days with limits that follow', async () => {
  const id = await idOf('C00007')
  const ratings = await showRatings(context.db, id, today)
  const limits = await showLimits(context.db, id, today)
  assert.equal(ratings.length, 6)
  assert.equal(limits.length, 6)
  assert.equal(ratings[0]?.asOf, today)
  assert.ok((ratings[0]?.explanation.length ?? 0) > 3)
  assert.match(limits[0]?.explanation.at(-1)?.zh ?? '', /额度/)
})

test('the customer that went bad ends low and had been good before', async () => {
  const ratings = await ratingsOfParty(context.db, await idOf('C00013'), today)
  const scores = ratings.map((rating) => rating.score)
  assert.ok(['CCC', 'CC', 'C', 'D'].includes(ratings[0]?.grade ?? ''), ratings[0]?.grade)
  assert.ok((scores.at(-1) ?? 0) > 7000, `a year ago ${scores.at(-1)}`)
})

test('every stored decision replays without a difference', async () => {
  const replay = await replayDecisions(context.db, quietly)
  assert.deepEqual(replay.differences, [])
  assert.ok(replay.replayed >= 64 * 6 * 2)
})

test('replay names a decision that was changed behind our back', async () => {
  const [rating] = await ratingsOfParty(context.db, await idOf('C00001'), today)
  assert.ok(rating)
  const tamper = (score: number) =>
    database.withoutTriggers(sql`
      update scoring.rating set score_hundredths = ${score} where id = ${rating.id}`)
  await tamper(rating.score === 1 ? 2 : 1)
  const { differences } = await replayDecisions(context.db, quietly)
  assert.deepEqual(
    differences.map(({ id, what }) => [id, what]),
    [[rating.id, 'another outcome']],
  )
  await tamper(rating.score)
})

test('a rating as of a past day does not change when later facts arrive', async () => {
  const id = await idOf('C00010')
  const past = addMonths(today, -6)
  const latest = async () => {
    await rateOne(id, past)
    const [rating] = await ratingsOfParty(context.db, id, today).then((all) =>
      all.filter(({ asOf }) => asOf === past),
    )
    return [rating?.score, rating?.points.join(), rating?.hash.toString('hex')]
  }
  const before = await latest()
  const admin = database.context('admin', today)
  await admin.db.transaction(async (tx) => {
    await tx.run(sql`select set_config('xinheng.entry', gen_random_uuid()::text, true)`)
    await tx.run(sql`
      insert into receivable.invoice (party_id, id, number, currency, amount_minor, open_minor,
        issued_on, due_on)
      values (${id}, gen_random_uuid(), 'LATER-1', 'CNY', 100000000, 100000000,
        ${addDays(past, 1)}, ${addDays(past, 2)})`)
  })
  assert.deepEqual(await latest(), before)
})

test('an override has the last word from the next rating on, until it is lifted', async () => {
  const id = await idOf('C00007')
  const input = { grade: 'AAA', reason: 'parent guarantees', expiresOn: addMonths(today, 3) }
  assert.ok(!isRefusal(await overrideGrade(context, id, input)))
  await rateOne(id)
  const [overridden] = await showRatings(context.db, id, today)
  assert.equal(overridden?.grade, 'AAA')
  assert.match(overridden?.explanation.at(-1)?.en ?? '', /parent guarantees/)
  assert.ok(!isRefusal(await liftOverride(context, id)))
  await rateOne(id)
  const [lifted] = await showRatings(context.db, id, today)
  assert.notEqual(lifted?.grade, 'AAA')
  assert.deepEqual((await replayDecisions(context.db, quietly)).differences, [])
})

test('overrides are refused with the field that is wrong', async () => {
  const id = await idOf('C00007')
  const cases = [
    [{ grade: 'X', reason: 'because', expiresOn: addMonths(today, 1) }, /^grade: "X" is none of/],
    [{ grade: 'A', reason: 'because', expiresOn: addDays(today, -1) }, /^expiresOn: .* not past/],
    [{ grade: 'A', reason: 'because', expiresOn: addMonths(today, 13) }, /12 months at most/],
  ] as const
  for (const [input, expected] of cases) {
    const answer = await overrideGrade(context, id, input)
    assert.ok(isRefusal(answer))
    assert.match(answer.refused.detail, expected)
  }
})

test('rating on stored indicators gives the same grades as the fresh run before it', async () => {
  const fresh = await rateParties(context, { indicators: 'fresh', limits: false }, quietly)
  const stored = await rateParties(context, { indicators: 'stored', limits: false }, quietly)
  assert.ok(!isRefusal(fresh) && !isRefusal(stored))
  assert.deepEqual(stored.grades, fresh.grades)
  assert.equal(stored.upgraded + stored.downgraded, 0)
})

test('deciding a limit again on the same day leaves it as it is', async () => {
  const id = await idOf('C00020')
  const [before] = await limitsOfParty(context.db, id, today)
  await rateOne(id)
  const [again] = await limitsOfParty(context.db, id, today)
  assert.equal(again?.amountMinor, before?.amountMinor)
  assert.equal(again?.grantedOn, before?.grantedOn)
})

test('a salesperson may not rate, and a dry run keeps nothing', async () => {
  const id = await idOf('C00020')
  const request = { partyIds: [id], indicators: 'fresh', limits: true } as const
  const refused = await rateParties(database.context('sales', today), request, quietly)
  assert.ok(isRefusal(refused) && refused.refused.kind === 'forbidden')
  const before = (await ratingsOfParty(context.db, id, today)).length
  const dry = await rateParties({ ...context, dryRun: true }, request, quietly)
  assert.ok(!isRefusal(dry) && dry.rated === 1)
  assert.equal((await ratingsOfParty(context.db, id, today)).length, before)
})

test('a cancelled run stops all its work before it says so', async () => {
  const names = Array.from({ length: 4200 }, (_, n) => ({
    name: `无名客户${n}`,
    roles: ['customer'] as const,
  }))
  const added = await runCommand(
    context,
    { name: 'test.parties', permission: 'party:write', input: {} },
    (tx) => insertParties(tx, names),
  )
  assert.ok(!isRefusal(added))
  const rated = async () => {
    const row = await context.db.row(sql<{ count: number }>`
      select count(*)::float8 as count from scoring.rating`)
    return row?.count ?? 0
  }
  const before = await rated()
  const request = { indicators: 'fresh', limits: false } as const
  const cancel = async () => {
    throw new Error('cancelled')
  }
  await assert.rejects(rateParties(context, request, cancel), /cancelled/)
  const told = await rated()
  assert.ok(told > before && told <= before + 3000, `${told - before} rated`)
  await new Promise((resolve) => setTimeout(resolve, 500))
  assert.equal(await rated(), told)
})
