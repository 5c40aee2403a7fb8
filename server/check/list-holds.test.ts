import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { HoldQuery } from '#contract/hold.ts'
import { isRefusal } from '#contract/problem.ts'
import { assignHold } from '#server/check/assign-hold.ts'
import { findHoldByNumber } from '#server/check/find-hold-by-number.ts'
import type { FollowHolds } from '#server/check/follow-hold.ts'
import { listHolds } from '#server/check/list-holds.ts'
import { rejectHold } from '#server/check/reject-hold.ts'
import { releaseHold } from '#server/check/release-hold.ts'
import { showHold } from '#server/check/show-hold.ts'
import { answerAboutHold, askAboutHold } from '#server/check/talk-about-hold.ts'
import { type HoldMaker, makeHolds, ordersThat, personOf } from '#server/check/testing-holds.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'
import { createPerson } from '#server/user/public.ts'

let database: TestDatabase
let maker: HoldMaker
before(async () => {
  database = await openTestDatabase()
  maker = makeHolds(database)
  for (const [login, name, role] of [
    ['wang', '王静', 'credit-manager'],
    ['lin', '林晓', 'sales'],
  ] as const) {
    await createPerson(database.context(), {
      ...{ login, name, roles: [role], scope: 'all', password: `the password of ${login}` },
    })
  }
})
after(() => database.close())

const manager = () => personOf(database, '王静', 'credit-manager')
const seller = () => personOf(database, '林晓', 'sales')

async function listed(query: HoldQuery, by = manager()): Promise<string[]> {
  const page = await listHolds(by, query)
  return isRefusal(page) ? [page.refused.detail] : page.items.map(({ number }) => number)
}

async function toldTo(login: string): Promise<string[]> {
  const rows = await database.db.rows(sql<{ subject: string; body: string }>`
    select n.subject_zh as subject, n.body_zh as body from notice.notice n
    join "user".person p on p.id = n.person_id where p.login = ${login}
    order by n.created_at, n.id`)
  return rows.map(({ body, subject }) => `${subject}: ${body}`)
}

test('the worklist is ordered by urgency and age, filtered, paged and summed', async () => {
  const { partyId } = await maker.newCustomer()
  await maker.held({ partyId, number: 'A-1', amountMinor: 700_00n })
  await maker.held({ partyId, number: 'A-2', priority: 2, rules: ['overdue-30', 'limit'] })
  await maker.held({ partyId, number: 'A-3', owner: '赵敏', salesperson: '赵敏' })
  const old = await maker.held({ partyId, number: 'A-4', requestedBy: '赵敏' })
  await maker.write((tx) =>
    tx.run(sql`update "check".hold set opened_at = '2026-11-14T15:30:00Z' where id = ${old.id}`),
  )
  const own = { party: partyId }
  const all = ['A-2', 'A-4', 'A-1', 'A-3']
  const cases: [HoldQuery, string[]][] = [
    [own, all],
    [{ ...own, rule: 'overdue-30' }, ['A-2']],
    [{ ...own, owner: '赵敏' }, ['A-3']],
    [{ ...own, number: 'A-2' }, ['A-2']],
    [{ ...own, minAmount: '700.01', currency: 'CNY' }, ['A-2', 'A-4', 'A-3']],
    [{ ...own, currency: 'USD' }, []],
    // It was opened on the 14th in Shanghai.
    [{ ...own, olderThan: 9 }, ['A-4']],
    [{ ...own, olderThan: 10 }, []],
    [{ ...own, minAmount: '5' }, ['minAmount: name its currency too, such as CNY.']],
    [{ ...own, after: 'nonsense' }, ['after: give what the page before told as `next`.']],
  ]
  for (const [query, expected] of cases) assert.deepEqual(await listed(query), expected)
  const mine = { ...own, mine: true }
  assert.deepEqual(await listed(mine, personOf(database, '赵敏', 'sales')), ['A-4', 'A-3'])
  assert.deepEqual(await listed(mine), ['A-2', 'A-4', 'A-1'])
  const first = await listHolds(manager(), { ...own, limit: 3 })
  assert.ok(!isRefusal(first))
  assert.deepEqual(first.totals, [{ currency: 'CNY', count: 4, amount: '3100.00' }])
  assert.deepEqual(await listed({ ...own, limit: 3, after: first.next ?? '' }), ['A-3'])
  const [, oldest] = first.items
  assert.deepEqual([oldest?.ageDays, oldest?.party.id], [10, partyId])
  assert.match(oldest?.reasons[0]?.zh ?? '', /300\.00/)
})

test('a hold shows its decision in words and numbers, and the history of its document', async () => {
  const hold = await maker.held({ number: 'B-1' })
  const key = await findHoldByNumber(database.db, 'B-1')
  assert.ok(!isRefusal(key))
  const shown = await showHold(manager(), key)
  assert.ok(!isRefusal(shown))
  assert.deepEqual(shown.check.exposure, {
    currency: 'CNY',
    before: { invoiced: '500.00' },
    after: { order: '800.00', invoiced: '500.00' },
  })
  const [level] = shown.check.levels
  assert.deepEqual(
    [level?.limit, level?.before, level?.after, level?.headroom],
    ['1000.00', '500.00', '1300.00', '-300.00'],
  )
  assert.deepEqual([shown.check.fired.length, shown.check.remedies.length], [1, 1])
  assert.match(shown.check.remedies[0]?.sentence.en ?? '', /500\.00/)
  assert.deepEqual(
    [shown.decisions.map(({ outcome }) => outcome), shown.holds.map(({ id }) => id)],
    [['held'], [hold.id]],
  )
  await maker.held({ number: 'B-1' })
  const several = await findHoldByNumber(database.db, 'B-1')
  assert.ok(isRefusal(several) && several.refused.detail.includes(hold.id))
  assert.deepEqual(await findHoldByNumber(database.db, hold.id), key)
  const absent = await findHoldByNumber(database.db, 'B-2')
  assert.ok(isRefusal(absent) && absent.refused.kind === 'not-found')
})

test('a question goes to who sells the document and its answer back to the credit managers', async () => {
  const hold = await maker.held({ number: 'C-1' })
  const early = await answerAboutHold(seller(), hold, { answer: '?' })
  assert.ok(isRefusal(early) && early.refused.kind === 'wrong-state')
  const asked = await askAboutHold(manager(), hold, { question: '何时付款?' })
  assert.ok(!isRefusal(asked))
  assert.deepEqual([asked.state, asked.owner], ['asked', '林晓'])
  const answered = await answerAboutHold(seller(), hold, { answer: '周五到账' })
  assert.ok(!isRefusal(answered))
  assert.deepEqual(
    [answered.state, answered.owner, answered.answer],
    ['open', 'credit-manager', '周五到账'],
  )
  assert.deepEqual([answered.askedBy, answered.answeredBy], ['王静', '林晓'])
  assert.ok((answered.askedAt ?? '') < (answered.answeredAt ?? ''))
  assert.match((await toldTo('lin')).at(-1) ?? '', /^C-1 .*有提问: 王静: 何时付款\?/)
  assert.match((await toldTo('wang')).at(-1) ?? '', /^C-1 .*已答复: 林晓: 周五到账/)
})

test('a hold is handed to a person by login or name, or to a role, and to nobody else', async () => {
  const hold = await maker.held({ number: 'D-1' })
  for (const [owner, kept] of [
    ['lin', '林晓'],
    ['王静', '王静'],
    ['accountant', 'accountant'],
  ]) {
    const assigned = await assignHold(manager(), hold, { owner: owner ?? '' })
    assert.ok(!isRefusal(assigned))
    assert.equal(assigned.owner, kept)
  }
  assert.match((await toldTo('lin')).at(-1) ?? '', /^D-1 .*转交给您/)
  const unknown = await assignHold(manager(), hold, { owner: '张三' })
  assert.ok(isRefusal(unknown))
  assert.match(unknown.refused.detail, /"张三" is neither/)
})

test('a rejection puts the document back, ends the hold and tells who sells it why', async () => {
  const hold = await maker.held({ number: 'E-1', salesperson: '林晓' })
  assert.match((await toldTo('lin')).at(-1) ?? '', /^E-1 .*被暂挂: 金额 CNY 800\.00/)
  const followed: string[] = []
  const orders: FollowHolds = {
    lock: async () => undefined,
    release: async () => undefined,
    recall: async () => undefined,
    reject: async (_, __, { documentId }) => {
      followed.push(documentId)
      return undefined
    },
  }
  const rejected = await rejectHold(manager(), hold, { reason: '资料不全' }, orders)
  assert.ok(!isRefusal(rejected))
  assert.deepEqual([rejected.state, rejected.closeReason], ['rejected', '资料不全'])
  assert.deepEqual(followed, [hold.documentId])
  assert.match((await toldTo('lin')).at(-1) ?? '', /^E-1 .*被驳回: 王静: 资料不全/)
  const again = await askAboutHold(manager(), hold, { question: '?' })
  assert.ok(isRefusal(again) && again.refused.kind === 'wrong-state')
})

test('who asked for a document learns of its release, in part and then in full', async () => {
  const hold = await maker.held({ number: 'G-1' })
  const passes = ordersThat(async () => ({ outcome: 'approved' }))
  const part = { reason: '先发一半', amount: '300.00' }
  assert.ok(!isRefusal(await releaseHold(manager(), hold, part, passes)))
  assert.match((await toldTo('lin')).at(-1) ?? '', /^G-1 .*已放行至 CNY 300\.00: 王静: 先发一半$/)
  assert.ok(!isRefusal(await releaseHold(manager(), hold, { reason: '已到款' }, passes)))
  assert.match((await toldTo('lin')).at(-1) ?? '', /^G-1 .*已放行: 王静: 已到款$/)
})

test('only credit managers and admins ask, hand over and reject', async () => {
  const hold = await maker.held({ number: 'F-1' })
  const refused = [
    await askAboutHold(seller(), hold, { question: '?' }),
    await assignHold(seller(), hold, { owner: 'sales' }),
    await rejectHold(
      seller(),
      hold,
      { reason: '?' },
      ordersThat(async () => undefined),
    ),
  ]
  for (const one of refused) assert.ok(isRefusal(one) && one.refused.kind === 'forbidden')
})
