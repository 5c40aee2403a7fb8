import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import type { Context } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'
import { authenticate } from '#server/user/authenticate.ts'
import { changeOwnPassword, resetPassword } from '#server/user/change-password.ts'
import { changePerson } from '#server/user/change-person.ts'
import { createApiKey } from '#server/user/create-api-key.ts'
import { createPerson } from '#server/user/create-person.ts'
import { endOwnSession } from '#server/user/end-session.ts'
import { findColleagues } from '#server/user/person.store.ts'
import { revokeApiKey } from '#server/user/revoke-api-key.ts'
import { signIn } from '#server/user/sign-in.ts'

let database: TestDatabase
let context: Context
const from = { address: '127.0.0.1', agent: 'test' }
const password = 'correct horse battery'

before(async () => {
  database = await openTestDatabase()
  context = database.context('admin')
  const roles = ['sales'] as const
  const made = await createPerson(context, {
    login: 'li',
    name: '李娜',
    roles: [...roles],
    password,
  })
  assert.ok(!isRefusal(made))
  await createPerson(context, { login: 'root', name: '管理员', roles: ['admin'], password })
})

after(() => database.close())

async function tokenOf(login: string, given = password): Promise<string> {
  const answer = await signIn(context, { login, password: given, ...from })
  assert.ok(!isRefusal(answer), isRefusal(answer) ? answer.refused.detail : '')
  return answer.token
}

test('a session knows its person until it ends', async () => {
  const token = await tokenOf('LI')
  const actor = await authenticate(context.db, token, 'cookie')
  assert.deepEqual([actor?.kind, actor?.name, actor?.roles], ['person', '李娜', ['sales']])
  assert.equal(await authenticate(context.db, token, 'bearer'), undefined)
  assert.ok(actor)
  assert.ok(!isRefusal(await endOwnSession({ ...context, actor }, { token })))
  assert.equal(await authenticate(context.db, token, 'cookie'), undefined)
})

test('wrong login and wrong password say the same, and ten failures close the door', async () => {
  const unknown = await signIn(context, { login: 'nobody', password, ...from })
  const wrong = await signIn(context, { login: 'li', password: 'x', ...from })
  assert.ok(isRefusal(unknown) && isRefusal(wrong))
  assert.deepEqual(unknown, wrong)
  const elsewhere = { ...from, address: '10.0.0.9' }
  for (let i = 0; i < 10; i++) await signIn(context, { login: 'li', password: 'x', ...elsewhere })
  const closed = await signIn(context, { login: 'li', password, ...elsewhere })
  assert.ok(isRefusal(closed) && closed.refused.kind === 'too-many-attempts')
  await tokenOf('li')
})

test('a session past its time is no session', async () => {
  const token = await tokenOf('li')
  await database.withoutTriggers(sql`update "user".session set expires_at = now() - interval '1 s'`)
  assert.equal(await authenticate(context.db, token, 'cookie'), undefined)
})

test('who is barred is out at once, and the last administrator cannot be barred', async () => {
  const made = await createPerson(context, {
    login: 'wang',
    name: '王',
    roles: ['viewer'],
    password,
  })
  assert.ok(!isRefusal(made))
  const token = await tokenOf('wang')
  const change = { name: '王', roles: ['viewer' as const], department: null, disabled: true }
  assert.ok(!isRefusal(await changePerson(context, made.id, change)))
  assert.equal(await authenticate(context.db, token, 'cookie'), undefined)
  assert.ok(isRefusal(await signIn(context, { login: 'wang', password, ...from })))
  const admin = await context.db.row(sql<{ id: string }>`
    select id from "user".person where login = 'root'`)
  const answer = await changePerson(context, admin?.id ?? '', { ...change, roles: ['sales'] })
  assert.ok(isRefusal(answer) && answer.refused.kind === 'wrong-state')
})

test('somebody who is no administrator is barred where there is no administrator yet', async () => {
  const alone = await openTestDatabase()
  try {
    const made = await createPerson(alone.context(), {
      login: 'sun',
      name: '孙',
      roles: ['sales'],
      password,
    })
    assert.ok(!isRefusal(made))
    const change = { name: '孙', roles: ['sales' as const], department: null, disabled: true }
    const barred = await changePerson(alone.context(), made.id, change)
    assert.ok(!isRefusal(barred) && barred.disabledAt !== null)
  } finally {
    await alone.close()
  }
})

test('a new password ends the sessions of the old one', async () => {
  const token = await tokenOf('li')
  const actor = await authenticate(context.db, token, 'cookie')
  assert.ok(actor)
  const own = { ...context, actor }
  const wrong = await changeOwnPassword(own, { current: 'no', next: 'a longer secret' })
  assert.ok(isRefusal(wrong))
  const next = 'a longer secret'
  assert.ok(!isRefusal(await changeOwnPassword(own, { current: password, next })))
  assert.equal(await authenticate(context.db, token, 'cookie'), undefined)
  await tokenOf('li', next)
  const reset = await resetPassword(context, 'li')
  assert.ok(!isRefusal(reset))
  await tokenOf('li', reset.initialPassword)
})

test('a key works until it is revoked and its secret is nowhere in the database', async () => {
  const made = await createApiKey(
    { ...context, idempotencyKey: 'key-1' },
    { name: 'erp', roles: ['integrator'] },
  )
  assert.ok(!isRefusal(made))
  assert.equal((await authenticate(context.db, made.token, 'bearer'))?.name, 'erp')
  const kept = await context.db.rows(sql<{ text: string }>`
    select coalesce(reply::text, '') as text from platform.idempotency_key
    union all select details::text from audit.entry
    union all select k::text from "user".api_key k`)
  assert.ok(kept.every(({ text }) => !text.includes(made.token)))
  assert.ok(!isRefusal(await revokeApiKey(context, made.id)))
  assert.equal(await authenticate(context.db, made.token, 'bearer'), undefined)
})

test('an e-mail address is set, left alone, cleared, and refused where it is none', async () => {
  const made = await createPerson(context, {
    login: 'zhou',
    name: '周',
    roles: ['sales'],
    email: 'zhou@hengyue.example',
    password,
  })
  assert.ok(!isRefusal(made))
  const same = { name: '周', roles: ['sales' as const], department: null, disabled: false }
  const addressAfter = async (email?: string | null) => {
    const change = email === undefined ? same : { ...same, email }
    const answer = await changePerson(context, made.id, change)
    return isRefusal(answer) ? answer.refused.kind : answer.email
  }
  assert.equal(await addressAfter(), 'zhou@hengyue.example')
  assert.equal(await addressAfter('周@例子.example'), '周@例子.example')
  const wrong = [
    'zhou',
    'a@b, c@d',
    'Zhou <zhou@b>',
    'a@b\r\nBcc: c@d',
    'a b@c',
    '@b',
    'a@',
    'a@b@c',
  ]
  for (const text of wrong) assert.equal(await addressAfter(text), 'invalid-input', text)
  assert.equal(await addressAfter(null), null)
  const wu = { login: 'wu', name: '吴', roles: ['sales' as const], email: 'wu' }
  const refused = await createPerson(context, wu)
  assert.ok(isRefusal(refused) && refused.refused.kind === 'invalid-input')
})

test('a login is given once, in whatever case', async () => {
  const answer = await createPerson(context, { login: 'Li', name: 'x', roles: ['sales'], password })
  assert.ok(isRefusal(answer) && answer.refused.kind === 'already-exists')
})

test('colleagues are found by part of the name or the beginning of the login', async () => {
  const found = async (text: string) =>
    (await findColleagues(context.db, text)).map(({ login }) => login)
  assert.ok((await found('娜')).includes('li'))
  assert.ok((await found('ROO')).includes('root'))
  assert.deepEqual(await found('oot'), [])
  assert.deepEqual(await found('%'), [])
})
