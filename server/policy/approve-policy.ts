import type { PolicyApproval, PolicyState, PolicyVersion } from '#contract/policy.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'
import { lockedVersion, shownVersion } from '#server/policy/locked-version.ts'
import { publishIn, publishTask } from '#server/policy/publish-policy.ts'
import { whyNotApprover } from '#server/policy/second-person.ts'
import { wordsOfState } from '#server/policy/state-words.ts'
import { tellOfPolicy } from '#server/policy/tell-of-policies.ts'
import { markApproved, markDraft, type VersionWithDocument } from '#server/policy/version.store.ts'

/** Approves a change that somebody else submitted: it counts at once, or from a moment to come. */
export function approvePolicy(
  context: Context,
  id: string,
  { note, publishAt }: PolicyApproval,
): Promise<PolicyVersion | Refusal> {
  const { actor } = context
  const input = { id, note: note ?? null, publishAt: publishAt ?? null }
  return runCommand(
    context,
    { name: 'policy.approve', permission: 'policy:publish', input, subject: id },
    async (tx) => {
      const version = await deciding(tx, context, id, ['submitted'])
      if (isRefusal(version)) return version
      await markApproved(tx, id, { by: actor, note: note ?? null, publishAt: publishAt ?? null })
      if (publishAt === undefined) {
        const refused = await publishIn(tx, context, version, { by: actor.name, note: null })
        if (refused) return refused
      } else await tx.enqueue(publishTask, { id }, { runAt: publishAt })
      await tellOfPolicy(tx, version, {
        kind: 'policy.approved',
        to: 'authors',
        what: { zh: '已批准', en: 'is approved' },
        body: { zh: `${actor.name} 批准。${note ?? ''}`, en: `By ${actor.name}. ${note ?? ''}` },
      })
      return shownVersion(tx, id)
    },
  )
}

/** Sends a change back to its author, with the reason. */
export function rejectPolicy(
  context: Context,
  id: string,
  reason: string,
): Promise<PolicyVersion | Refusal> {
  const { actor } = context
  return runCommand(
    context,
    { name: 'policy.reject', permission: 'policy:publish', input: { id, reason }, subject: id },
    async (tx) => {
      const version = await deciding(tx, context, id, ['submitted', 'approved'])
      if (isRefusal(version)) return version
      await tellOfPolicy(tx, version, {
        kind: 'policy.rejected',
        to: 'authors',
        what: { zh: '被退回', en: 'is sent back' },
        body: { zh: `${actor.name}: ${reason}`, en: `${actor.name}: ${reason}` },
      })
      await markDraft(tx, id, { by: actor.name, reason })
      return shownVersion(tx, id)
    },
  )
}

async function deciding(
  tx: CommandTransaction,
  { actor }: Context,
  id: string,
  states: readonly PolicyState[],
): Promise<VersionWithDocument | Refusal> {
  const version = await lockedVersion(tx, id)
  if (isRefusal(version)) return version
  if (!states.includes(version.state)) {
    const detail = `This version is ${version.state}: only one that is ${states.join(' or ')} is decided.`
    const decided = states.map((state) => `“${wordsOfState[state]}”`).join('或')
    return refuse('wrong-state', detail, {
      zh: `这一版的状态是“${wordsOfState[version.state]}”，只有${decided}的版本才能处理。`,
    })
  }
  const why = await whyNotApprover(tx, actor, version)
  return why ? refuse('forbidden', `${why.en}.`, { zh: `${why.zh}。` }) : version
}
