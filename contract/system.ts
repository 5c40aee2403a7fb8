import Type, { type Static } from 'typebox'
import { nullable } from '#contract/common.ts'

export const Health = Type.Object({
  service: Type.Literal('xinheng'),
  status: Type.Unsafe<'ok' | 'failing'>({ type: 'string', enum: ['ok', 'failing'] }),
  version: Type.String(),
  checks: Type.Array(
    Type.Object({ name: Type.String(), ok: Type.Boolean(), detail: Type.String() }),
  ),
})
export type Health = Static<typeof Health>

const JobState = Type.Unsafe<'waiting' | 'running' | 'done' | 'failed' | 'cancelled'>({
  type: 'string',
  enum: ['waiting', 'running', 'done', 'failed', 'cancelled'],
})

export const Job = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  state: JobState,
  stepsDone: Type.Number(),
  stepsTotal: nullable(Type.Number()),
  message: nullable(Type.String()),
  messageZh: nullable(Type.String({ description: 'The message in Chinese, where it has one' })),
  result: Type.Unknown(),
  requestedBy: Type.String(),
  createdAt: Type.String(),
  finishedAt: nullable(Type.String()),
})
export type Job = Static<typeof Job>

export const JobList = Type.Object({ items: Type.Array(Job) })
export type JobList = Static<typeof JobList>

/** What a request answers whose work is done by a job. */
export const QueuedJob = Type.Object({ jobId: Type.String() })
export type QueuedJob = Static<typeof QueuedJob>

/** The result of a job that proves a ledger: what does not agree with its entries. */
export type LedgerProof = {
  readonly differenceCount: number
  readonly differences: readonly { readonly kind: string }[]
}
