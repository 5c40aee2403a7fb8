import type { PolicyVersion } from '#contract/policy.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { refusalOf } from '#server/policy/draft-policy.ts'
import { refusalByExamples } from '#server/policy/examples.ts'
import { lockedVersion, shownVersion } from '#server/policy/locked-version.ts'
import { wordsOfState } from '#server/policy/state-words.ts'
import { tellOfPolicy } from '#server/policy/tell-of-policies.ts'
import { markDraft, markSubmitted } from '#server/policy/version.store.ts'

/**
 * Hands a draft to those who approve, with what it is expected to change. It must be sound and pass
 * its examples, and it stays as it is until it is decided or taken back.
 */
export function submitPolicy(
  context: Context,
  id: string,
  impact: unknown,
): Promise<PolicyVersion | Refusal> {
  const { actor } = context
  return runCommand(
    context,
    { name: 'policy.submit', permission: 'policy:write', input: { id }, subject: id },
    async (tx) => {
      const version = await lockedVersion(tx, id)
      if (isRefusal(version)) return version
      if (version.state !== 'draft') {
        return refuse(
          'wrong-state',
          `This version is ${version.state}: only a draft is submitted.`,
          { zh: `这一版的状态是“${wordsOfState[version.state]}”，只有草稿才能提交审批。` },
        )
      }
      const refused =
        (await refusalOf(tx, version.kind, version.document)) ??
        (await refusalByExamples(tx, version.kind, version.document))
      if (refused) return refused
      await markSubmitted(tx, id, { by: actor, impact })
      const note = version.note ?? ''
      await tellOfPolicy(
        tx,
        { ...version, submittedBy: actor.name },
        {
          kind: 'policy.submitted',
          to: 'approvers',
          what: { zh: '待审批', en: 'waits for approval' },
          body: { zh: `${actor.name} 提交。${note}`, en: `Submitted by ${actor.name}. ${note}` },
        },
      )
      return shownVersion(tx, id)
    },
  )
}

/** Takes a change back that was submitted or approved and does not count yet. */
export function withdrawPolicy(context: Context, id: string): Promise<PolicyVersion | Refusal> {
  return runCommand(
    context,
    { name: 'policy.withdraw', permission: 'policy:write', input: { id }, subject: id },
    async (tx) => {
      const version = await lockedVersion(tx, id)
      if (isRefusal(version)) return version
      if (version.state !== 'submitted' && version.state !== 'approved') {
        return refuse(
          'wrong-state',
          `This version is ${version.state}: there is nothing to take back.`,
          { zh: `这一版的状态是“${wordsOfState[version.state]}”，没有可撤回的。` },
        )
      }
      await markDraft(tx, id, null)
      return shownVersion(tx, id)
    },
  )
}
