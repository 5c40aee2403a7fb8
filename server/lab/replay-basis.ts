import type { NewReplay } from '#contract/replay.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { MoreRoom } from '#server/lab/more-room.ts'
import type { ReplayedPolicies } from '#server/lab/replayed-policies.ts'

/** What a replay was made of, beside what it came to. */
export type ReplayBasis = {
  readonly policies: ReplayedPolicies
  readonly asked: ReplaySettings
  readonly vary: NewReplay['vary'] | null
  readonly baseCurrency: Currency
  readonly customers: number
  readonly withoutRate: number
  /** The first invoice of all; null without any. */
  readonly ledgerFrom: Day | null
  readonly from: Day
  readonly through: Day
  readonly monthEnds: readonly Day[]
  readonly moreRoom: MoreRoom
}

export type ReplaySettings = {
  readonly months: number
  readonly marginPercent: string
  readonly marginBps: bigint
  readonly lossAfterDays: number
  readonly patienceDays: number
}

/** With what is taken where nothing was said. */
export function settingsOf(asked: NewReplay): ReplaySettings {
  const { lossAfterDays = 90, marginPercent = '10', months = 12, patienceDays = 30 } = asked
  const [whole = '0', part = ''] = marginPercent.split('.')
  return {
    ...{ months, marginPercent, lossAfterDays, patienceDays },
    marginBps: BigInt(whole) * 100n + BigInt(part.padEnd(2, '0')),
  }
}
