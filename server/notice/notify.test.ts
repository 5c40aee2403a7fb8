import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import type { NoticeKind } from '#contract/notice.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import type { Role } from '#contract/role.ts'
import { changePreferences, showPreferences } from '#server/notice/change-preferences.ts'
import { listNotices } from '#server/notice/list-notices.ts'
import { notify } from '#server/notice/public.ts'
import { readNotices } from '#server/notice/read-notices.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'
import { createPerson } from '#server/user/public.ts'

let database: TestDatabase
const people: Record<string, Context> = {}
const partyId = '01900000-0000-7000-8000-00000000000a'

before(async () => {
  database = await openTestDatabase()
  for (const [login, name, role] of [
    ['wang', '王敏', 'credit-manager'],
    ['li', '李娜', 'sales'],
    ['zhao', '赵强', 'sales'],
  ] as const) {
    const email = login === 'zhao' ? {} : { email: `${login}@hengyue.example` }
    const made = await createPerson(database.context(), {
      login,
      name,
      roles: [role],
      scope: 'all',
      password: 'correct horse battery',
      ...email,
    })
    assert.ok(!isRefusal(made))
    const actor = { kind: 'person', id: made.id, name, roles: [role] } as const
    people[login] = { ...database.context(), actor }
  }
})
beforeEach(() =>
  database.withoutTriggers(sql`truncate notice.mail, notice.preference, notice.notice`),
)
after(() => database.close())

const as = (login: string) => people[login] ?? assert.fail(login)

const held = (kind: NoticeKind, roles: readonly Role[], names: readonly string[] = []) => ({
  kind,
  roles,
  names,
  partyId,
  subject: { zh: '订单 SO-7 被暂挂', en: 'Order SO-7 is held' },
  body: { zh: '额度不足:超出 1,000.00 元。', en: 'Over the limit by CNY 1,000.00.' },
  path: '/api/orders/SO-7',
})

async function tell(notice: Parameters<typeof notify>[1], dryRun = false): Promise<void> {
  const command = { name: 'test.tell', permission: 'system:read', input: {} } as const
  const done = await runCommand({ ...database.context(), dryRun }, command, (tx) =>
    notify(tx, notice),
  )
  assert.ok(!isRefusal(done))
}

async function toldTo(login: string): Promise<string[]> {
  const page = await listNotices(as(login), {})
  assert.ok(!isRefusal(page))
  return page.items.map(({ kind }) => kind)
}

async function mailedTo(): Promise<string[]> {
  const rows = await database.db.rows(sql<{ to: string }>`
    select to_address as to from notice.mail order by to_address`)
  return rows.map(({ to }) => to)
}

async function countQueued(): Promise<number | null> {
  const found = await database.db.pool.query(
    "select from graphile_worker.jobs where task_identifier = 'notice_send_mail'",
  )
  return found.rowCount
}

test('everybody of a role and of a name is told once, and mailed where there is an address', async () => {
  await tell(held('hold.opened', ['credit-manager'], ['李娜', 'li', '王敏', 'nobody']))
  assert.deepEqual(await toldTo('wang'), ['hold.opened'])
  assert.deepEqual(await toldTo('li'), ['hold.opened'])
  assert.deepEqual(await toldTo('zhao'), [])
  await tell(held('delivery.due', ['sales']))
  assert.deepEqual(await toldTo('zhao'), ['delivery.due'])
  assert.deepEqual(await mailedTo(), [
    'li@hengyue.example',
    'li@hengyue.example',
    'wang@hengyue.example',
  ])
})

test('a notice has its words in both languages, its party and where to look', async () => {
  await tell(held('hold.opened', [], ['li']))
  const page = await listNotices(as('li'), { party: partyId })
  assert.ok(!isRefusal(page))
  const { id: _, createdAt: __, ...told } = page.items[0] ?? assert.fail('nothing was told')
  const { roles: ___, names: ____, ...given } = held('hold.opened', [])
  assert.deepEqual(told, { ...given, readAt: null })
})

test('what is refused, fails or is a dry run was never told', async () => {
  const command = { name: 'test.tell', permission: 'system:read', input: {} } as const
  const notice = held('hold.opened', ['credit-manager'])
  const queuedBefore = await countQueued()
  await tell(notice, true)
  await runCommand(database.context(), command, async (tx) => {
    await notify(tx, notice)
    return refuse('wrong-state', 'Something else was wrong.')
  })
  const failing = runCommand(database.context(), command, async (tx) => {
    await notify(tx, notice)
    throw new Error('the disk is full')
  })
  await assert.rejects(failing, /the disk is full/)
  assert.deepEqual(await toldTo('wang'), [])
  assert.deepEqual(await mailedTo(), [])
  assert.equal(await countQueued(), queuedBefore)
})

test('who was barred is told nothing', async () => {
  const { id } = as('zhao').actor
  const bar = (at: string | null) =>
    database.withoutTriggers(sql`
      update "user".person set disabled_at = ${at}::timestamptz where id = ${id}`)
  await bar('2026-11-24T00:00:00Z')
  await tell(held('delivery.due', ['sales']))
  assert.deepEqual(await toldTo('zhao'), [])
  await bar(null)
  await tell(held('delivery.due', ['sales']))
  assert.deepEqual(await toldTo('zhao'), ['delivery.due'])
})

const wanted = [
  { inApp: true, byEmail: true, inDigest: false, shown: 1, mailed: 1 },
  { inApp: true, byEmail: false, inDigest: true, shown: 1, mailed: 0 },
  { inApp: false, byEmail: true, inDigest: true, shown: 0, mailed: 1 },
  { inApp: false, byEmail: false, inDigest: true, shown: 0, mailed: 0 },
  { inApp: false, byEmail: false, inDigest: false, shown: 0, mailed: 0 },
]
for (const { shown, mailed, ...choice } of wanted) {
  test(`with ${JSON.stringify(choice)} ${shown} is shown and ${mailed} mailed`, async () => {
    const items = [{ kind: 'hold.opened' as const, ...choice }]
    const changed = await changePreferences(as('wang'), { items })
    assert.ok(!isRefusal(changed))
    assert.equal(changed.email, 'wang@hengyue.example')
    const { label: _, ...kept } = changed.items.find(({ kind }) => kind === 'hold.opened') ?? {}
    assert.deepEqual(kept, items[0])
    await tell(held('hold.opened', ['credit-manager']))
    assert.deepEqual([(await toldTo('wang')).length, (await mailedTo()).length], [shown, mailed])
    await tell(held('hold.released', ['credit-manager']))
    assert.equal((await toldTo('wang'))[0], 'hold.released')
  })
}

test('one is read, then all; pages go from the latest to the first; nobody reads for another', async () => {
  for (let n = 0; n < 5; n++) await tell(held('hold.opened', [], ['li', 'wang']))
  const first = await listNotices(as('li'), { limit: 2 })
  assert.ok(!isRefusal(first) && first.next !== null)
  const second = await listNotices(as('li'), { limit: 3, after: first.next })
  assert.ok(!isRefusal(second))
  const ids = [...first.items, ...second.items].map(({ id }) => id)
  assert.deepEqual([...ids].sort().reverse(), ids)
  assert.deepEqual([ids.length, first.unread], [5, 5])
  const [id = ''] = ids
  assert.deepEqual(await readNotices(as('li'), { id }), { read: 1 })
  assert.deepEqual(await readNotices(as('li'), { id }), { read: 1 })
  const others = await readNotices(as('wang'), { id })
  assert.ok(isRefusal(others) && others.refused.kind === 'not-found')
  const left = await listNotices(as('li'), { unread: true })
  assert.ok(!isRefusal(left))
  assert.deepEqual([left.items.length, left.unread], [4, 4])
  assert.deepEqual(await readNotices(as('li'), 'all'), { read: 4 })
  const theirs = await listNotices(as('wang'), { unread: true })
  assert.equal(!isRefusal(theirs) && theirs.unread, 5)
})

test('a key has no notices and no preferences', async () => {
  const key: Context = {
    ...database.context(),
    actor: { kind: 'key', id: 'erp', name: 'erp', roles: ['integrator'] },
  }
  assert.deepEqual(await listNotices(key, {}), { items: [], unread: 0, next: null })
  for (const answer of [await readNotices(key, 'all'), await showPreferences(key)]) {
    assert.ok(isRefusal(answer) && answer.refused.kind === 'wrong-state')
  }
})

test('a kind named twice is refused and changes nothing', async () => {
  const item = { kind: 'hold.opened' as const, inApp: false, byEmail: false }
  const answer = await changePreferences(as('li'), { items: [item, { ...item, inApp: true }] })
  assert.ok(isRefusal(answer) && answer.refused.kind === 'invalid-input')
  const shown = await showPreferences(as('li'))
  assert.ok(!isRefusal(shown) && shown.items.every(({ inApp, byEmail }) => inApp && byEmail))
})
