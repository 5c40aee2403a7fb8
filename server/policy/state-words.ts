import type { PolicyState } from '#contract/policy.ts'

export const wordsOfState: Readonly<Record<PolicyState, string>> = {
  draft: '草稿',
  submitted: '待审批',
  approved: '已批准',
  published: '已发布',
  retired: '已停用',
}
