import { isRefusal, refuse } from '#contract/problem.ts'
import { liveOf } from '#server/live/start-live.ts'
import { Content, type Route, route } from '#server/platform/route.ts'

const type = 'text/event-stream'

export const liveRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/events',
    reach: 'filtered',
    tag: 'live',
    summary: 'What changes, as server-sent events: ready, change, refresh, signed-out',
    access: 'signed-in',
    commands: [],
    handle: async ({ context, http }) => {
      if (!http.accept.includes(type)) {
        const detail = `Ask with the header Accept: ${type}; this answer has no end.`
        return refuse('invalid-input', detail)
      }
      const live = liveOf(context.db)
      if (!live || http.token === undefined) {
        return refuse('unavailable', 'This process tells of no changes.')
      }
      const body = live.open(context.actor, http.token)
      if (isRefusal(body)) return body
      // What stands in between passes each line on at once; a server that stops waits for nobody.
      const headers = { 'x-accel-buffering': 'no', connection: 'close' }
      return new Content(`${type}; charset=utf-8`, body, undefined, 'attachment', headers)
    },
  }),
]
