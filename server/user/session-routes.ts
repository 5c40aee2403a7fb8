import { IdParams, WriteQuery } from '#contract/common.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import {
  OwnChange,
  PersonSession,
  SessionList,
  SignIn,
  SignInSettings,
  SignOutQuery,
} from '#contract/sign-in.ts'
import { Me } from '#contract/user.ts'
import { type Route, route } from '#server/platform/route.ts'
import { changeSignInSettings } from '#server/user/change-sign-in-settings.ts'
import { endOwnSession, endOwnSessions, endSessionsOfPerson } from '#server/user/end-session.ts'
import { changeOwn, describeMe } from '#server/user/me.ts'
import { findPerson } from '#server/user/person.store.ts'
import { listSessions } from '#server/user/session.store.ts'
import { signIn } from '#server/user/sign-in.ts'
import { findSignInSettings } from '#server/user/sign-in-settings.store.ts'
import { hashToken } from '#server/user/token.ts'

const tag = 'user'

const signingIn: Route[] = [
  route({
    method: 'POST',
    path: '/api/session',
    reach: 'nothing',
    tag,
    summary: 'Sign in: opens a session and sets its cookie',
    access: 'public',
    commands: ['session.open'],
    body: SignIn,
    handle: async ({ context, body, http }) => {
      const answer = await signIn(context, { ...body, address: http.address, agent: http.agent })
      if (isRefusal(answer)) return answer
      http.setCookie(answer.token, answer.seconds)
      return { person: answer.person, passwordIsInitial: answer.passwordIsInitial }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/session',
    reach: 'nothing',
    tag,
    summary: 'Sign out: ends this session',
    access: 'signed-in',
    commands: ['session.end'],
    handle: async ({ context, http }) => {
      http.clearCookie()
      return endOwnSession(context, { token: http.token ?? '' })
    },
  }),
  route({
    method: 'GET',
    path: '/api/sign-in-settings',
    reach: 'nothing',
    tag,
    summary: 'How people have to sign in',
    access: 'user:admin',
    commands: [],
    reply: SignInSettings,
    handle: ({ context }) => findSignInSettings(context.db),
  }),
  route({
    method: 'PUT',
    path: '/api/sign-in-settings',
    reach: 'nothing',
    tag,
    summary: 'Say who needs a second factor and how long sessions last',
    access: 'user:admin',
    commands: ['sign-in.settings'],
    query: WriteQuery,
    body: SignInSettings,
    reply: SignInSettings,
    handle: ({ context, body }) => changeSignInSettings(context, body),
  }),
]

const own: Route[] = [
  route({
    method: 'GET',
    path: '/api/me',
    reach: 'nothing',
    tag,
    summary: 'Who I am and what I may do',
    access: 'signed-in',
    commands: [],
    reply: Me,
    handle: ({ context, http }) => describeMe(context, http.token),
  }),
  route({
    method: 'PUT',
    path: '/api/me',
    reach: 'nothing',
    tag,
    summary: 'Choose my language',
    access: 'signed-in',
    commands: ['person.change-own'],
    body: OwnChange,
    handle: ({ context, body }) => changeOwn(context, body),
  }),
  route({
    method: 'GET',
    path: '/api/me/sessions',
    reach: 'nothing',
    tag,
    summary: 'My open sessions',
    access: 'signed-in',
    commands: [],
    reply: SessionList,
    handle: async ({ context: { db, actor }, http }) => ({
      items:
        actor.kind === 'person'
          ? await listSessions(db, actor.id, hashToken(http.token ?? ''))
          : [],
    }),
  }),
  route({
    method: 'DELETE',
    path: '/api/me/sessions',
    reach: 'nothing',
    tag,
    summary: 'Sign me out everywhere, or everywhere else',
    access: 'signed-in',
    commands: ['session.end-all'],
    query: SignOutQuery,
    handle: async ({ context, query, http }) => {
      const keepCurrent = query['keep-current'] === true
      const answer = await endOwnSessions(context, { token: http.token, keepCurrent })
      if (!isRefusal(answer) && !keepCurrent) http.clearCookie()
      return answer
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/me/sessions/:id',
    reach: 'nothing',
    tag,
    summary: 'End one of my sessions',
    access: 'signed-in',
    commands: ['session.end'],
    params: IdParams,
    handle: ({ context, params }) => endOwnSession(context, { id: params.id }),
  }),
]

const ofOthers: Route[] = [
  route({
    method: 'GET',
    path: '/api/persons/:id/sessions',
    reach: 'nothing',
    tag,
    summary: "Somebody's open sessions",
    access: 'user:admin',
    commands: [],
    params: IdParams,
    reply: SessionList,
    handle: async ({ context: { db }, params, http }) =>
      (await findPerson(db, params.id))
        ? { items: await listSessions(db, params.id, hashToken(http.token ?? '')) }
        : refuse('not-found', 'There is no such person.'),
  }),
  route({
    method: 'DELETE',
    path: '/api/persons/:id/sessions',
    reach: 'nothing',
    tag,
    summary: 'Sign somebody out everywhere',
    access: 'user:admin',
    commands: ['session.end-all'],
    params: IdParams,
    handle: ({ context, params }) => endSessionsOfPerson(context, { personId: params.id }),
  }),
  route({
    method: 'DELETE',
    path: '/api/persons/:id/sessions/:sessionId',
    reach: 'nothing',
    tag,
    summary: "End one of somebody's sessions",
    access: 'user:admin',
    commands: ['session.end'],
    params: PersonSession,
    handle: ({ context, params: { id, sessionId } }) =>
      endSessionsOfPerson(context, { personId: id, sessionId }),
  }),
]

export const sessionRoutes: readonly Route[] = [...signingIn, ...own, ...ofOthers]
