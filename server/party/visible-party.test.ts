import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-23')
  const add = async (name: string, parentId: string | null = null) =>
    String((await story.post('/api/departments', { name, parentId })).id)
  const centre = await add('销售中心')
  const east = await add('华东部', centre)
  await add('上海组', east)
  await add('一组', east)
  const south = await add('华南部', centre)
  await add('一组', south)
  for (const [code, department, salesperson] of parties) {
    await story.customer(null, { code, name: `客户${code}公司`, department, salesperson })
  }
})
after(() => story.close())

const parties: readonly (readonly [string, string | null, string | null])[] = [
  ['V1', '华东部', '陆文静'],
  ['V2', '上海组', 'lu'],
  ['V3', '销售中心', null],
  ['V4', '华南部', '陆文静'],
  ['V5', null, null],
  ['V6', '一组', null],
  ['V7', '销售中心/华东部/一组', null],
  ['V8', '销售中心/华南部/一组', '黄俊豪'],
]
const everything = parties.map(([code]) => code)

// Whose scope, and which parties they see.
const seers = [
  [{ scope: 'own' }, ['V1', 'V2', 'V4']],
  [{ scope: 'own', department: '华东部' }, ['V1', 'V2', 'V4']],
  [{ scope: 'department', department: '上海组' }, ['V1', 'V2', 'V4']],
  [{ scope: 'department', department: '华东部' }, ['V1', 'V2', 'V4', 'V7']],
  [{ scope: 'department', department: '销售中心/华南部' }, ['V1', 'V2', 'V4', 'V8']],
  [{ scope: 'department', department: '销售中心' }, ['V1', 'V2', 'V3', 'V4', 'V7', 'V8']],
  [{ scope: 'all', department: '上海组' }, everything],
  [{ roles: ['sales'] }, ['V1', 'V2', 'V4']],
  [{ roles: ['sales', 'accountant'] }, everything],
] as const

test('people see their own parties, those of their department and below, or all', async () => {
  const login = { login: 'lu', name: '陆文静', password: 'the password of lu' }
  const { id } = await story.post('/api/persons', { ...login, roles: ['accountant'] })
  const cookie = await signIn(login)
  for (const [given, expected] of seers) {
    const { roles = ['accountant'], ...more } = { scope: undefined, ...given } as Given
    const scope = more.scope ?? (roles.length === 1 ? 'own' : 'all')
    const change = { name: login.name, roles, department: null, disabled: false, ...more, scope }
    await story.put(`/api/persons/${id}`, change)
    assert.deepEqual(await codesSeen({ cookie }), expected, JSON.stringify(given))
    const me = await story.accepted('GET', '/api/me', undefined, { cookie })
    assert.equal(me.scope, scope)
  }
})

test('who only sells is made with an own scope, everybody else with all', async () => {
  for (const [roles, scope] of [
    [['sales'], 'own'],
    [['sales', 'credit-manager'], 'all'],
    [['viewer'], 'all'],
  ] as const) {
    const login = story.server.world.unique('default')
    await story.post('/api/persons', { login, name: login, roles })
    const { items } = (await story.get('/api/persons')) as { items: Record<string, unknown>[] }
    assert.equal(items.find((person) => person.login === login)?.scope, scope)
  }
})

test('a name that two people bear means neither of them; a login means one', async () => {
  const one = { login: 'zhang1', name: '张三', password: 'the password of one' }
  await story.post('/api/persons', { ...one, roles: ['sales'] })
  const cookie = await signIn(one)
  await story.customer(null, { code: 'Z1', name: '同名公司', salesperson: '张三' })
  await story.customer(null, { code: 'Z2', name: '登录公司', salesperson: 'zhang1' })
  assert.deepEqual(await codesSeen({ cookie }), ['Z1', 'Z2'])
  const two = { login: 'zhang2', name: '张三', password: 'the password of two' }
  await story.post('/api/persons', { ...two, roles: ['sales'] })
  assert.deepEqual(await codesSeen({ cookie }), ['Z2'])
  assert.deepEqual(await codesSeen({ cookie: await signIn(two) }), [])
})

test('a department that is renamed keeps its parties; a key may see those of one only', async () => {
  const made = await story.post('/api/departments', { name: '电商部' })
  await story.customer(null, { code: 'E1', name: '电商公司', department: '电商部' })
  const key = { name: 'shop', roles: ['integrator'], scope: 'department', department: '电商部' }
  const { token } = await story.post('/api/keys', key)
  const headers = { authorization: `Bearer ${token}` }
  const codes = async () => {
    const { json } = await story.server.send({ method: 'GET', url: '/api/parties', headers })
    return (json.items as { code: string }[]).map(({ code }) => code)
  }
  assert.deepEqual(await codes(), ['E1'])
  await story.put(`/api/departments/${made.id}`, { name: '渠道部', parentId: null })
  await story.customer(null, { code: 'E2', name: '渠道公司', department: '渠道部' })
  assert.deepEqual(await codes(), ['E1', 'E2'])
  // A new department of the old name takes it over.
  await story.post('/api/departments', { name: '电商部' })
  assert.deepEqual(await codes(), ['E2'])
})

test('wrong departments are refused with what to do', async () => {
  const { items } = (await story.get('/api/departments')) as { items: Department[] }
  const idOf = (path: string) => items.find((department) => department.path === path)?.id
  const centre = idOf('销售中心')
  const below = { name: '销售中心', parentId: idOf('销售中心/华东部') }
  const twice = { name: '华南部', parentId: centre }
  const url = `/api/departments/${centre}`
  await story.refused('conflict', /below itself/, 'PUT', url, below)
  await story.refused('already-exists', /销售中心\/华南部/, 'POST', '/api/departments', twice)
  for (const name of ['', ' a', 'a/b']) {
    await story.refused('invalid-input', /name/, 'POST', '/api/departments', { name })
  }
  const person = { login: 'qian', name: '钱', roles: ['sales'], scope: 'department' }
  for (const more of [{}, { department: '没有部' }, { department: '一组' }]) {
    const body = { ...person, ...more }
    await story.refused('invalid-input', /department/, 'POST', '/api/persons', body)
  }
})

type Department = { readonly id: string; readonly path: string }
type Given = {
  readonly roles?: readonly string[]
  readonly scope?: string | undefined
  readonly department?: string
}

async function signIn({ login, password }: { login: string; password: string }): Promise<string> {
  const body = { login, password }
  const { headers } = await story.server.send({ method: 'POST', url: '/api/session', body })
  return String(headers['set-cookie']).split(';')[0] ?? ''
}

async function codesSeen(of: { cookie: string }): Promise<string[]> {
  const { items } = await story.accepted('GET', '/api/parties?limit=500', undefined, of)
  return (items as { code: string }[]).map(({ code }) => code)
}
