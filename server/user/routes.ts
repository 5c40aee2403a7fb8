import Type from 'typebox'
import { IdParams, WriteQuery } from '#contract/common.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import {
  ApiKey,
  Me,
  NewApiKey,
  NewPerson,
  PasswordChange,
  Person,
  PersonChange,
  Session,
  SignIn,
} from '#contract/user.ts'
import { type Route, route } from '#server/platform/route.ts'
import { listApiKeys } from '#server/user/api-key.store.ts'
import { changeOwnPassword, resetPassword } from '#server/user/change-password.ts'
import { changePerson } from '#server/user/change-person.ts'
import { createApiKey } from '#server/user/create-api-key.ts'
import { createPerson } from '#server/user/create-person.ts'
import { endOwnSession } from '#server/user/end-session.ts'
import { findPerson, listPersons } from '#server/user/person.store.ts'
import { revokeApiKey } from '#server/user/revoke-api-key.ts'
import { listSessions } from '#server/user/session.store.ts'
import { sessionHours, signIn } from '#server/user/sign-in.ts'

const tag = 'user'

export const userRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/api/session',
    tag,
    summary: 'Sign in: opens a session and sets its cookie',
    access: 'public',
    commands: ['session.open'],
    body: SignIn,
    handle: async ({ context, body, http }) => {
      const answer = await signIn(context, { ...body, address: http.address, agent: http.agent })
      if (isRefusal(answer)) return answer
      http.setCookie(answer.token, sessionHours * 3600)
      return { person: answer.person, passwordIsInitial: answer.passwordIsInitial }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/session',
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
    path: '/api/me',
    tag,
    summary: 'Who I am and what I may do',
    access: 'signed-in',
    commands: [],
    reply: Me,
    handle: async ({ context: { actor, db } }) => ({
      kind: actor.kind,
      id: actor.id,
      name: actor.name,
      roles: actor.roles,
      person: actor.kind === 'person' ? await findPerson(db, actor.id) : null,
    }),
  }),
  route({
    method: 'GET',
    path: '/api/me/sessions',
    tag,
    summary: 'My open sessions',
    access: 'signed-in',
    commands: [],
    reply: Type.Object({ items: Type.Array(Session) }),
    handle: async ({ context }) => ({ items: await listSessions(context.db, context.actor.id) }),
  }),
  route({
    method: 'DELETE',
    path: '/api/me/sessions/:id',
    tag,
    summary: 'End one of my sessions',
    access: 'signed-in',
    commands: ['session.end'],
    params: IdParams,
    handle: ({ context, params }) => endOwnSession(context, { id: params.id }),
  }),
  route({
    method: 'PUT',
    path: '/api/me/password',
    tag,
    summary: 'Change my password',
    access: 'signed-in',
    commands: ['password.change'],
    body: PasswordChange,
    handle: ({ context, body }) =>
      context.actor.kind === 'person'
        ? changeOwnPassword(context, body)
        : Promise.resolve(refuse('wrong-state', 'A key has no password.')),
  }),
  route({
    method: 'GET',
    path: '/api/persons',
    tag,
    summary: 'People who may sign in',
    access: 'user:admin',
    commands: [],
    reply: Type.Object({ items: Type.Array(Person) }),
    handle: async ({ context }) => ({ items: await listPersons(context.db) }),
  }),
  route({
    method: 'POST',
    path: '/api/persons',
    tag,
    summary: 'Let a person sign in',
    access: 'user:admin',
    commands: ['person.create'],
    query: WriteQuery,
    body: NewPerson,
    handle: ({ context, body }) => createPerson(context, body),
  }),
  route({
    method: 'PUT',
    path: '/api/persons/:id',
    tag,
    summary: "Change a person's name, roles, department or e-mail, or bar them",
    access: 'user:admin',
    commands: ['person.change'],
    params: IdParams,
    query: WriteQuery,
    body: PersonChange,
    handle: ({ context, params, body }) => changePerson(context, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/api/persons/:id/password',
    tag,
    summary: 'Make a new first password for a person',
    access: 'user:admin',
    commands: ['password.reset'],
    params: IdParams,
    handle: async ({ context, params }) => {
      const person = await findPerson(context.db, params.id)
      if (!person) return refuse('not-found', 'There is no such person.')
      return resetPassword(context, person.login)
    },
  }),
  route({
    method: 'GET',
    path: '/api/keys',
    tag,
    summary: 'API keys, without their secrets',
    access: 'user:admin',
    commands: [],
    reply: Type.Object({ items: Type.Array(ApiKey) }),
    handle: async ({ context }) => ({ items: await listApiKeys(context.db) }),
  }),
  route({
    method: 'POST',
    path: '/api/keys',
    tag,
    summary: 'Make an API key; its token is shown this once',
    access: 'user:admin',
    commands: ['api-key.create'],
    query: WriteQuery,
    body: NewApiKey,
    handle: ({ context, body }) => createApiKey(context, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/keys/:id',
    tag,
    summary: 'Revoke an API key at once',
    access: 'user:admin',
    commands: ['api-key.revoke'],
    params: IdParams,
    handle: ({ context, params }) => revokeApiKey(context, params.id),
  }),
]
