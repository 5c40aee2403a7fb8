import { AuditPage, AuditQuery, RowChanges } from '#contract/audit.ts'
import { IdParams } from '#contract/common.ts'
import { QueuedJob } from '#contract/system.ts'
import { findChanges } from '#server/audit/entry.store.ts'
import { listEntries } from '#server/audit/list-entries.ts'
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
    query: AuditQuery,
    reply: AuditPage,
    handle: ({ context, query }) => listEntries(context, query),
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
    reply: RowChanges,
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
    reply: QueuedJob,
    handle: ({ context }) => requestVerification(context),
  }),
]
