import { IdParams, WriteQuery } from '#contract/common.ts'
import { refuse } from '#contract/problem.ts'
import {
  ApiKeyList,
  ColleaguePage,
  ColleagueQuery,
  CreatedApiKey,
  CreatedPerson,
  NewApiKey,
  NewPerson,
  PasswordChange,
  Person,
  PersonChange,
  PersonList,
  ResetPassword,
} from '#contract/user.ts'
import { type Route, route } from '#server/platform/route.ts'
import { listApiKeys } from '#server/user/api-key.store.ts'
import { changeOwnPassword, resetPassword } from '#server/user/change-password.ts'
import { changePerson } from '#server/user/change-person.ts'
import { createApiKey } from '#server/user/create-api-key.ts'
import { createPerson } from '#server/user/create-person.ts'
import { departmentRoutes } from '#server/user/department-routes.ts'
import { oidcRoutes } from '#server/user/oidc-routes.ts'
import { findColleagues, findPerson, listPersons } from '#server/user/person.store.ts'
import { revokeApiKey } from '#server/user/revoke-api-key.ts'
import { secondFactorRoutes } from '#server/user/second-factor-routes.ts'
import { sessionRoutes } from '#server/user/session-routes.ts'

const tag = 'user'

export const userRoutes: Route[] = [
  ...sessionRoutes,
  ...secondFactorRoutes,
  ...oidcRoutes,
  ...departmentRoutes,
  route({
    method: 'PUT',
    path: '/api/me/password',
    reach: 'nothing',
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
    path: '/api/colleagues',
    tag,
    summary: 'Names and logins of who may sign in, to name one in a note',
    access: 'file:read',
    reach: 'nothing',
    commands: [],
    query: ColleagueQuery,
    reply: ColleaguePage,
    handle: async ({ context, query }) => ({
      items: await findColleagues(context.db, query.text?.trim() ?? ''),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/persons',
    reach: 'nothing',
    tag,
    summary: 'People who may sign in',
    access: 'user:admin',
    commands: [],
    reply: PersonList,
    handle: async ({ context }) => ({ items: await listPersons(context.db) }),
  }),
  route({
    method: 'POST',
    path: '/api/persons',
    reach: 'nothing',
    tag,
    summary: 'Let a person sign in',
    access: 'user:admin',
    commands: ['person.create'],
    query: WriteQuery,
    body: NewPerson,
    reply: CreatedPerson,
    handle: ({ context, body }) => createPerson(context, body),
  }),
  route({
    method: 'PUT',
    path: '/api/persons/:id',
    reach: 'nothing',
    tag,
    summary: "Change a person's name, roles, department, scope or e-mail, or bar them",
    access: 'user:admin',
    commands: ['person.change'],
    params: IdParams,
    query: WriteQuery,
    body: PersonChange,
    reply: Person,
    handle: ({ context, params, body }) => changePerson(context, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/api/persons/:id/password',
    reach: 'nothing',
    tag,
    summary: 'Make a new first password for a person',
    access: 'user:admin',
    commands: ['password.reset'],
    params: IdParams,
    reply: ResetPassword,
    handle: async ({ context, params }) => {
      const person = await findPerson(context.db, params.id)
      if (!person) return refuse('not-found', 'There is no such person.')
      return resetPassword(context, person.login)
    },
  }),
  route({
    method: 'GET',
    path: '/api/keys',
    reach: 'nothing',
    tag,
    summary: 'API keys, without their secrets',
    access: 'user:admin',
    commands: [],
    reply: ApiKeyList,
    handle: async ({ context }) => ({ items: await listApiKeys(context.db) }),
  }),
  route({
    method: 'POST',
    path: '/api/keys',
    reach: 'nothing',
    tag,
    summary: 'Make an API key; its token is shown this once',
    access: 'user:admin',
    commands: ['api-key.create'],
    query: WriteQuery,
    body: NewApiKey,
    reply: CreatedApiKey,
    handle: ({ context, body }) => createApiKey(context, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/keys/:id',
    reach: 'nothing',
    tag,
    summary: 'Revoke an API key at once',
    access: 'user:admin',
    commands: ['api-key.revoke'],
    params: IdParams,
    handle: ({ context, params }) => revokeApiKey(context, params.id),
  }),
]
