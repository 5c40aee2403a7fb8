import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { day } from '#kernel/calendar/day.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { setExchangeRates } from '#server/company/public.ts'
import { recordFacts } from '#server/indicator/record-facts.ts'
import { recordStatement } from '#server/indicator/record-statement.ts'
import { showIndicators } from '#server/indicator/show-indicators.ts'
import { insertParties } from '#server/party/public.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

const today = day('2026-11-24')
let database: TestDatabase
let context: Context
let partyId: string

before(async () => {
  database = await openTestDatabase()
  context = database.context('credit-manager', today)
  const added = await runCommand(
    context,
    { name: 'test.party', permission: 'party:write', input: {} },
    (tx) =>
      insertParties(tx, [
        { name: '华东机械有限公司', roles: ['customer'], foundedOn: '2016-11-25' },
      ]),
  )
  assert.ok(!isRefusal(added))
  partyId = added[0]?.id ?? ''
})

after(() => database.close())

async function told(indicator: string, asOf = today): Promise<string | null> {
  const shown = await showIndicators(context.db, partyId, asOf)
  assert.ok(!isRefusal(shown))
  return shown.values[indicator] ?? null
}

test('a snapshot has one column per indicator, text for text and bigint for all others', async () => {
  const columns = await context.db.rows(sql<{ name: string; type: string }>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'indicator' and table_name = 'snapshot' order by ordinal_position`)
  const expected = allIndicators.map(({ id, unit }) => ({
    name: id,
    type: unit === 'text' ? 'text' : 'bigint',
  }))
  const ofFormulas = ['definitions_id', 'custom']
  const own = columns.slice(5).filter(({ name }) => !ofFormulas.includes(name))
  assert.deepEqual(own, expected)
})

test('years in business follow from the founding day', async () => {
  assert.equal(await told('years_in_business'), '9')
  assert.equal(await told('years_in_business', day('2026-11-25')), '10')
})

test('a fact counts from the day on which it took effect, and the later one wins', async () => {
  const tell = (value: string, effectiveOn: string) =>
    recordFacts(context, partyId, {
      facts: [{ indicator: 'dishonest_debtor', value, effectiveOn, source: '执行信息公开网' }],
    })
  assert.ok(!isRefusal(await tell('是', '2026-03-01')))
  assert.ok(!isRefusal(await tell('no', '2026-06-01')))
  assert.equal(await told('dishonest_debtor', day('2026-02-28')), null)
  assert.equal(await told('dishonest_debtor', day('2026-03-01')), '1')
  assert.equal(await told('dishonest_debtor', day('2026-06-01')), '0')
})

test('an amount is told in the account currency at the rate of the day, or not at all', async () => {
  const fact = {
    indicator: 'registered_capital',
    value: '1000.00',
    currency: 'USD',
    effectiveOn: '2026-01-01',
    source: 'register',
  }
  assert.ok(!isRefusal(await recordFacts(context, partyId, { facts: [fact] })))
  assert.equal(await told('registered_capital'), null)
  const accountant = database.context('accountant', today)
  const rate = { from: 'USD', to: 'CNY', rateOn: '2026-10-31', rate: '7.1' }
  assert.ok(!isRefusal(await setExchangeRates(accountant, [rate])))
  assert.equal(await told('registered_capital'), '7100.00')
  assert.equal(await told('registered_capital', day('2026-10-30')), null)
})

test('a wrong fact is refused with the field and what would be right', async () => {
  const right = {
    indicator: 'dishonest_debtor',
    value: 'no',
    effectiveOn: '2026-01-01',
    source: 'x',
  }
  const cases: [object, RegExp][] = [
    [{ indicator: 'nonsense' }, /^facts\.0\.indicator: there is no indicator "nonsense"/],
    [{ indicator: 'late_share_12m' }, /computed from the ledger, not entered/],
    [{ value: 'perhaps' }, /^facts\.0\.value: "perhaps" is not yes or no/],
    [{ effectiveOn: '2026-11-25' }, /^facts\.0\.effectiveOn: the day is in the future/],
    [{ indicator: 'registered_capital', value: '1' }, /^facts\.0\.currency: an amount needs/],
  ]
  for (const [change, expected] of cases) {
    const answer = await recordFacts(context, partyId, { facts: [{ ...right, ...change }] })
    assert.ok(isRefusal(answer))
    assert.match(answer.refused.detail, expected)
  }
})

const lines = {
  total_assets: '1000.00',
  total_liabilities: '600.00',
  equity: '400.00',
  current_assets: '700.00',
  non_current_assets: '300.00',
  current_liabilities: '350.00',
}
const statement = { closedOn: '2025-12-31', months: 12, currency: 'CNY', source: '审计报告', lines }

test('a statement that does not balance is refused with both sides and the difference', async () => {
  const wrong = { ...statement, lines: { ...lines, equity: '390.00' } }
  const answer = await recordStatement(context, partyId, wrong)
  assert.ok(isRefusal(answer))
  assert.match(
    answer.refused.detail,
    /资产总计 1000\.00 and 负债合计 \+ 所有者权益合计 990\.00 differ by 10\.00/,
  )
  assert.ok(
    !isRefusal(await recordStatement(context, partyId, { ...wrong, acceptDifferences: true })),
  )
})

test('a statement counts from the day on which it was known', async () => {
  assert.ok(
    !isRefusal(await recordStatement(context, partyId, { ...statement, knownOn: '2026-04-20' })),
  )
  assert.equal(await told('current_ratio', day('2026-04-19')), null)
  assert.equal(await told('current_ratio', day('2026-04-20')), '2.0000')
  assert.equal(await told('equity'), '400.00', 'the later record of a period counts')
})

test('unknown lines and amounts that are none are named', async () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ goodwil: '1.00' }, /^lines\.goodwil: there is no such line\. Known: cash/],
    [{ total_assets: '1.005' }, /^lines\.total_assets: "1\.005" is not an amount in CNY/],
  ]
  for (const [wrong, expected] of cases) {
    const answer = await recordStatement(context, partyId, { ...statement, lines: wrong })
    assert.ok(isRefusal(answer))
    assert.match(answer.refused.detail, expected)
  }
})
