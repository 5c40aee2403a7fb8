import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import {
  answerOfHold,
  askOfHold,
  endHolds,
  findHold,
  handHoldTo,
  insertHolds,
  waitingHolds,
} from '#server/check/hold.store.ts'
import {
  endReleases,
  insertRelease,
  releasesFor,
  releasesOfDocument,
} from '#server/check/release.store.ts'
import { type HoldMaker, makeHolds } from '#server/check/testing-holds.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let maker: HoldMaker
before(async () => {
  database = await openTestDatabase()
  maker = makeHolds(database)
})
after(() => database.close())

const cny = parseCurrency('CNY')
invariant(cny, 'CNY is a currency')
const write = async <Result>(
  work: (tx: CommandTransaction) => Promise<Result>,
): Promise<Result> => {
  let result: Result | undefined
  await maker.write(async (tx) => {
    result = await work(tx)
  })
  return result as Result
}

test('a document held again keeps its row and who asked, and tells the account it left', async () => {
  const hold = await maker.held()
  const again = { ...hold, amountMinor: 120_00n, rules: ['overdue-30', 'limit'] }
  const twice = [again, { ...again, amountMinor: 150_00n, requestedBy: '赵敏', owner: '赵敏' }]
  const second = await write((tx) => insertHolds(tx, twice))
  assert.deepEqual(second.get(hold.documentId), { id: hold.id, isNew: false, leftAccount: null })
  const kept = await findHold(database.db, hold.partyId, hold.id)
  assert.deepEqual(
    [kept?.amountMinor, kept?.rules, kept?.owner, kept?.requestedBy],
    [150_00n, ['overdue-30', 'limit'], 'credit-manager', '林晓'],
  )
  // Who asks for more than was asked for before is who asked.
  for (const [requestedBy, amountMinor, asked] of [
    ['赵敏', 900_00n, '赵敏'],
    ['system', 950_00n, '赵敏'],
    ['林晓', 400_00n, '赵敏'],
  ] as const) {
    await write((tx) => insertHolds(tx, [{ ...again, requestedBy, amountMinor }]))
    assert.equal((await findHold(database.db, hold.partyId, hold.id))?.requestedBy, asked)
  }
  const moved = { ...again, accountPartyId: newId(), accountId: newId() }
  const third = await write((tx) => insertHolds(tx, [moved]))
  assert.deepEqual(third.get(hold.documentId)?.leftAccount, {
    partyId: hold.accountPartyId,
    accountId: hold.accountId,
  })
})

test('a document may be held at both checkpoints, and each hold ends once', async () => {
  const atOrder = await maker.held()
  const atDelivery = { ...atOrder, checkpoint: 'delivery' } as const
  await write((tx) => insertHolds(tx, [atDelivery]))
  const end = { state: 'released', by: '王静', reason: '已付款' } as const
  const ended = await write((tx) =>
    endHolds(tx, [atOrder.documentId], { ...end, checkpoint: 'delivery' }),
  )
  assert.deepEqual(
    ended.map(({ accountId, requestedBy }) => [accountId, requestedBy]),
    [[atOrder.accountId, '林晓']],
  )
  const both = await write((tx) => endHolds(tx, [atOrder.documentId], end))
  assert.equal(both.length, 1)
  assert.deepEqual(await write((tx) => endHolds(tx, [atOrder.documentId], end)), [])
})

test('an account is waited for by priority, then age', async () => {
  const { accountId, partyId } = await maker.newCustomer()
  const numbered = ['SO-A', 'SO-B', 'SO-C']
  for (const [index, priority] of [5, 1, 5].entries()) {
    await maker.held({ partyId, priority, number: numbered[index] ?? '' })
  }
  const waiting = await waitingHolds(database.db, [accountId])
  assert.deepEqual(
    waiting.map(({ number }) => number),
    ['SO-B', 'SO-A', 'SO-C'],
  )
  const [first] = waiting
  assert.ok(first)
  const said = { by: '王静', words: '何时付款?', owner: '林晓' }
  await write((tx) => askOfHold(tx, first, said))
  await write((tx) => handHoldTo(tx, first, '赵敏'))
  const read = async () => {
    const hold = await findHold(database.db, first.partyId, first.id)
    return [hold?.state, hold?.question, hold?.answer, hold?.answeredBy, hold?.owner]
  }
  assert.deepEqual(await read(), ['asked', '何时付款?', null, null, '赵敏'])
  await write((tx) =>
    answerOfHold(tx, first, { by: '林晓', words: '周五', owner: 'credit-manager' }),
  )
  assert.deepEqual(await read(), ['open', '何时付款?', '周五', '林晓', 'credit-manager'])
  await write((tx) => askOfHold(tx, first, { ...said, words: '哪个周五?' }))
  assert.deepEqual(await read(), ['asked', '哪个周五?', null, null, '林晓'])
})

test('a release speaks until its day or its use, the latest first', async () => {
  const { documentId, id: holdId, partyId } = await maker.held({ checkpoint: 'delivery' })
  const of = { partyId, documentId, holdId }
  const release = (untilOn: string | null) => ({
    ...{ ...of, id: newId(), currency: cny, upToMinor: 100_00n },
    ...{ untilOn: untilOn === null ? null : day(untilOn), reason: '老客户', cause: 'person' },
    ...{ releasedBy: '王静', authority: 'credit-manager CNY 5,000,000.00' },
  })
  const [dated, once] = [release('2026-11-30'), release(null)]
  for (const row of [dated, once]) {
    await write((tx) => insertRelease(tx, { ...row, cause: 'person', endedOn: null }))
  }
  const inForce = async (today: string) =>
    (await releasesFor(database.db, [of.documentId], day(today))).map(({ id }) => id)
  assert.deepEqual(await inForce('2026-11-30'), [once.id, dated.id])
  assert.deepEqual(await inForce('2026-12-01'), [once.id])
  await write((tx) => endReleases(tx, [once], day('2026-11-30')))
  assert.deepEqual(await inForce('2026-11-30'), [dated.id])
  const all = await releasesOfDocument(database.db, of.partyId, of.documentId)
  assert.deepEqual(
    all.map(({ checkpoint, endedOn }) => [checkpoint, endedOn]),
    [
      ['delivery', '2026-11-30'],
      ['delivery', null],
    ],
  )
})
