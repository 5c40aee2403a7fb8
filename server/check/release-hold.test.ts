import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal, refuse } from '#contract/problem.ts'
import { addDays, day } from '#kernel/calendar/day.ts'
import { findHold } from '#server/check/hold.store.ts'
import { closeHolds } from '#server/check/open-holds.ts'
import { releasesFor } from '#server/check/release.store.ts'
import { releaseHold, releaseHolds } from '#server/check/release-hold.ts'
import { type HoldMaker, makeHolds, ordersThat, personOf } from '#server/check/testing-holds.ts'
import { setExchangeRates } from '#server/company/public.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let maker: HoldMaker
before(async () => {
  database = await openTestDatabase()
  maker = makeHolds(database)
})
after(() => database.close())

const passes = ordersThat(async () => ({ outcome: 'approved' }))
const manager = () => personOf(database, '王静', 'credit-manager')
const reason = '长期合作, 下周到款'
const today = day('2026-11-24')

async function openHoldsOf(accountId: string): Promise<number> {
  const row = await database.db.row(sql<{ count: number }>`
    select coalesce(sum(open_holds), 0)::integer as count from exposure.balance
    where account_id = ${accountId}`)
  return row?.count ?? 0
}

const detailOf = (answer: unknown) => (isRefusal(answer) ? answer.refused.detail : 'done')
const kindOf = (answer: unknown) => (isRefusal(answer) ? answer.refused.kind : 'done')

test('a release is kept, followed by its document, and ends the hold', async () => {
  const hold = await maker.held()
  assert.equal(await openHoldsOf(hold.accountId), 1)
  const seen: unknown[] = []
  const answer = await releaseHold(
    manager(),
    hold,
    { reason },
    ordersThat(async (tx, context, asked) => {
      const [release] = await releasesFor(tx, [asked.documentId], context.today)
      seen.push([asked.checkpoint, release?.upToMinor, release?.authority])
      return { outcome: 'approved' }
    }),
  )
  assert.deepEqual(seen, [['order', 800_00n, 'credit-manager: up to CNY 5,000,000.00']])
  assert.ok(!isRefusal(answer))
  assert.deepEqual([answer.outcome, answer.upTo, answer.waiting], ['released', '800.00', '0.00'])
  const ended = await findHold(database.db, hold.partyId, hold.id)
  assert.deepEqual(
    [ended?.state, ended?.closedBy, ended?.closeReason],
    ['released', '王静', reason],
  )
  assert.equal(await openHoldsOf(hold.accountId), 0)
  const again = await releaseHold(manager(), hold, { reason }, passes)
  assert.equal(kindOf(again), 'wrong-state')
})

test('nobody releases their own document beyond what a salesperson may', async () => {
  const hold = await maker.held({ requestedBy: '王静' })
  const sold = await maker.held({ salesperson: '王静' })
  for (const one of [hold, sold]) {
    const answer = await releaseHold(manager(), one, { reason }, passes)
    assert.equal(kindOf(answer), 'forbidden')
    assert.match(detailOf(answer), /your own document up to CNY 0\.00.*somebody else as/)
    assert.equal((await findHold(database.db, one.partyId, one.id))?.state, 'open')
  }
  const other = await releaseHold(
    personOf(database, '赵敏', 'credit-manager'),
    hold,
    { reason },
    passes,
  )
  assert.equal(kindOf(other), 'done')
})

test('an amount above the role is refused with who can release it, in whatever currency', async () => {
  const seller = await releaseHold(
    personOf(database, '林晓', 'sales'),
    await maker.held(),
    { reason },
    passes,
  )
  assert.match(detailOf(seller), /needs (admin|credit-manager) or (admin|credit-manager)/)
  const viewer = await releaseHold(
    personOf(database, '客人', 'viewer'),
    await maker.held(),
    { reason },
    passes,
  )
  assert.equal(kindOf(viewer), 'forbidden')
  const large = await maker.held({ amountMinor: 5_000_000_01n })
  const answer = await releaseHold(manager(), large, { reason }, passes)
  assert.match(detailOf(answer), /up to CNY 5,000,000\.00\..* needs admin/)
  const dollars = { currency: 'USD' as typeof large.currency, amountMinor: 1_000_000_00n }
  const abroad = await maker.held(dollars)
  assert.equal(kindOf(await releaseHold(manager(), abroad, { reason }, passes)), 'no-exchange-rate')
  const rates = [{ from: 'USD', to: 'CNY', rateOn: '2026-11-20', rate: '7.1' }]
  await setExchangeRates(database.context(), rates)
  assert.equal(kindOf(await releaseHold(manager(), abroad, { reason }, passes)), 'forbidden')
  const part = { reason, amount: '700000.00' }
  assert.equal(kindOf(await releaseHold(manager(), abroad, part, passes)), 'done')
})

test('a part passes, the rest waits on with its age and owner, and can pass later', async () => {
  const hold = await maker.held({ owner: '赵敏' })
  const part = { reason, amount: '300.00', until: addDays(today, 7) }
  // The gate ends the holds of a document that passed: the rest is held on all the same.
  const closing = ordersThat(async (tx, _, { documentId }) => {
    await closeHolds(tx, [documentId], { state: 'released', by: 'gate', reason: 'passed' })
    return { outcome: 'approved' }
  })
  const answer = await releaseHold(manager(), hold, part, closing)
  assert.ok(!isRefusal(answer), detailOf(answer))
  assert.deepEqual([answer.outcome, answer.waiting], ['released-in-part', '500.00'])
  const rest = await findHold(database.db, hold.partyId, hold.id)
  assert.deepEqual(
    [rest?.state, rest?.amountMinor, rest?.owner, rest?.closedBy],
    ['open', 500_00n, '赵敏', null],
  )
  assert.equal(await openHoldsOf(hold.accountId), 1)
  const all = await releaseHold(manager(), hold, { reason }, passes)
  assert.ok(!isRefusal(all))
  assert.equal(all.upTo, '800.00')
})

test('a release lasts for one time or until a day', async () => {
  const [once, dated] = [await maker.held(), await maker.held()]
  await releaseHold(manager(), once, { reason, once: true }, passes)
  await releaseHold(manager(), dated, { reason, until: '2026-11-30' }, passes)
  const documents = [once.documentId, dated.documentId]
  const found = await releasesFor(database.db, documents, day('2026-11-30'))
  assert.deepEqual(new Set(found.map(({ untilOn }) => untilOn)), new Set([null, '2026-11-30']))
  const later = await releasesFor(database.db, documents, day('2026-12-01'))
  assert.deepEqual(
    later.map(({ documentId }) => documentId),
    [once.documentId],
  )
})

const wrong: [string, object, string, RegExp][] = [
  ['both once and until', { once: true, until: '2026-11-30' }, 'invalid-input', /once/],
  ['a day that is past', { until: '2026-11-23' }, 'invalid-input', /until: .* 2026-11-24/],
  ['more than the document', { amount: '800.01' }, 'invalid-input', /amount: .*CNY 800\.00/],
  ['nothing', { amount: '0' }, 'invalid-input', /amount: .*above zero/],
  ['less than nothing', { amount: '-5.00' }, 'invalid-input', /amount/],
  ['finer than the currency', { amount: '1.001' }, 'invalid-input', /amount/],
]
for (const [name, input, kind, detail] of wrong) {
  test(`a release of ${name} is refused and changes nothing`, async () => {
    const hold = await maker.held()
    const answer = await releaseHold(manager(), hold, { reason, ...input }, passes)
    assert.equal(kindOf(answer), kind)
    assert.match(detailOf(answer), detail)
    assert.deepEqual(await releasesFor(database.db, [hold.documentId], today), [])
  })
}

test('a frozen account lets nothing pass, whoever releases', async () => {
  const hold = await maker.held()
  await maker.write((tx) =>
    tx.run(sql`update exposure.account set status = 'frozen' where id = ${hold.accountId}`),
  )
  const answer = await releaseHold(personOf(database, '总', 'admin'), hold, { reason }, passes)
  assert.equal(kindOf(answer), 'wrong-state')
  assert.match(detailOf(answer), /account of \S+ 客户\S+ is frozen: unfreeze it/)
})

test('what the gate holds again, or its document refuses, is not released', async () => {
  const hold = await maker.held()
  const held = ordersThat(async () => ({ outcome: 'held' }))
  const refused = ordersThat(async () => refuse('wrong-state', 'The order is closed.'))
  assert.match(detailOf(await releaseHold(manager(), hold, { reason }, held)), /held again/)
  assert.equal(
    detailOf(await releaseHold(manager(), hold, { reason }, refused)),
    'The order is closed.',
  )
  assert.deepEqual(await releasesFor(database.db, [hold.documentId], today), [])
  assert.equal((await findHold(database.db, hold.partyId, hold.id))?.state, 'open')
})

test('of several releases at once each has its own answer', async () => {
  const [mine, others] = [await maker.held({ requestedBy: '王静' }), await maker.held()]
  const { items } = await releaseHolds(
    { ...manager(), idempotencyKey: 'batch-1' },
    { holds: [mine, others].map(({ id, partyId }) => ({ partyId, id })), reason },
    passes,
  )
  assert.deepEqual(
    items.map(({ problem, release }) => [problem?.kind ?? null, release?.outcome ?? null]),
    [
      ['forbidden', null],
      [null, 'released'],
    ],
  )
})

test('of two people who release at once one does, the other learns it', async () => {
  const hold = await maker.held()
  const answers = await Promise.all(
    ['王静', '赵敏'].map((name) =>
      releaseHold(personOf(database, name, 'credit-manager'), hold, { reason }, passes),
    ),
  )
  assert.deepEqual(answers.map(kindOf).sort(), ['done', 'wrong-state'])
  assert.equal(await openHoldsOf(hold.accountId), 0)
})
