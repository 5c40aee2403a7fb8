import { IdParams } from '#contract/common.ts'
import {
  EnrolledPersons,
  EnrolledSecret,
  NewSecondFactor,
  RecoveryCodes,
  SecondFactorCode,
} from '#contract/sign-in.ts'
import { type Route, route } from '#server/platform/route.ts'
import { listSecondFactors } from '#server/user/second-factor.store.ts'
import {
  confirmSecondFactor,
  enrolSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
  verifySession,
} from '#server/user/set-up-second-factor.ts'

const tag = 'user'

export const secondFactorRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/session/second-factor',
    reach: 'nothing',
    tag,
    summary: 'Prove a session that was opened at a provider by a code',
    access: 'signed-in',
    commands: ['session.verify'],
    body: SecondFactorCode,
    handle: ({ context, body, http }) => verifySession(context, { ...body, token: http.token }),
  }),
  route({
    method: 'POST',
    path: '/api/me/second-factor',
    reach: 'nothing',
    tag,
    summary: 'Begin to set up my second factor: its secret is shown this once',
    access: 'signed-in',
    commands: ['second-factor.enrol'],
    body: NewSecondFactor,
    reply: EnrolledSecret,
    handle: ({ context, body, http }) => enrolSecondFactor(context, { ...body, token: http.token }),
  }),
  route({
    method: 'POST',
    path: '/api/me/second-factor/confirmation',
    reach: 'nothing',
    tag,
    summary: 'Confirm my second factor by its first code; tells recovery codes, this once',
    access: 'signed-in',
    commands: ['second-factor.confirm'],
    body: SecondFactorCode,
    reply: RecoveryCodes,
    handle: ({ context, body, http }) =>
      confirmSecondFactor(context, { ...body, token: http.token }),
  }),
  route({
    method: 'POST',
    path: '/api/me/second-factor/recovery-codes',
    reach: 'nothing',
    tag,
    summary: 'Make new recovery codes, told this once; the old ones end',
    access: 'signed-in',
    commands: ['second-factor.renew-codes'],
    body: SecondFactorCode,
    reply: RecoveryCodes,
    handle: ({ context, body, http }) =>
      renewRecoveryCodes(context, { ...body, token: http.token }),
  }),
  route({
    method: 'POST',
    path: '/api/me/second-factor/removal',
    reach: 'nothing',
    tag,
    summary: 'Do without my second factor',
    access: 'signed-in',
    commands: ['second-factor.remove'],
    body: SecondFactorCode,
    handle: ({ context, body, http }) =>
      removeSecondFactor(context, { ...body, token: http.token }),
  }),
  route({
    method: 'GET',
    path: '/api/second-factors',
    reach: 'nothing',
    tag,
    summary: 'Who has set up a second factor',
    access: 'user:admin',
    commands: [],
    reply: EnrolledPersons,
    handle: async ({ context }) => ({ items: await listSecondFactors(context.db) }),
  }),
  route({
    method: 'DELETE',
    path: '/api/persons/:id/second-factor',
    reach: 'nothing',
    tag,
    summary: "Reset somebody's second factor and sign them out",
    access: 'user:admin',
    commands: ['second-factor.reset'],
    params: IdParams,
    handle: ({ context, params }) => resetSecondFactor(context, params.id),
  }),
]
