import { type SecuredStage, type StageAmounts, securedStages } from '#kernel/exposure/stage.ts'

/** The stages of a balance without so much of what secures it, prepayment first. */
export function withoutCover(stages: StageAmounts, minor: bigint): StageAmounts {
  const left: Record<SecuredStage, bigint> = {
    prepayment: stages.prepayment,
    'letter-of-credit': stages['letter-of-credit'],
    insured: stages.insured,
    collateral: stages.collateral,
  }
  let rest = minor
  for (const stage of securedStages) {
    const taken = left[stage] < rest ? left[stage] : rest
    left[stage] -= taken
    rest -= taken
  }
  return { ...stages, ...left }
}
