import Type from 'typebox'
import { AuditEntry, RowChange } from '#contract/audit.ts'
import { IdParams, PageQuery } from '#contract/common.ts'
import { findChanges, findEntries } from '#server/audit/entry.store.ts'
import { requestVerification } from '#server/audit/request-verification.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'audit'

export const auditRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/audit/entries',
    reach: 'company',
    tag,
    summary: 'Who did what, newest first',
    access: 'audit:read',
    commands: [],
    query: Type.Object(
      {
        subject: Type.Optional(Type.String({ maxLength: 200 })),
        command: Type.Optional(Type.String({ maxLength: 100 })),
        actor: Type.Optional(Type.String({ maxLength: 100 })),
        limit: PageQuery.limit,
        after: Type.Optional(Type.String({ format: 'uuid' })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ items: Type.Array(AuditEntry) }),
    handle: async ({ context, query }) => ({
      items: await findEntries(context.db, {
        ...query,
        actorId: query.actor,
        limit: query.limit ?? 50,
      }),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/audit/entries/:id/changes',
    reach: 'company',
    tag,
    summary: 'The rows that an entry touched',
    access: 'audit:read',
    commands: [],
    params: IdParams,
    reply: Type.Object({ items: Type.Array(RowChange) }),
    handle: async ({ context, params }) => ({ items: await findChanges(context.db, params.id) }),
  }),
  route({
    method: 'POST',
    path: '/api/audit/verifications',
    reach: 'company',
    tag,
    summary: 'Verify the whole trail as a job',
    access: 'audit:read',
    commands: ['audit.verify'],
    handle: ({ context }) => requestVerification(context),
  }),
]
