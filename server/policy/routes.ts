import Type from 'typebox'
import { IdParams, WriteQuery } from '#contract/common.ts'
import { NewDraft, PolicyKindText, PolicyVersions, PolicyWithDocument } from '#contract/policy.ts'
import { type Route, route } from '#server/platform/route.ts'
import { draftPolicy } from '#server/policy/draft-policy.ts'
import { publishPolicy } from '#server/policy/publish-policy.ts'
import { showVersion } from '#server/policy/show-version.ts'
import { listVersions } from '#server/policy/version.store.ts'

const tag = 'policy'

export const policyRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/policies',
    reach: 'nothing',
    tag,
    summary: 'All versions of all policies, newest first within a kind',
    access: 'policy:read',
    commands: [],
    query: Type.Object({ kind: Type.Optional(PolicyKindText) }, { additionalProperties: false }),
    reply: PolicyVersions,
    handle: async ({ context, query }) => ({ items: await listVersions(context.db, query.kind) }),
  }),
  route({
    method: 'GET',
    path: '/api/policies/:id',
    reach: 'nothing',
    tag,
    summary: 'One version with its document, formulas also in words',
    access: 'policy:read',
    commands: [],
    params: IdParams,
    reply: PolicyWithDocument,
    handle: ({ context, params }) => showVersion(context.db, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/policies',
    reach: 'nothing',
    tag,
    summary: 'Store a document as the draft of its kind',
    access: 'policy:write',
    commands: ['policy.draft'],
    query: WriteQuery,
    body: NewDraft,
    handle: ({ context, body }) => draftPolicy(context, body),
  }),
  route({
    method: 'POST',
    path: '/api/policies/:id/publication',
    reach: 'nothing',
    tag,
    summary: 'Publish a draft, or an earlier version again',
    access: 'policy:publish',
    commands: ['policy.publish'],
    params: IdParams,
    query: WriteQuery,
    handle: ({ context, params }) => publishPolicy(context, params.id),
  }),
]
