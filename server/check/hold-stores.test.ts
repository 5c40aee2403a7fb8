import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import {
  endHolds,
  findHold,
  insertHolds,
  type NewHold,
  updateHold,
  waitingHolds,
} from '#server/check/hold.store.ts'
import {
  endReleases,
  insertRelease,
  releasesFor,
  releasesOfDocument,
} from '#server/check/release.store.ts'
import { newId } from '#server/platform/ids.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

const cny = parseCurrency('CNY')
invariant(cny, 'CNY is a currency')
const filling = { name: 'test.fill', permission: 'receivable:write', input: {} } as const
const write = <Result>(work: Parameters<typeof runCommand<Result>>[2]): Promise<Result> =>
  runCommand(database.context(), filling, work) as Promise<Result>

function holdOf(change: Partial<NewHold> = {}): NewHold {
  return {
    ...{ partyId: newId(), documentKind: 'order', documentId: newId(), number: 'SO-1' },
    ...{ checkpoint: 'order', decisionId: newId(), accountPartyId: newId(), accountId: newId() },
    ...{ currency: cny as NewHold['currency'], amountMinor: 100_00n, rules: ['limit'] },
    ...{ priority: 5, owner: 'credit-manager', requestedBy: '林晓', salesperson: '林晓' },
    ...change,
  }
}

test('a document that is held again keeps its row and who asked, and tells the account it left', async () => {
  const hold = holdOf()
  const first = await write((tx) => insertHolds(tx, [hold]))
  const opened = first.get(hold.documentId)
  assert.ok(opened?.isNew)
  const again = { ...hold, amountMinor: 120_00n, rules: ['days-overdue', 'limit'] }
  const twice = [again, { ...again, amountMinor: 150_00n, requestedBy: '别人', owner: '别人' }]
  const second = await write((tx) => insertHolds(tx, twice))
  assert.deepEqual(second.get(hold.documentId), {
    id: opened.id,
    isNew: false,
    leftAccount: null,
  })
  const kept = await findHold(database.db, hold.partyId, opened.id)
  assert.deepEqual(
    [kept?.amountMinor, kept?.rules, kept?.owner, kept?.requestedBy],
    [150_00n, ['days-overdue', 'limit'], 'credit-manager', '林晓'],
  )
  const moved = { ...again, accountPartyId: newId(), accountId: newId() }
  const third = await write((tx) => insertHolds(tx, [moved]))
  assert.deepEqual(third.get(hold.documentId)?.leftAccount, {
    partyId: hold.accountPartyId,
    accountId: hold.accountId,
  })
})

test('a document may be held at both checkpoints, and each hold ends once', async () => {
  const atOrder = holdOf()
  const atDelivery = { ...atOrder, checkpoint: 'delivery' } as const
  await write((tx) => insertHolds(tx, [atOrder]))
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
  const account = { accountPartyId: newId(), accountId: newId() }
  const holds = [5, 1, 5].map((priority, index) =>
    holdOf({ ...account, priority, number: `SO-${index}` }),
  )
  for (const hold of holds) await write((tx) => insertHolds(tx, [hold]))
  const waiting = await waitingHolds(database.db, [account.accountId])
  assert.deepEqual(
    waiting.map(({ number }) => number),
    ['SO-1', 'SO-0', 'SO-2'],
  )
  const [first] = waiting
  assert.ok(first)
  const question = { state: 'asked', question: '何时付款?', owner: '林晓' } as const
  await write((tx) => updateHold(tx, first, question))
  await write((tx) => updateHold(tx, first, { answer: '周五' }))
  const asked = await findHold(database.db, first.partyId, first.id)
  assert.deepEqual(
    [asked?.state, asked?.question, asked?.answer, asked?.owner, asked?.amountMinor],
    ['asked', '何时付款?', '周五', '林晓', 100_00n],
  )
})

test('a release speaks until its day or its use, the latest first', async () => {
  const of = { partyId: newId(), documentId: newId(), holdId: newId() }
  const release = (untilOn: string | null) => ({
    ...{ ...of, id: newId(), currency: cny as NewHold['currency'], upToMinor: 100_00n },
    ...{ untilOn: untilOn === null ? null : day(untilOn), reason: '老客户', cause: 'person' },
    ...{ releasedBy: '王静', authority: 'credit-manager CNY 5,000,000.00' },
  })
  const [dated, once] = [release('2026-11-30'), release(null)]
  for (const row of [dated, once]) {
    await write((tx) => insertRelease(tx, { ...row, cause: 'person' }))
  }
  const inForce = async (today: string) =>
    (await releasesFor(database.db, [of.documentId], day(today))).map(({ id }) => id)
  assert.deepEqual(await inForce('2026-11-30'), [once.id, dated.id])
  assert.deepEqual(await inForce('2026-12-01'), [once.id])
  await write((tx) => endReleases(tx, [once], day('2026-11-30')))
  assert.deepEqual(await inForce('2026-11-30'), [dated.id])
  const all = await releasesOfDocument(database.db, of.partyId, of.documentId)
  assert.deepEqual(
    all.map(({ endedOn }) => endedOn),
    ['2026-11-30', null],
  )
})
