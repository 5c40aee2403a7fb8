/** What a customer owes or will owe, by how far the business is (占用环节), in order of its life. */
export const grossStages = ['order', 'delivered', 'invoiced', 'bill'] as const

/** What reduces it: money that settles nothing yet (预收), and what others answer for. */
export const securedStages = ['prepayment', 'letter-of-credit', 'insured', 'collateral'] as const

export const stages = [...grossStages, ...securedStages] as const

export type GrossStage = (typeof grossStages)[number]
export type SecuredStage = (typeof securedStages)[number]
export type Stage = (typeof stages)[number]

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
