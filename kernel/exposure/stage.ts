import type { Label } from '#kernel/document/label.ts'

/** What a customer owes or will owe, by how far the business is (占用环节), in order of its life. */
export const grossStages = ['order', 'delivered', 'invoiced', 'bill'] as const

/** What reduces it: money that settles nothing yet (预收), and what others answer for. */
export const securedStages = ['prepayment', 'letter-of-credit', 'insured', 'collateral'] as const

export const stages = [...grossStages, ...securedStages] as const

export type SecuredStage = (typeof securedStages)[number]
export type Stage = (typeof stages)[number]

export const stageLabels: Readonly<Record<Stage, Label>> = {
  order: { zh: '订单未发', en: 'ordered' },
  delivered: { zh: '已发未开票', en: 'delivered, not invoiced' },
  invoiced: { zh: '已开票未收', en: 'invoiced' },
  bill: { zh: '承兑汇票', en: 'bills' },
  prepayment: { zh: '减: 预收款', en: 'less prepayments' },
  'letter-of-credit': { zh: '减: 信用证', en: 'less letters of credit' },
  insured: { zh: '减: 信用保险', en: 'less insured cover' },
  collateral: { zh: '减: 担保物', en: 'less collateral' },
}

/** Minor units by stage, of one currency; all are zero or more in a sound ledger. */
export type StageAmounts = Readonly<Record<Stage, bigint>>

export const nothing: StageAmounts = {
  order: 0n,
  delivered: 0n,
  invoiced: 0n,
  bill: 0n,
  prepayment: 0n,
  'letter-of-credit': 0n,
  insured: 0n,
  collateral: 0n,
}
