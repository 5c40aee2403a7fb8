import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { isRefusal } from '#contract/problem.ts'
import { day } from '#kernel/calendar/day.ts'
import { checkFormula, isFormula } from '#kernel/formula/check-formula.ts'
import { compileFormula } from '#kernel/formula/compile-formula.ts'
import { glanced } from '#kernel/formula/figure-math.ts'
import { formulaValueText } from '#kernel/formula/format-formula.ts'
import type { FormulaValue } from '#kernel/formula/formula-type.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { workedOut } from '#kernel/indicator/defined-values.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { loadDemo } from '#server/demo/public.ts'
import { checkOneFormula } from '#server/indicator/check-formula.ts'
import { formulaScope } from '#server/indicator/formula-scope.ts'
import { showIndicators } from '#server/indicator/show-indicators.ts'
import { latestSnapshots } from '#server/indicator/snapshot.store.ts'
import { findPartyByKey, nextCustomers } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { draftPolicy } from '#server/policy/draft-policy.ts'
import { publishPolicy } from '#server/policy/publish-policy.ts'
import { showVersion } from '#server/policy/show-version.ts'
import { findPublished, listVersions } from '#server/policy/version.store.ts'
import { rateParties } from '#server/scoring/rate-parties.ts'
import { replayDecisions } from '#server/scoring/replay-decisions.ts'
import { limitOn } from '#server/scoring/show-on-day.ts'
import { showRatings } from '#server/scoring/show-rating.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

const today = day('2026-11-24')
const quietly = async () => {}
let database: TestDatabase
let context: Context
let id: string

before(async () => {
  database = await openTestDatabase()
  context = database.context('credit-manager', today)
  const admin = database.context('admin', today)
  assert.ok(
    !isRefusal(
      await loadDemo(admin, { seed: 'test', customers: 64, suppliers: 2, openOrders: false }),
    ),
  )
  const party = await findPartyByKey(context, 'C00013')
  assert.ok(!isRefusal(party))
  id = party.id
})

after(() => database.close())

const definitions = {
  id: 'own',
  label: { zh: '自定指标', en: 'Own indicators' },
  currency: 'CNY',
  definitions: [
    {
      id: 'overdue_class',
      label: { zh: '逾期分级', en: 'Overdue class' },
      meaning: { zh: '按最长逾期天数分级', en: 'By the worst days overdue' },
      unit: 'text',
      formula: '如果(近12月最长逾期天数 > 拖欠天数, "拖欠", "正常")',
    },
    {
      id: 'stretched_days',
      label: { zh: '拖欠天数', en: 'Stretched days' },
      meaning: { zh: '多少天算拖欠', en: 'How many days are stretched' },
      unit: 'days',
      decimals: 0,
      formula: '60天',
    },
    {
      id: 'half_sales',
      label: { zh: '半年销售额', en: 'Sales of half a year' },
      meaning: { zh: '近12月销售额的一半', en: 'Half of the sales of 12 months' },
      unit: 'money',
      formula: '近12月销售额 / 2',
    },
  ],
}

const standard = (file: string) =>
  parse(readFileSync(join(import.meta.dirname, `../packs/standard/${file}.yaml`), 'utf8'))

function cardThatAsks() {
  const card = standard('scorecard')
  card.characteristics.push({
    indicator: 'overdue_class',
    dimension: 'performance',
    missing: 'neutral',
    choices: [
      { is: '正常', points: 30 },
      { is: 'otherwise', points: 0 },
    ],
  })
  return card
}

async function publish(kind: PolicyKind, document: unknown) {
  const draft = await draftPolicy(context, { kind, document })
  if (isRefusal(draft)) return draft
  return publishPolicy(onTheMachine(), draft.id)
}

/** Who runs the program on its own machine needs no second person. */
function onTheMachine(): Context {
  return { ...context, actor: { ...context.actor, kind: 'operator' } }
}

async function rate(request: { limits: boolean } = { limits: true }) {
  const run = await rateParties(
    context,
    { partyIds: [id], indicators: 'fresh', ...request },
    quietly,
  )
  assert.ok(!isRefusal(run))
  const [rating] = await showRatings(context.db, id, today)
  assert.ok(rating)
  return rating
}

test('a scorecard cannot ask for an indicator before its formula is published', async () => {
  const refused = await publish('scorecard', cardThatAsks())
  assert.ok(isRefusal(refused))
  assert.match(refused.refused.detail, /There is no indicator "overdue_class"/)
})

test('a formula changes a rating, which tells why and replays to the same bytes', async () => {
  const before = await rate()
  assert.equal(before.policyIds.length, 2)
  assert.ok(before.points.every(({ why }) => why === null))
  const done = await publish('indicators', definitions)
  assert.ok(!isRefusal(done), isRefusal(done) ? done.refused.detail : '')
  assert.ok(!isRefusal(await publish('scorecard', cardThatAsks())))
  const rating = await rate()
  assert.ok(Number(rating.score) < Number(before.score), `${before.score} → ${rating.score}`)
  assert.deepEqual(rating.policyIds.slice(2), [done.id])
  const point = rating.points.find(({ indicator }) => indicator === 'overdue_class')
  assert.deepEqual([point?.shown.zh, point?.points, point?.maximum], ['拖欠', '0.00', '30.00'])
  const formula = '如果(近12月最长逾期天数 > 拖欠天数, "拖欠", "正常")'
  assert.equal(point?.why?.formula.zh, formula)
  assert.match(
    point?.why?.because.zh ?? '',
    /^因为 近12月最长逾期天数 \d+ 天 > 拖欠天数 60 天, 所以: 拖欠$/,
  )
  const replay = await replayDecisions(context.db, quietly)
  assert.deepEqual(replay.differences, [])
  const shown = await showIndicators(context.db, id, today)
  assert.ok(!isRefusal(shown))
  assert.deepEqual([shown.values.overdue_class, shown.values.stretched_days], ['拖欠', '60'])
})

test('rating on stored indicators reads what formulas gave then', async () => {
  const fresh = await rate({ limits: false })
  const run = await rateParties(context, { indicators: 'stored', limits: false }, quietly)
  assert.ok(!isRefusal(run))
  const [stored] = await showRatings(context.db, id, today)
  assert.deepEqual([stored?.score, stored?.points], [fresh.score, fresh.points])
  assert.deepEqual((await replayDecisions(context.db, quietly)).differences, [])
})

test('a limit policy reads an indicator of a formula and names it in its way', async () => {
  const policy = standard('limit-policy')
  policy.formulas.push({
    ...{ id: 'half', kind: 'peak-exposure', label: { zh: '半年销售', en: 'Half a year' } },
    ...{ indicator: 'half_sales', factor: '0.01' },
  })
  assert.ok(!isRefusal(await publish('limit-policy', policy)))
  await rate()
  const limit = await limitOn(context.db, id, today)
  const term = limit?.formulas.find(({ id: of }) => of === 'half')?.terms[0]
  assert.equal(term?.indicator?.source, 'formula')
  const shown = await showIndicators(context.db, id, today)
  assert.ok(!isRefusal(shown))
  assert.equal(term?.value, shown.values.half_sales)
  assert.deepEqual((await replayDecisions(context.db, quietly)).differences, [])
})

test('formulas that others need are not taken away; a changed one counts from then on', async () => {
  const [overdueClass, stretched, half] = definitions.definitions
  const without = { ...definitions, definitions: [stretched, half] }
  const refused = await publish('indicators', without)
  assert.ok(isRefusal(refused))
  assert.match(refused.refused.detail, /^scorecard: characteristics\[\d+\]\.indicator: There is no/)
  const gentler = {
    ...definitions,
    definitions: [overdueClass, { ...stretched, formula: '900天' }, half],
  }
  assert.ok(!isRefusal(await publish('indicators', gentler)))
  const [latest] = await showRatings(context.db, id, today)
  const pointOf = (rating: typeof latest) =>
    rating?.points.find(({ indicator }) => indicator === 'overdue_class')
  assert.match(pointOf(latest)?.why?.because.zh ?? '', /拖欠天数 60 天/)
  assert.equal(pointOf(await rate())?.value, '正常')
  assert.deepEqual((await replayDecisions(context.db, quietly)).differences, [])
})

test('a spread of the database is that of the program, through formulas too', async () => {
  const scope = await formulaScope(context.db)
  const parties = await nextCustomers(context.db, null, 100, today)
  const ids = parties.map((party) => party.id)
  const stored = [...(await latestSnapshots(context.db, ids, today)).values()]
  const all = { ...scope, read: allIndicators }
  for (const [text, readsMoney] of [
    ['半年销售额 / 3', true],
    ['半年销售额 > 50万 且 近12月最长逾期天数 < 拖欠天数', true],
    ['占比(当前逾期金额, 应收余额)', true],
    ['缺失则(流动比率, 0.3) * 逾期占比', false],
    ['加月(日期("2026-01-31"), 数值(近12月最长逾期天数))', false],
  ] as const) {
    const formula = checkFormula(text, scope)
    assert.ok(isFormula(formula), text)
    const evaluate = compileFormula(formula)
    // Amounts of others would have to be converted: they are left out.
    const counted = stored.filter(({ currency }) => !readsMoney || currency === scope.currency)
    const values = counted.map((each) =>
      evaluate(
        workedOut(all, each.values, { asOf: today, currency: each.currency, convert: () => null }),
      ),
    )
    const known = values.filter((value) => value !== null)
    const { spread } = await checkOneFormula(context, { formula: text, sample: true })
    assert.deepEqual(
      [spread?.customers, spread?.missing],
      [values.length, values.length - known.length],
      text,
    )
    const shown = (value: FormulaValue) =>
      formulaValueText(glanced(value, formula.type), formula.type).zh
    const sorted = known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
    const expected =
      formula.type.kind === 'yes-no'
        ? [true, false].map((value) => [shown(value), known.filter((v) => v === value).length])
        : [0, 0.25, 0.5, 0.75, 1].map((share) => [shown(at(share)), null])
    const told = spread?.lines.map((line) => [line.shown.zh, line.count]) ?? []
    assert.deepEqual(told.toSorted(), expected.toSorted(), text)
  }
})

test('a formula is kept with ids, shown in words, and an earlier version comes back whole', async () => {
  const versions = await listVersions(context.db, 'indicators')
  const first = versions.at(-1)?.id ?? ''
  const shown = await showVersion(context, first)
  assert.ok(!isRefusal(shown))
  const kept = shown.document as typeof definitions
  assert.equal(
    kept.definitions[0]?.formula,
    'IF(worst_overdue_days_12m > stretched_days, "拖欠", "正常")',
  )
  assert.match(shown.formulas?.overdue_class?.en ?? '', /^IF\(\[Worst days overdue, 12 months\]/)
  assert.ok(!isRefusal(await publishPolicy(context, first)))
  assert.equal((await findPublished(context.db, 'indicators'))?.id, first)
  const rating = await rate()
  assert.equal(rating.points.at(-1)?.value, '拖欠')
})

test('a value that was changed behind our back is found by the replay', async () => {
  const [rating] = await showRatings(context.db, id, today)
  assert.ok(rating)
  await database.withoutTriggers(sql`
    update indicator.snapshot set custom = jsonb_set(custom, '{overdue_class}', '"正常"')
    where id = (select snapshot_id from scoring.rating where id = ${rating.id})`)
  const { differences } = await replayDecisions(context.db, quietly)
  assert.deepEqual(
    differences.map((each) => each.id),
    [rating.id],
  )
})
