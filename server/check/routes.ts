import Type from 'typebox'
import {
  Commitment,
  CreditCheckReplies,
  CreditCheckReply,
  NewCreditChecks,
  Reservation,
  ReservationEnd,
  ReservationParams,
  StoredCheck,
} from '#contract/check.ts'
import { WriteQuery } from '#contract/common.ts'
import { refuse } from '#contract/problem.ts'
import { QueuedJob } from '#contract/system.ts'
import { reservationReply } from '#server/check/check-reply.ts'
import { requestChecks } from '#server/check/request-checks.ts'
import { reservationsOf } from '#server/check/reservation.store.ts'
import { commitReservation, releaseReservation } from '#server/check/resolve-reservation.ts'
import { showCheck } from '#server/check/show-check.ts'
import { requestExposureVerification } from '#server/check/verify-exposure.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'check'
const running = { method: 'POST', tag, access: 'check:run', query: WriteQuery } as const
const reading = { method: 'GET', tag, access: 'check:read', commands: [] } as const

export const checkRoutes: Route[] = [
  route({
    ...running,
    path: '/api/credit-checks',
    reach: 'filtered',
    summary: 'May this document ship? One check, or many under `checks`; reserve keeps the room',
    commands: ['credit-check.run'],
    body: NewCreditChecks,
    reply: Type.Union([CreditCheckReply, CreditCheckReplies]),
    handle: ({ context, body }) => requestChecks(context, body),
  }),
  route({
    ...reading,
    path: '/api/credit-checks/:partyId/:id',
    summary: 'A credit check with all that it was decided from, in words',
    params: ReservationParams,
    reply: StoredCheck,
    handle: ({ context, params }) => showCheck(context, params),
  }),
  route({
    ...reading,
    path: '/api/reservations/:partyId/:id',
    summary: 'A reservation and its state',
    params: ReservationParams,
    reply: Reservation,
    handle: async ({ context, params }) => {
      const [found] = await reservationsOf(context.db, [params])
      return found ? reservationReply(found) : refuse('not-found', 'There is no such reservation.')
    },
  }),
  route({
    ...running,
    path: '/api/reservations/:partyId/:id/commit',
    summary: 'Let a reserved document count from now on, in full or part',
    commands: ['reservation.commit'],
    params: ReservationParams,
    body: Commitment,
    reply: Reservation,
    handle: ({ context, params, body }) => commitReservation(context, params, body),
  }),
  route({
    ...running,
    path: '/api/reservations/:partyId/:id/release',
    summary: 'Give a reservation back',
    commands: ['reservation.release'],
    params: ReservationParams,
    body: ReservationEnd,
    reply: Reservation,
    handle: ({ context, params, body }) => releaseReservation(context, params, body),
  }),
  route({
    ...running,
    access: 'exposure:read',
    path: '/api/exposure-verifications',
    reach: 'company',
    summary: 'Prove the exposure ledger as a job',
    commands: ['exposure.verify'],
    reply: QueuedJob,
    handle: ({ context }) => requestExposureVerification(context),
  }),
]
