import { IdParams, WriteQuery } from '#contract/common.ts'
import { PolicyImpact, TriedPolicy } from '#contract/lab.ts'
import { NewExample } from '#contract/policy.ts'
import { submitWithImpact } from '#server/lab/submit-with-impact.ts'
import { takeExample } from '#server/lab/take-example.ts'
import { tryPolicy } from '#server/lab/try-policy.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'policy'

export const labRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/api/policies/impact',
    reach: 'filtered',
    tag,
    summary: 'What a policy would do today to all customers and open orders',
    access: 'policy:write',
    commands: [],
    body: TriedPolicy,
    reply: PolicyImpact,
    handle: ({ body, context }) => tryPolicy(context, body),
  }),
  route({
    method: 'POST',
    path: '/api/policies/:id/submission',
    reach: 'nothing',
    tag,
    summary: 'Submit a draft for the approval of a second person',
    access: 'policy:write',
    commands: ['policy.submit'],
    params: IdParams,
    query: WriteQuery,
    handle: ({ context, params }) => submitWithImpact(context, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/policy-examples',
    reach: 'filtered',
    tag,
    summary: 'Keep a customer, or a credit check, as a case that policies must pass',
    access: 'policy:write',
    commands: ['policy-example.keep'],
    query: WriteQuery,
    body: NewExample,
    handle: ({ body, context }) => takeExample(context, body),
  }),
]
