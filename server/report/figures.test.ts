import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Figures } from '#contract/report.ts'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.close())

const figures = async () => (await story.get('/api/figures')) as unknown as Figures
const valuesOf = ({ items }: Figures) => Object.fromEntries(items.map((f) => [f.id, f.value]))
const figureOf = ({ items }: Figures, id: string) =>
  items.find((figure) => figure.id === id) ?? assert.fail(id)
/** The story's day is not that of the clock by which holds are opened. */
const timeOfHold = ({ opened, closed }: { opened: string; closed?: string }) =>
  story.server.database.withoutTriggers(sql`
    update "check".hold set opened_at = ${opened}::timestamptz,
      closed_at = ${closed ?? null}::timestamptz`)
const record = () => story.byTheClock('report.figures')

test('before anything was recorded there are figures without values', async () => {
  const { asOf, items } = await figures()
  assert.equal(asOf, null)
  assert.equal(items.length, 7)
  assert.deepEqual(new Set(items.map(({ value }) => value)), new Set([null]))
})

test('figures of the company are what the book says', async () => {
  const customer = await story.customer('4000.00')
  const first = await story.invoice(customer.id, 'F-1', '1000.00', { issuedOn: '2026-10-01' })
  await story.invoice(customer.id, 'F-2', '3000.00', { issuedOn: '2026-11-02' })
  await story.post(`/api/invoices/${customer.id}/${first.id}/write-off`, {
    amount: '400.00',
    note: '破产清算',
  })
  const held = { party: customer.id, amount: '5000.00', document: 'SO-F', mode: 'reserve' }
  assert.equal((await story.check(held)).outcome, 'held')
  await timeOfHold({ opened: '2026-11-24 01:00+00' })
  await record()
  const told = await figures()
  assert.deepEqual([told.asOf, told.currency, told.monthAgoOn], ['2026-11-24', 'CNY', '2026-10-24'])
  assert.deepEqual(valuesOf(told), {
    'bad-debt': '400.00',
    'overdue-share': '0.1667',
    // November's 3000 in 24 days, then 600 of October's 1000: 24 + 0.6 × 31.
    dso: '42.60',
    utilisation: '0.9000',
    'orders-held': '1',
    'hold-hours-median': null,
    'hold-hours-p90': null,
  })
  const dso = figureOf(told, 'dso')
  assert.deepEqual([dso.monthAgo, dso.change, dso.better], ['24.00', '18.60', 'lower'])
  assert.equal(dso.points.length, 13)
  assert.deepEqual(dso.points.slice(-2), [
    { on: '2026-10-31', value: '31.00' },
    { on: '2026-11-24', value: '42.60' },
  ])
  assert.deepEqual(dso.points[0], { on: '2025-11-30', value: '0.00' })
  assert.match(dso.formula.zh, /倒推法/)
  assert.deepEqual(
    figureOf(told, 'utilisation').inputs.map(({ value }) => value),
    ['3600.00', '4000.00', '3600.00', '0.9000'],
  )
})

test('a hold that was dealt with tells how long it took', async () => {
  const { items } = await story.get('/api/holds')
  const [hold] = items as { partyId: string; id: string }[]
  assert.ok(hold)
  await story.post(`/api/holds/${hold.partyId}/${hold.id}/reject`, { reason: '额度不足' })
  await timeOfHold({ opened: '2026-11-24 01:00+00', closed: '2026-11-24 04:30+00' })
  await record()
  const told = valuesOf(await figures())
  assert.deepEqual(
    [told['orders-held'], told['hold-hours-median'], told['hold-hours-p90']],
    ['0', '3.5', '3.5'],
  )
})

test('past days are told from the book: at once after an import, else once a day', async () => {
  const customer = await story.customer('1000.00')
  const ends = ({ items }: Figures) => items.map(({ points }) => points.slice(0, -1))
  const before = await figures()
  await story.invoice(customer.id, 'F-3', '1000.00', { issuedOn: '2026-10-20' })
  await record()
  const hourly = await figures()
  assert.deepEqual(ends(hourly), ends(before))
  assert.notEqual(figureOf(hourly, 'dso').value, figureOf(before, 'dso').value)
  const { db } = story.server.database
  await db.pool.query(`select graphile_worker.add_job('report_figures', '{"anew": true}')`)
  await story.settled()
  const october = figureOf(await figures(), 'overdue-share').points.at(-2)
  assert.deepEqual(october, { on: '2026-10-31', value: '0.0000' })
  const { value } = figureOf(await figures(), 'dso').points.at(-2) ?? {}
  assert.equal(value, '31.00')
  const receivable = await db.pool.query(
    "select receivable_minor from report.figure_day where day_on = '2026-10-31'",
  )
  assert.equal(receivable.rows[0].receivable_minor, 2_000_00n)
})

test('a currency counts at the rate of the day, and is named where there is none', async () => {
  const customer = await story.customer(null)
  await story.invoice(customer.id, 'F-4', '100.00', { currency: 'USD', issuedOn: '2026-11-03' })
  await record()
  const without = await figures()
  assert.deepEqual(without.unvaluedCurrencies, ['USD'])
  await story.post('/api/exchange-rates', {
    rates: [{ from: 'USD', to: 'CNY', rateOn: '2026-11-20', rate: '7' }],
  })
  await record()
  const withRate = await figures()
  assert.deepEqual(withRate.unvaluedCurrencies, [])
  const receivables = (of: Figures) => Number(figureOf(of, 'dso').inputs[0]?.value)
  assert.equal(receivables(withRate) - receivables(without), 700)
})

test('who sells sees no figures of the company', async () => {
  await story.refused('forbidden', /report:read/, 'GET', '/api/figures', undefined, {
    role: 'sales',
  })
})

test('on the next day figures are of today, and yesterday keeps its limits and exposure', async () => {
  const keptOf = async (on: string) => {
    const { rows } = await story.server.database.db.pool.query(
      'select told_on, limit_minor, exposure_minor from report.figure_day where day_on = $1',
      [on],
    )
    return rows[0]
  }
  const before = await keptOf('2026-11-24')
  assert.ok(before.exposure_minor > 0n)
  story.turnTo('2026-11-25')
  await story.customer('77000.00')
  await record()
  assert.equal((await figures()).asOf, '2026-11-25')
  assert.deepEqual(await keptOf('2026-11-24'), { ...before, told_on: '2026-11-25' })
  const after = await keptOf('2026-11-25')
  assert.equal(after.limit_minor - before.limit_minor, 77_000_00n)
})
