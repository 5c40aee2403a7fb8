import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal, refuse } from '#contract/problem.ts'
import type { FollowHolds } from '#server/check/follow-hold.ts'
import { findHold } from '#server/check/hold.store.ts'
import { openHolds } from '#server/check/open-holds.ts'
import { recheckHolds } from '#server/check/recheck-holds.ts'
import { releasesFor, releasesOfDocument } from '#server/check/release.store.ts'
import { type HoldMaker, makeHolds, ordersThat } from '#server/check/testing-holds.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let maker: HoldMaker
before(async () => {
  database = await openTestDatabase()
  maker = makeHolds(database)
})
after(() => database.close())

/** A gate with so much room: what fits takes its part of it. */
function roomFor(minor: bigint, asked: string[]): FollowHolds {
  let room = minor
  return ordersThat(async (_tx, _, hold) => {
    const { id, amountMinor } = hold
    asked.push(id)
    if (amountMinor > room) return { outcome: 'held' }
    room -= amountMinor
    return { outcome: 'approved' }
  })
}

test('new room goes to the most urgent, then to what waits longest, as far as it reaches', async () => {
  const { partyId } = await maker.newCustomer()
  const old = await maker.held({ partyId, amountMinor: 400_00n })
  const large = await maker.held({ partyId, amountMinor: 900_00n })
  const urgent = await maker.held({ partyId, amountMinor: 500_00n, priority: 1 })
  const small = await maker.held({ partyId, amountMinor: 100_00n })
  const other = await maker.held()
  const asked: string[] = []
  const done = await recheckHolds(database.context(), [old.accountId], roomFor(1_000_00n, asked))
  assert.deepEqual(asked, [urgent.id, old.id, large.id, small.id])
  assert.deepEqual(done, { released: 3, waiting: 1 })
  const states = [urgent, old, large, small, other].map(async (hold) => {
    return (await findHold(database.db, hold.partyId, hold.id))?.state
  })
  assert.deepEqual(await Promise.all(states), ['released', 'released', 'open', 'released', 'open'])
})

test('a release by room is told as such and lets nothing else pass', async () => {
  const hold = await maker.held()
  await recheckHolds(database.context(), [hold.accountId], roomFor(800_00n, []))
  const [release] = await releasesOfDocument(database.db, hold.partyId, hold.documentId)
  assert.deepEqual([release?.cause, release?.authority], ['room', 'room'])
  assert.deepEqual(await releasesFor(database.db, [hold.documentId], database.context().today), [])
})

test('what waits for the same as before leaves no trace, new reasons are kept', async () => {
  const hold = await maker.held()
  const entries = async () => {
    const row = await database.db.row(sql<{ count: bigint }>`
      select count(*) from audit.entry where command = 'hold.recheck'`)
    return row?.count
  }
  const before = await entries()
  await recheckHolds(database.context(), [hold.accountId], roomFor(0n, []))
  assert.equal(await entries(), before)
  const paid = ordersThat(async (tx) => {
    await openHolds(tx, [{ ...hold, rules: ['overdue-30'] }])
    return { outcome: 'held' }
  })
  await recheckHolds(database.context(), [hold.accountId], paid)
  const kept = await findHold(database.db, hold.partyId, hold.id)
  assert.deepEqual([kept?.state, kept?.rules], ['open', ['overdue-30']])
})

test('a hold of a document that waits no more is withdrawn', async () => {
  const hold = await maker.held()
  await recheckHolds(
    database.context(),
    [hold.accountId],
    ordersThat(async () => undefined),
  )
  assert.equal((await findHold(database.db, hold.partyId, hold.id))?.state, 'withdrawn')
})

test('a document that refuses does not keep back the next, a gate that is shut does', async () => {
  const { partyId } = await maker.newCustomer()
  const first = await maker.held({ partyId })
  const second = await maker.held({ partyId })
  const shut = ordersThat(async () => refuse('unavailable', 'The gate is shut.'))
  assert.ok(isRefusal(await recheckHolds(database.context(), [first.accountId], shut)))
  const closed = ordersThat(async (_, __, { documentId }) =>
    documentId === first.documentId
      ? refuse('wrong-state', 'It is cancelled.')
      : { outcome: 'approved' },
  )
  const done = await recheckHolds(database.context(), [second.accountId], closed)
  assert.deepEqual(done, { released: 1, waiting: 1 })
})
