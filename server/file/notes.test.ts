import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { NotePage, NoteWritten } from '#contract/note.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const ask = async (
  method: string,
  url: string,
  body?: unknown,
  role: 'admin' | 'sales' | 'viewer' | 'credit-manager' = 'admin',
) => server.send({ method, url, headers: server.as[role], ...(body === undefined ? {} : { body }) })

async function person(login: string, roles: string[]): Promise<string> {
  const body = { login, name: `${login}先生`, roles, scope: 'all', password: 'a long password' }
  return server.world.idOf('/api/persons', body)
}

const noticesTo = async (id: string) =>
  (
    await server.database.db.pool.query(
      `select subject_zh from notice.notice where person_id = $1 and kind = 'note.mentioned'`,
      [id],
    )
  ).rows.length

test('a note names people, who are told once each', async () => {
  const wang = await person('王敏', ['credit-manager'])
  const li = await person('li.wei', ['sales'])
  const url = `/api/parties/${await server.world.newParty()}/notes`
  const text = '请@王敏看一下, @Li.Wei 也请看, @nobody 不在, mail a@li.wei'
  const written = (await ask('POST', url, { text })).json as NoteWritten
  assert.deepEqual(written.mentions.map(({ login }) => login).sort(), ['li.wei', '王敏'])
  assert.deepEqual(written.unknownMentions, ['nobody'])
  assert.equal(await noticesTo(wang), 1)
  assert.equal(await noticesTo(li), 1)
  const edited = await ask('PUT', `${url}/${written.id}`, { text: '@王敏 已处理' })
  assert.equal(edited.status, 200, edited.text)
  assert.equal(await noticesTo(wang), 1, 'who was named before is not told again')
  const { items } = (await ask('GET', url)).json as NotePage
  assert.equal(items[0]?.text, '@王敏 已处理')
  assert.notEqual(items[0]?.editedAt, null)
})

test('a note for credit is seen by its author and by who decides on credit', async () => {
  const url = `/api/parties/${await server.world.newParty()}/notes`
  const note = { text: '客户资金链紧张', audience: 'credit' }
  const { id } = (await ask('POST', url, note, 'sales')).json as NoteWritten
  const count = async (role: 'sales' | 'viewer' | 'credit-manager') =>
    ((await ask('GET', url, undefined, role)).json as NotePage).items.length
  assert.deepEqual([await count('sales'), await count('credit-manager')], [1, 1])
  assert.equal(await count('viewer'), 0)
  const timeline = await ask('GET', url.replace('notes', 'timeline'), undefined, 'viewer')
  assert.doesNotMatch(timeline.text, /资金链/)
  await person('reader', ['viewer'])
  const told = await ask('POST', url, { ...note, text: '@reader 看' })
  assert.equal(told.status, 400)
  assert.match(told.text, /may not read/)
  const taken = await ask('DELETE', `${url}/${id}`, undefined, 'credit-manager')
  assert.equal(taken.status, 403, 'only its author or an administrator removes it')
})

test('only its author edits a note; what is removed is gone but for the audit trail', async () => {
  const url = `/api/parties/${await server.world.newParty()}/notes`
  const { id } = (await ask('POST', url, { text: '第一条' }, 'sales')).json as NoteWritten
  const other = await ask('PUT', `${url}/${id}`, { text: '改' })
  assert.equal(other.status, 403)
  assert.match(String(other.json.zh), /^只有写这条备注的 .+ 可以修改它。$/)
  assert.equal((await ask('DELETE', `${url}/${id}`, undefined, 'sales')).status, 200)
  assert.deepEqual(((await ask('GET', url)).json as NotePage).items, [])
  assert.equal((await ask('PUT', `${url}/${id}`, { text: '改' }, 'sales')).status, 404)
})

for (const [what, text] of [
  ['empty', ''],
  ['blank', '  '],
  ['too long', 'x'.repeat(4001)],
  ['of too many mentions', '@ab '.repeat(21)],
] as const) {
  test(`a note that is ${what} is refused`, async () => {
    const url = `/api/parties/${await server.world.newParty()}/notes`
    assert.equal((await ask('POST', url, { text })).status, 400)
  })
}

test('notes come by pages', async () => {
  const url = `/api/parties/${await server.world.newParty()}/notes`
  for (const text of ['一', '二', '三']) await ask('POST', url, { text })
  const first = (await ask('GET', `${url}?limit=2`)).json as NotePage
  const second = (await ask('GET', `${url}?limit=2&after=${first.next}`)).json as NotePage
  const texts = [...first.items, ...second.items].map(({ text }) => text)
  assert.deepEqual([texts, second.next], [['三', '二', '一'], null])
})
