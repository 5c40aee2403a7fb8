import Type from 'typebox'
import { DayText, Id, WriteQuery } from '#contract/common.ts'
import { LimitShown, NewOverride, RatingRun, RatingShown, RunRequest } from '#contract/scoring.ts'
import { type Day, parseDay } from '#kernel/calendar/day.ts'
import { type Route, route } from '#server/platform/route.ts'
import { liftOverride, overrideGrade } from '#server/scoring/override-grade.ts'
import { rateParties } from '#server/scoring/rate-parties.ts'
import { requestRatingRun, requestReplay } from '#server/scoring/request-run.ts'
import { showLimits, showRatings } from '#server/scoring/show-rating.ts'

const tag = 'scoring'
const PartyParams = Type.Object({ partyId: Id }, { additionalProperties: false })

const AsOfQuery = Type.Object({ asOf: Type.Optional(DayText) }, { additionalProperties: false })

function dayOf({ asOf }: { asOf?: string }, { today }: { today: Day }): Day {
  return (asOf === undefined ? null : parseDay(asOf)) ?? today
}

export const scoringRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/parties/:partyId/ratings',
    tag,
    summary: 'Ratings with their points and reasons, the one that counts first',
    access: 'scoring:read',
    commands: [],
    params: PartyParams,
    query: AsOfQuery,
    reply: Type.Object({ items: Type.Array(RatingShown) }),
    handle: async ({ context, params, query }) => ({
      items: await showRatings(context.db, params.partyId, dayOf(query, context)),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/parties/:partyId/ratings',
    tag,
    summary: 'Rate a party as of today and decide its limit',
    access: 'scoring:run',
    commands: ['rating.run'],
    params: PartyParams,
    query: WriteQuery,
    reply: RatingRun,
    handle: ({ context, params }) =>
      rateParties(
        context,
        { partyIds: [params.partyId], indicators: 'fresh', limits: true },
        async () => {},
      ),
  }),
  route({
    method: 'GET',
    path: '/api/parties/:partyId/limits',
    tag,
    summary: 'Credit limits and terms with the way to them, the one that counts first',
    access: 'scoring:read',
    commands: [],
    params: PartyParams,
    query: AsOfQuery,
    reply: Type.Object({ items: Type.Array(LimitShown) }),
    handle: async ({ context, params, query }) => ({
      items: await showLimits(context.db, params.partyId, dayOf(query, context)),
    }),
  }),
  route({
    method: 'PUT',
    path: '/api/parties/:partyId/rating-override',
    tag,
    summary: "Put a person's grade in place of the card's, with reason and expiry",
    access: 'scoring:override',
    commands: ['rating.override'],
    params: PartyParams,
    query: WriteQuery,
    body: NewOverride,
    handle: ({ context, params, body }) => overrideGrade(context, params.partyId, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/parties/:partyId/rating-override',
    tag,
    summary: 'Let the card decide again',
    access: 'scoring:override',
    commands: ['rating.lift-override'],
    params: PartyParams,
    query: WriteQuery,
    handle: ({ context, params }) => liftOverride(context, params.partyId),
  }),
  route({
    method: 'POST',
    path: '/api/rating-runs',
    reach: 'company',
    tag,
    summary: 'Rate many parties, or all customers, as of a day, as a job',
    access: 'scoring:run',
    commands: ['rating.request-run'],
    query: WriteQuery,
    body: RunRequest,
    handle: ({ context, body }) => requestRatingRun(context, body),
  }),
  route({
    method: 'POST',
    path: '/api/replays',
    reach: 'company',
    tag,
    summary: 'Make every stored decision again and compare, as a job',
    access: 'scoring:run',
    commands: ['rating.request-replay'],
    query: WriteQuery,
    handle: ({ context }) => requestReplay(context),
  }),
]
