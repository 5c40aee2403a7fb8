import Type from 'typebox'
import { IdParams } from '#contract/common.ts'
import { refuse } from '#contract/problem.ts'
import { Health, Job, JobList } from '#contract/system.ts'
import { findJob, latestJobs } from '#server/platform/job.ts'
import { type Route, route } from '#server/platform/route.ts'
import { cancelJob } from '#server/system/cancel-job.ts'
import { healthOf } from '#server/system/health.ts'

const tag = 'system'

export const systemRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/health',
    reach: 'nothing',
    tag,
    summary: 'Whether program, schema and database fit each other',
    access: 'public',
    commands: [],
    reply: Health,
    handle: async ({ context, http }) => {
      const health = await healthOf(context.db)
      http.setStatus(health.status === 'ok' ? 200 : 503)
      return health
    },
  }),
  route({
    method: 'GET',
    path: '/api/jobs',
    reach: 'company',
    tag,
    summary: 'The latest long-running jobs',
    access: 'system:read',
    commands: [],
    reply: JobList,
    handle: async ({ context }) => ({ items: await latestJobs(context.db) }),
  }),
  route({
    method: 'GET',
    path: '/api/jobs/:id',
    reach: 'company',
    tag,
    summary: 'How far a job is, and its result',
    access: 'system:read',
    commands: [],
    params: IdParams,
    reply: Job,
    handle: async ({ context, params }) =>
      (await findJob(context.db, params.id)) ?? refuse('not-found', 'There is no such job.'),
  }),
  route({
    method: 'DELETE',
    path: '/api/jobs/:id',
    reach: 'company',
    tag,
    summary: 'Ask a job to stop',
    access: 'job:write',
    commands: ['job.cancel'],
    params: IdParams,
    query: Type.Object({}, { additionalProperties: false }),
    handle: ({ context, params }) => cancelJob(context, params.id),
  }),
]
