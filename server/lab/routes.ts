import { IdParams, WriteQuery } from '#contract/common.ts'
import {
  BinDistribution,
  DraftedCard,
  PolicyEffect,
  PolicyImpact,
  TriedPolicy,
} from '#contract/lab.ts'
import { NewExample } from '#contract/policy.ts'
import { DraftOfPoint, NewReplay, ReplayList, ShownReplay } from '#contract/replay.ts'
import { QueuedJob } from '#contract/system.ts'
import { binDistribution } from '#server/lab/bin-distribution.ts'
import { policyEffect } from '#server/lab/policy-effect.ts'
import { draftFromReplay, listReplays, requestReplay, showReplay } from '#server/lab/replays.ts'
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
    path: '/api/policies/bin-distribution',
    reach: 'filtered',
    tag,
    summary: 'How customers fall into the bins of a scorecard, and how many went bad',
    access: 'policy:write',
    commands: [],
    body: DraftedCard,
    reply: BinDistribution,
    handle: ({ body, context }) => binDistribution(context, body.document),
  }),
  route({
    method: 'GET',
    path: '/api/policies/:id/effect',
    // What was expected when it was submitted names customers of the whole company.
    reach: 'company',
    tag,
    summary: 'What a version that counts does, beside what was expected of it',
    access: 'policy:write',
    commands: [],
    params: IdParams,
    reply: PolicyEffect,
    handle: ({ context, params }) => policyEffect(context, params.id),
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
  route({
    method: 'POST',
    path: '/api/policy-replays',
    reach: 'company',
    tag,
    summary: "Replay the company's past under a policy; a job answers",
    access: 'policy:write',
    commands: ['policy.request-replay'],
    query: WriteQuery,
    body: NewReplay,
    reply: QueuedJob,
    handle: ({ body, context }) => requestReplay(context, body),
  }),
  route({
    method: 'GET',
    path: '/api/policy-replays',
    reach: 'company',
    tag,
    summary: 'The latest replays of the past',
    access: 'policy:write',
    commands: [],
    reply: ReplayList,
    handle: ({ context }) => listReplays(context.db),
  }),
  route({
    method: 'GET',
    path: '/api/policy-replays/:id',
    reach: 'company',
    tag,
    summary: 'A replay of the past, and what it came to',
    access: 'policy:write',
    commands: [],
    params: IdParams,
    reply: ShownReplay,
    handle: ({ context, params }) => showReplay(context.db, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/policy-replays/:id/drafts',
    reach: 'company',
    tag,
    summary: 'Draft the policy of a replay with one of the values it was varied by',
    access: 'policy:write',
    commands: ['policy.draft'],
    params: IdParams,
    query: WriteQuery,
    body: DraftOfPoint,
    handle: ({ body, context, params }) => draftFromReplay(context, params.id, body),
  }),
]
