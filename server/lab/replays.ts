import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type {
  DraftOfPoint,
  NewReplay,
  PolicyReplay,
  ReplayList,
  ShownReplay,
} from '#contract/replay.ts'
import type { Job } from '#contract/system.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { replayedPolicies, withValue } from '#server/lab/replayed-policies.ts'
import { readTried } from '#server/lab/try-policy.ts'
import type { Reader } from '#server/platform/database.ts'
import { askedOfJob, jobsOfKind, requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { draftPolicy } from '#server/policy/public.ts'

export const replayJob = 'lab.replay'

/** Queues a replay of the past under a policy; what is wrong with the policy is told at once. */
export async function requestReplay(
  context: Context,
  asked: NewReplay,
): Promise<{ jobId: string } | Refusal> {
  const policies = await replayedPolicies(context.db, asked)
  if (isRefusal(policies)) return policies
  const input = asked as unknown as Canonical
  return runCommand(
    context,
    { name: 'policy.request-replay', permission: 'policy:write', input: { asked: input } },
    async (tx) => ({ jobId: await requestJob(tx, context, replayJob, input) }),
  )
}

/** The latest replays, whatever became of them. */
export async function listReplays(db: Reader): Promise<ReplayList> {
  const jobs = await jobsOfKind(db, replayJob)
  return {
    items: jobs.map((job) => {
      const result = resultOf(job)
      return {
        ...keptReply(job),
        ...{ title: result?.title ?? null, kind: result?.kind ?? null },
        ...{ months: result?.months ?? null, net: result?.effect.net ?? null },
        baseCurrency: result?.baseCurrency ?? null,
      }
    }),
  }
}

export async function showReplay(db: Reader, id: string): Promise<ShownReplay | Refusal> {
  const job = await askedOfJob(db, replayJob, id)
  if (!job) return refuse('not-found', 'There is no such replay.')
  return { ...keptReply(job), asked: job.input as NewReplay, result: resultOf(job) }
}

/** A draft of the policy that was replayed, with one of the values that it was varied by. */
export async function draftFromReplay(
  context: Context,
  id: string,
  { value }: DraftOfPoint,
): Promise<{ id: string; number: number } | Refusal> {
  const shown = await showReplay(context.db, id)
  if (isRefusal(shown)) return shown
  const { asked, result } = shown
  const { vary } = asked
  if (!vary?.values.includes(value) || result === null) {
    return refuse('invalid-input', `value: the replay tells nothing of "${value}".`, {
      zh: `这次回放没有取值“${value}”的结果。`,
    })
  }
  const candidate = await readTried(context.db, asked.tried)
  if (isRefusal(candidate)) return candidate
  const document = withValue(candidate.document, vary.pointer, value)
  if (isRefusal(document)) return document
  return draftPolicy(context, { kind: candidate.kind, document, note: noteOf(result, value) })
}

function noteOf({ asOf, points, vary }: PolicyReplay, value: string): string {
  const net = points.find((point) => point.value === value)?.net ?? ''
  return `${vary?.pointer} ${vary?.now} → ${value}, ${asOf}: ${net}`
}

function keptReply({ createdAt, finishedAt, id, message, requestedBy, state }: Job) {
  return { id, state, message, requestedBy, createdAt, finishedAt }
}

function resultOf({ result, state }: Job): PolicyReplay | null {
  return state === 'done' ? (result as PolicyReplay) : null
}
