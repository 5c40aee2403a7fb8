import { grossStages, type Stage, securedStages } from '#kernel/exposure/stage.ts'
import { convert, type ExchangeRate } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'

/** What stands at the stages of an account in one currency. */
export type StageBalance = {
  readonly currency: Currency
  readonly stages: Readonly<Partial<Record<Stage, bigint>>>
}

/** Gross less secured of one currency; negative where more is secured than owed. */
export function grossLessSecured(stages: StageBalance['stages']): bigint {
  const sum = (of: readonly Stage[]) =>
    of.reduce((total, stage) => total + (stages[stage] ?? 0n), 0n)
  return sum(grossStages) - sum(securedStages)
}

/**
 * What is at risk at an account in its own currency: gross less secured, never below zero, every
 * currency valued at its rate (half-even). Null where a rate is missing.
 */
export function netExposure(
  balances: readonly StageBalance[],
  currency: Currency,
  rates: readonly ExchangeRate[],
): bigint | null {
  let total = 0n
  for (const balance of balances) {
    const minor = grossLessSecured(balance.stages)
    if (balance.currency === currency || minor === 0n) {
      total += minor
      continue
    }
    const rate = rates.find(({ from, to }) => from === balance.currency && to === currency)
    if (!rate) return null
    total += convert({ minor, currency: balance.currency }, rate, 'half-even').money.minor
  }
  return total > 0n ? total : 0n
}
