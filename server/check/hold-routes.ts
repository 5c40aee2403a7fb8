import { WriteQuery } from '#contract/common.ts'
import {
  Hold,
  HoldAnswer,
  HoldExport,
  HoldFile,
  HoldOwner,
  HoldPage,
  HoldParams,
  HoldQuery,
  HoldQuestion,
  NewRelease,
  NewReleases,
  Recall,
  Rejection,
  ReleaseAnswer,
  ReleaseAnswers,
} from '#contract/hold.ts'
import { assignHold } from '#server/check/assign-hold.ts'
import { exportHolds } from '#server/check/export-holds.ts'
import type { FollowHolds } from '#server/check/follow-hold.ts'
import { listHolds } from '#server/check/list-holds.ts'
import { recallRelease } from '#server/check/recall-release.ts'
import { rejectHold } from '#server/check/reject-hold.ts'
import { releaseHold, releaseHolds } from '#server/check/release-hold.ts'
import { showHold } from '#server/check/show-hold.ts'
import { answerAboutHold, askAboutHold } from '#server/check/talk-about-hold.ts'
import { type Route, route } from '#server/platform/route.ts'

const reading = { method: 'GET', tag: 'hold', access: 'hold:read', commands: [] } as const
const writing = { method: 'POST', tag: 'hold', access: 'hold:write', query: WriteQuery } as const

const talk: Route[] = [
  route({
    ...reading,
    path: '/api/holds',
    reach: 'filtered',
    summary: 'Documents that wait to be released, the most urgent first, with totals',
    query: HoldQuery,
    reply: HoldPage,
    handle: ({ context, query }) => listHolds(context, query),
  }),
  route({
    ...reading,
    path: '/api/holds.xlsx',
    reach: 'filtered',
    summary: 'What waits to be released as an Excel file',
    query: HoldExport,
    handle: ({ context, http, query: { language, ...query } }) =>
      exportHolds(context, query, language ?? http.language),
  }),
  route({
    ...reading,
    path: '/api/holds/:partyId/:id',
    summary: 'A hold with its reasons, its remedies and the history of its document',
    params: HoldParams,
    reply: HoldFile,
    handle: ({ context, params }) => showHold(context, params),
  }),
  route({
    ...writing,
    path: '/api/holds/:partyId/:id/ask',
    summary: 'Ask who sells a held document',
    commands: ['hold.ask'],
    params: HoldParams,
    body: HoldQuestion,
    reply: Hold,
    handle: ({ context, params, body }) => askAboutHold(context, params, body),
  }),
  route({
    ...writing,
    access: 'hold:release',
    path: '/api/holds/:partyId/:id/answer',
    summary: 'Answer the question about a held document',
    commands: ['hold.answer'],
    params: HoldParams,
    body: HoldAnswer,
    reply: Hold,
    handle: ({ context, params, body }) => answerAboutHold(context, params, body),
  }),
  route({
    ...writing,
    method: 'PUT',
    path: '/api/holds/:partyId/:id/owner',
    summary: 'Hand a hold to a role or a person',
    commands: ['hold.assign'],
    params: HoldParams,
    body: HoldOwner,
    reply: Hold,
    handle: ({ context, params, body }) => assignHold(context, params, body),
  }),
]

const decisions = (orders: FollowHolds): Route[] => [
  route({
    ...writing,
    access: 'hold:release',
    path: '/api/holds/:partyId/:id/release',
    summary: 'Let a held document pass, in full or in part, once or until a day',
    commands: ['hold.release'],
    params: HoldParams,
    body: NewRelease,
    reply: ReleaseAnswer,
    handle: ({ context, params, body }) => releaseHold(context, params, body, orders),
  }),
  route({
    ...writing,
    access: 'hold:release',
    path: '/api/hold-releases',
    reach: 'filtered',
    summary: 'Release several holds, with an answer for each',
    commands: ['hold.release'],
    body: NewReleases,
    reply: ReleaseAnswers,
    handle: ({ context, body }) => releaseHolds(context, body, orders),
  }),
  route({
    ...writing,
    access: 'hold:release',
    path: '/api/holds/:partyId/:id/recall',
    summary: 'Take a release back that nothing came of yet: the document waits again',
    commands: ['hold.recall'],
    params: HoldParams,
    body: Recall,
    reply: Hold,
    handle: ({ context, params, body }) => recallRelease(context, params, body, orders),
  }),
  route({
    ...writing,
    path: '/api/holds/:partyId/:id/reject',
    summary: 'Turn a held document down',
    commands: ['hold.reject'],
    params: HoldParams,
    body: Rejection,
    reply: Hold,
    handle: ({ context, params, body }) => rejectHold(context, params, body, orders),
  }),
]

/** All about holds; what is decided about one is at once done with its document. */
export function holdRoutes(orders: FollowHolds): Route[] {
  return [...talk, ...decisions(orders)]
}
