import { WriteQuery } from '#contract/common.ts'
import {
  Hold,
  HoldParams,
  NewRelease,
  NewReleases,
  Rejection,
  ReleaseAnswer,
  ReleaseAnswers,
} from '#contract/hold.ts'
import { rejectHold, releaseHold, releaseHolds } from '#server/check/public.ts'
import { followRejection, followRelease } from '#server/order/follow-release.ts'
import { type Route, route } from '#server/platform/route.ts'

const writing = { method: 'POST', tag: 'hold', access: 'hold:release', query: WriteQuery } as const

/** What is decided about a hold and at once done with its document. */
export const holdDecisionRoutes: Route[] = [
  route({
    ...writing,
    path: '/api/holds/:partyId/:id/release',
    summary: 'Let a held document pass, in full or in part, once or until a day',
    commands: ['hold.release'],
    params: HoldParams,
    body: NewRelease,
    reply: ReleaseAnswer,
    handle: ({ context, params, body }) => releaseHold(context, params, body, followRelease),
  }),
  route({
    ...writing,
    path: '/api/hold-releases',
    summary: 'Release several holds, with an answer for each',
    commands: ['hold.release'],
    body: NewReleases,
    reply: ReleaseAnswers,
    handle: ({ context, body }) => releaseHolds(context, body, followRelease),
  }),
  route({
    ...writing,
    access: 'hold:write',
    path: '/api/holds/:partyId/:id/reject',
    summary: 'Turn a held document down',
    commands: ['hold.reject'],
    params: HoldParams,
    body: Rejection,
    reply: Hold,
    handle: ({ context, params, body }) => rejectHold(context, params, body, followRejection),
  }),
]
