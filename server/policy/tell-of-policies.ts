import type { NoticeKind } from '#contract/notice.ts'
import type { Role } from '#contract/role.ts'
import type { Label } from '#kernel/document/label.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { notify } from '#server/notice/public.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'
import type { VersionWithDocument } from '#server/policy/version.store.ts'

const kindNames: Readonly<Record<PolicyKind, Label>> = {
  scorecard: { zh: '评分卡', en: 'Scorecard' },
  'rating-scale': { zh: '等级表', en: 'Rating scale' },
  'limit-policy': { zh: '额度政策', en: 'Limit policy' },
  'check-rules': { zh: '信用检查规则', en: 'Check rules' },
  indicators: { zh: '指标公式', en: 'Indicator formulas' },
}

type Step = {
  readonly kind: NoticeKind & `policy.${string}`
  readonly what: Label
  readonly body: Label
  /** Who decides, or those who made the change. */
  readonly to: 'approvers' | 'authors'
}

const approvers: readonly Role[] = ['credit-manager', 'admin']

export async function tellOfPolicy(
  tx: CommandTransaction,
  version: Pick<VersionWithDocument, 'id' | 'kind' | 'number' | 'createdBy' | 'submittedBy'>,
  { body, kind, to, what }: Step,
): Promise<void> {
  const name = kindNames[version.kind]
  const authors = [...new Set([version.createdBy, version.submittedBy])]
  await notify(tx, {
    kind,
    roles: to === 'approvers' ? approvers : [],
    names: to === 'authors' ? authors.filter((each) => each !== null) : [],
    partyId: null,
    subject: {
      zh: `${name.zh}第 ${version.number} 版${what.zh}`,
      en: `${name.en} version ${version.number} ${what.en}`,
    },
    body,
    path: `/policies/${version.id}`,
  })
}
