import type { PolicySteps } from '#contract/policy.ts'
import { may } from '#contract/role.ts'
import type { Label } from '#kernel/document/label.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'
import { whyNotApprover } from '#server/policy/second-person.ts'
import type { VersionWithDocument } from '#server/policy/version.store.ts'

type Version = Pick<VersionWithDocument, 'state' | 'createdById' | 'submittedById'>

/** What somebody may do with a version next; why not where they may not. */
export async function stepsOf(db: Reader, actor: Actor, version: Version): Promise<PolicySteps> {
  const { state } = version
  const writes = may(actor.roles, 'policy:write') ? null : notWriter
  const approves = await whyNotApprover(db, actor, version)
  const inState = (states: readonly string[], why: Label) => (states.includes(state) ? null : why)
  return {
    submit: inState(['draft'], notDraft) ?? writes,
    withdraw: inState(['submitted', 'approved'], notWaiting) ?? writes,
    approve: inState(['submitted'], notSubmitted) ?? approves,
    reject: inState(['submitted', 'approved'], notWaiting) ?? approves,
    publish: whyNotPublished(version, actor, approves),
  }
}

/** An approved version may be published now, an earlier one again; a draft by who may approve it. */
export function whyNotPublished(
  { state }: Version,
  actor: Actor,
  approves: Label | null,
): Label | null {
  switch (state) {
    case 'published':
      return { zh: '已经发布', en: 'It is published already' }
    case 'submitted':
      return { zh: '还没有审批', en: 'It is not approved yet' }
    case 'draft':
      if (approves === null) return null
      return { zh: '请先提交审批', en: 'Submit it for approval first' }
    case 'approved':
    case 'retired':
      return may(actor.roles, 'policy:publish')
        ? null
        : { zh: '没有发布政策的权限', en: 'You may not publish policies' }
  }
}

const notWriter = { zh: '没有起草政策的权限', en: 'You may not write policies' }
const notDraft = { zh: '只有草稿可以提交', en: 'Only a draft is submitted' }
const notWaiting = { zh: '不在审批中', en: 'It is not waiting for anybody' }
const notSubmitted = { zh: '还没有提交审批', en: 'It was not submitted for approval' }
