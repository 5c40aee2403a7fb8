import type { RouteSamples } from '#server/platform/route-sample.ts'

export const noticeSamples: RouteSamples = {
  'POST /api/notices/:id/read': async (world) => {
    const { cookie } = await world.signIn()
    return { cookie, params: { id: await world.noticeFor(cookie) } }
  },
  'POST /api/notices/read-all': async (world) => ({ cookie: (await world.signIn()).cookie }),
  'PUT /api/me/notice-preferences': async (world) => ({
    cookie: (await world.signIn()).cookie,
    body: { items: [{ kind: 'hold.opened', inApp: true, byEmail: false }] },
  }),
}
