import { effectTask } from '#contract/lab.ts'
import type { PolicyVersion } from '#contract/policy.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { requestJob } from '#server/platform/job.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'
import { refusalForOthers, refusalOf } from '#server/policy/draft-policy.ts'
import { refusalByExamples } from '#server/policy/examples.ts'
import { lockedVersion, shownVersion } from '#server/policy/locked-version.ts'
import { whyNotApprover } from '#server/policy/second-person.ts'
import { whyNotPublished } from '#server/policy/steps-of.ts'
import { tellOfPolicy } from '#server/policy/tell-of-policies.ts'
import {
  isDue,
  markDraft,
  markPublished,
  retirePublished,
  type VersionWithDocument,
} from '#server/policy/version.store.ts'

/**
 * Publishes an approved version now, or an earlier one again (a roll-back). What was published before
 * is retired and stays readable: decisions made under it are replayed with it. A draft is published
 * by who may approve it.
 */
export function publishPolicy(
  context: Context,
  id: string,
  reason: string | null = null,
): Promise<PolicyVersion | Refusal> {
  const { actor } = context
  return runCommand(
    context,
    { name: 'policy.publish', permission: 'policy:publish', input: { id, reason }, subject: id },
    async (tx) => {
      const version = await lockedVersion(tx, id)
      if (isRefusal(version)) return version
      const why = whyNotPublished(version, actor, await whyNotApprover(tx, actor, version))
      if (why) return refuse('wrong-state', `${why.en}.`, { zh: `${why.zh}。` })
      const refused = await publishIn(tx, context, version, { by: actor.name, note: reason })
      return refused ?? shownVersion(tx, id)
    },
  )
}

/**
 * Publishes an approved version whose time has come. If it does not fit any more what was published
 * meanwhile it is a draft again, and its author is told why.
 */
export function publishDue(
  context: Context,
  id: string,
): Promise<{ kind: 'published' | 'not-due' | 'sent-back' } | Refusal> {
  return runCommand(
    context,
    { name: 'policy.publish-due', permission: 'policy:publish', input: { id }, subject: id },
    async (tx) => {
      const version = await lockedVersion(tx, id)
      if (isRefusal(version) || !(await isDue(tx, id))) return { kind: 'not-due' }
      const by = version.approvedBy ?? context.actor.name
      const refused = await publishIn(tx, context, version, { by, note: null })
      if (!refused) return { kind: 'published' }
      const { detail, facts } = refused.refused
      const zh = typeof facts?.zh === 'string' ? facts.zh : detail
      await tellOfPolicy(tx, version, {
        kind: 'policy.rejected',
        to: 'authors',
        what: { zh: '到时未能发布', en: 'could not be published when it was due' },
        body: { zh, en: detail },
      })
      await markDraft(tx, id, { by: context.actor.name, reason: detail })
      return { kind: 'sent-back' }
    },
  )
}

/** Queued when a version is approved for a moment to come. */
export const publishTask = 'policy_publish'

/**
 * Has a version count from now on; refused where it is unsound or fails its examples. What rates or
 * limits customers is put to all of them anew, in the background.
 */
export async function publishIn(
  tx: CommandTransaction,
  context: Context,
  version: VersionWithDocument,
  { by, note }: { readonly by: string; readonly note: string | null },
): Promise<Refusal | undefined> {
  const { document, id, kind, number } = version
  const refused =
    (await refusalOf(tx, kind, document)) ??
    (kind === 'indicators' ? await refusalForOthers(tx, document) : undefined) ??
    (await refusalByExamples(tx, kind, document))
  if (refused) return refused
  const isFollowed = await retirePublished(tx, kind)
  await markPublished(tx, id, by, note)
  if (isFollowed && kind !== 'check-rules') await requestJob(tx, context, 'scoring.rate', {})
  if (isFollowed)
    await tx.enqueue(effectTask, { id }, { runAt: aMonthLater(), key: `effect ${id}` })
  await tx.emit({ kind: 'policy.published', facts: { kind, number, id } })
  const reason = note === null ? '' : `: ${note}`
  await tellOfPolicy(tx, version, {
    kind: 'policy.published',
    to: 'approvers',
    what: { zh: '已发布', en: 'is published' },
    body: { zh: `${by} 发布${reason}`, en: `By ${by}${reason}` },
  })
  return undefined
}

const monthMs = 30 * 24 * 60 * 60 * 1000

function aMonthLater(): string {
  return new Date(Date.now() + monthMs).toISOString()
}
