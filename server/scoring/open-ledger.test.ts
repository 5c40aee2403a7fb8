import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { verifyExposure } from '#server/check/public.ts'
import { openLedger } from '#server/scoring/open-ledger.ts'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

// A database of version 0.1.0 has a book, ratings and limits, and no account yet.

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.close())

const entriesOf = () =>
  story.server.database.db.rows<{ entries: number }>(sql`
    select count(*)::integer as entries from audit.entry where command = 'exposure.open'`)

test('a book and limits that were kept before the ledger count from its opening on, once', async () => {
  const { database } = story.server
  const customer = await story.customer(null)
  await story.invoice(customer.id, 'OLD-1', '1000.00')
  await story.post(`/api/parties/${customer.id}/ratings`)
  await story.settled()
  const rated = await story.own(customer)
  await database.withoutTriggers(sql`
    truncate exposure.account, exposure.balance, exposure.entry, exposure.ship_day`)
  assert.notEqual((await verifyExposure(database.db)).differenceCount, 0)

  await openLedger(database.context())
  await openLedger(database.context())

  const { items } = await story.get(`/api/parties/${customer.id}/credit-accounts`)
  const [opened] = items as (typeof rated)[]
  const told = ({ balances, exposure, grade, limit, limitToOn, terms }: typeof rated) => ({
    ...{ balances, exposure, grade, limit, limitToOn, terms },
  })
  assert.ok(opened)
  assert.deepEqual(told(opened), told(rated))
  assert.equal(opened.exposure, '1000.00')
  assert.deepEqual(await entriesOf(), [{ entries: 1 }])
  await story.proveLedger()
})
