import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { addDays, addMonths, day } from '#kernel/calendar/day.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { aucOf } from '#kernel/scoring/auc.ts'
import { prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import { rateParty } from '#kernel/scoring/rate-party.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import { loadDemo } from '#server/demo/public.ts'
import { collectCases, monthEndsBefore } from '#server/model/collect-cases.ts'
import { trainModel } from '#server/model/train-model.ts'
import type { Context } from '#server/platform/run-command.ts'
import { storedVersions } from '#server/policy/public.ts'
import { rateParties } from '#server/scoring/public.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

const today = day('2026-11-24')
const label = { thresholdDays: 15, horizonDays: 120, defined: null }
const quietly = async () => {}
let database: TestDatabase
let context: Context

before(async () => {
  database = await openTestDatabase()
  context = database.context('admin', today)
  assert.ok(
    !isRefusal(
      await loadDemo(context, { seed: 'test', customers: 120, suppliers: 2, openOrders: false }),
    ),
  )
})

after(() => database.close())

const request = {
  ...label,
  merges: [],
  leaks: 'keep' as const,
  months: 12,
  without: [],
  pdo: 20,
  baseScore: 600,
  baseOdds: 50,
}
const months = monthEndsBefore(today, label.horizonDays, 6)

test('only month ends whose horizon has passed are learned from', () => {
  assert.deepEqual(months, [
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2026-05-31',
    '2026-06-30',
  ])
  assert.equal(monthEndsBefore(day('2026-12-31'), 0, 1)[0], '2026-12-31')
})

test('what becomes known after the day cannot be seen, however well it tells the outcome', async () => {
  const on = months.slice(0, 3)
  const { cases } = await collectCases(context.db, on, label, quietly)
  const bads = cases.filter(({ bad }) => bad)
  assert.ok(bads.length > 5, `${bads.length} of ${cases.length}`)
  const [last = day('2026-03-31')] = on.slice(-1)
  // A sign that only those have who go bad: their invoices disputed and orders cancelled the day
  // after, a promise, a limit taken away, and a fact written today for a day long before.
  const ids = [...new Set(bads.map(({ partyId }) => partyId))]
  for (const id of ids) {
    await database.withoutTriggers(sql`
      insert into receivable.dispute (party_id, id, invoice_id, opened_on, reason)
      select party_id, gen_random_uuid(), id, ${addDays(last, 1)}::date, 'planted'
      from receivable.invoice where party_id = ${id}::uuid and issued_on <= ${last}::date`)
    await database.withoutTriggers(sql`
      insert into indicator.fact (party_id, id, indicator, value, effective_on, source, recorded_by)
      values (${id}::uuid, gen_random_uuid(), 'dishonest_debtor', 'yes', '2024-01-01', 'planted',
        'hindsight')`)
    await database.withoutTriggers(sql`
      update receivable.invoice set voided_on = ${addDays(last, 1)}::date
      where party_id = ${id}::uuid and issued_on = (select min(issued_on)
        from receivable.invoice where party_id = ${id}::uuid)`)
  }
  const again = await collectCases(context.db, on, label, quietly)
  const seen = (of: typeof cases) =>
    of.map(({ partyId, asOf, values }) => ({ partyId, asOf, values }))
  assert.deepEqual(seen(again.cases), seen(cases))
  // It is seen at once by who looks from a day on which it is known.
  const now = { partyIds: ids.slice(0, 1), indicators: 'fresh', limits: false } as const
  assert.ok(!isRefusal(await rateParties({ ...context, today }, now, quietly)))
  const known = await context.db.row(sql<{ dishonest_debtor: bigint | null }>`
    select dishonest_debtor from indicator.snapshot
    where party_id = ${ids[0]}::uuid and as_of_on = ${today}::date
    order by id desc limit 1`)
  assert.equal(known?.dishonest_debtor, 1n)
})

test('a fitted scorecard is a draft that passes the checks and tells bad from good', async () => {
  const trained = await trainModel(context, { ...request, thresholdDays: 5 }, quietly)
  assert.ok(!isRefusal(trained), JSON.stringify(trained))
  const { card, draft, document } = trained
  assert.equal(card.kind, 'fitted')
  assert.ok(card.data.badGroups >= 30 && card.figures && card.figures.auc > 0.6)
  const chances = card.grades.map(({ chance }) => chance)
  assert.ok(chances.every((chance, at) => chance > (chances[at - 1] ?? 0) && chance < 1))
  const declaredLower = ['average_days_late', 'days_beyond_terms_6m', 'overdue_days_now']
  const asDeclared = card.characteristics.filter(({ id }) => declaredLower.includes(id))
  assert.ok(asDeclared.length > 0)
  for (const { id, direction } of asDeclared) assert.match(direction, /ascending|none/, id)
  const used = card.characteristics.filter(({ coefficient }) => coefficient > 0)
  assert.ok(used.length >= 1 && used.length <= card.data.badGroups / 10)
  assert.equal((await storedVersions(context.db, { ids: [draft.id] }))[0]?.state, 'draft')
  const prepared = prepareScorecard(document, standardRatingScale, allIndicators)
  assert.ok(prepared.kind === 'prepared')
  const { cases } = await collectCases(context.db, months, { ...label, thresholdDays: 5 }, quietly)
  const scores = (kind: boolean) =>
    cases
      .filter(({ bad }) => bad === kind)
      .map(({ values, asOf }) => -rateParty(prepared.scorecard, values, { asOf: day(asOf) }).score)
  const auc = aucOf(scores(true), scores(false))
  assert.ok(auc.kind === 'measured' && auc.auc > 0.7, JSON.stringify(auc))
})

test('with too few bad customers the card in force stays, with its weights updated', async () => {
  const trained = await trainModel(context, { ...request, thresholdDays: 45, months: 3 }, quietly)
  assert.ok(!isRefusal(trained), JSON.stringify(trained))
  assert.equal(trained.card.kind, 'expert-updated')
  assert.match(trained.card.limits[0]?.en ?? '', /^Only \d+ bad customers, a model needs 30/)
})

test('a book without a bad case is refused with what to change', async () => {
  const on = addMonths(today, -30)
  const trained = await trainModel({ ...context, today: on }, { ...request, months: 2 }, quietly)
  assert.ok(isRefusal(trained))
  assert.match(trained.refused.detail, /lower threshold/)
})
