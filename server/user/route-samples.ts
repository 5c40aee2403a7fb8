import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'
import { signInSamples } from '#server/user/testing-sign-in-samples.ts'

const roles = ['sales']

async function newPerson(world: SampleWorld): Promise<string> {
  return world.idOf('/api/persons', { login: world.unique('person'), name: '张三', roles })
}

export const userSamples: RouteSamples = {
  ...signInSamples,
  'POST /api/session': async (world) => {
    const { login, password } = await world.signIn()
    return { body: { login, password } }
  },
  'DELETE /api/session': async (world) => ({ cookie: (await world.signIn()).cookie }),
  'DELETE /api/me/sessions/:id': async (world) => {
    const { cookie } = await world.signIn()
    return { cookie, params: { id: await world.sessionOf(cookie) } }
  },
  'PUT /api/me/password': async (world) => {
    const { cookie, password } = await world.signIn()
    return { cookie, body: { current: password, next: 'another long password' } }
  },
  'POST /api/persons': async (world) => ({
    body: { login: world.unique('person'), name: '李四', roles },
  }),
  'PUT /api/persons/:id': async (world) => ({
    params: { id: await newPerson(world) },
    body: { name: '王五', roles, department: null, disabled: true },
  }),
  'POST /api/persons/:id/password': async (world) => ({ params: { id: await newPerson(world) } }),
  'POST /api/departments': async (world) => ({ body: { name: world.unique('department') } }),
  'PUT /api/departments/:id': async (world) => {
    const id = await world.idOf('/api/departments', { name: world.unique('department') })
    return { params: { id }, body: { name: world.unique('department'), parentId: null } }
  },
  'POST /api/keys': async (world) => ({
    body: { name: world.unique('key'), permissions: ['check:run', 'check:read'] },
  }),
  'DELETE /api/keys/:id': async (world) => ({
    params: { id: await world.idOf('/api/keys', { name: world.unique('key'), roles }) },
  }),
}
