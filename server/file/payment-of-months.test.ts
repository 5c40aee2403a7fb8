import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { addDays, addMonths, day, startOfMonth } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { ledgerStateOf } from '#kernel/receivable/ledger-state.ts'
import { weightedAverageDays } from '#kernel/receivable/metrics.ts'
import { paidPortionsOf } from '#kernel/receivable/paid-portions.ts'
import { loadDemo } from '#server/demo/public.ts'
import { loadHistories, paymentOn } from '#server/receivable/public.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
  const size = { seed: 'months', customers: 120, suppliers: 20, openOrders: false }
  const loaded = await loadDemo(database.context('admin', day('2026-11-24')), size)
  assert.ok(!isRefusal(loaded))
})
after(() => database.close())

test('what SQL says of months of payment is what the kernel says of the same ledger', async () => {
  const { db } = database
  const found = await db.rows(
    sql<{ id: string }>`select id from party.party order by code limit 30`,
  )
  const ids = found.map(({ id }) => id)
  const histories = await loadHistories(db, ids)
  let compared = 0
  for (const asOf of [day('2026-11-24'), day('2026-05-17')]) {
    const before = addDays(addMonths(startOfMonth(asOf), -11), -1)
    for (const [id, history] of histories) {
      const { totals } = await paymentOn(db, [id], asOf)
      for (const total of totals) {
        const currency = total.currency as Currency
        const state = ledgerStateOf(history, asOf)
        const portions = paidPortionsOf(state, { currency, after: before, upTo: asOf })
        const minor = portions.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
        assert.equal(total.paid, toDecimal({ minor, currency }), `${id} ${asOf}`)
        const late = weightedAverageDays(
          portions.map(({ amountMinor, daysBeyondTerms: days }) => ({ amountMinor, days })),
        )
        assert.equal(late.kind, 'measured')
        if (late.kind !== 'measured') continue
        assert.equal(BigInt(total.averageDaysLate.replace('.', '')), late.hundredths)
        compared++
      }
    }
  }
  assert.ok(compared > 30, `${compared} totals compared`)
})
