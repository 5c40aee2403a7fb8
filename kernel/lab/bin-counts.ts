import type { Day } from '#kernel/calendar/day.ts'
import type { IndicatorValues } from '#kernel/indicator/indicator.ts'
import type {
  PreparedCharacteristic,
  PreparedScorecard,
} from '#kernel/scoring/prepare-scorecard.ts'
import { rateParty } from '#kernel/scoring/rate-party.ts'

/** Who falls into a bin: customers of today; and of customers of an earlier day those that went bad. */
export type BinCount = { customers: number; judged: number; bad: number }

export type CharacteristicCounts = {
  readonly id: string
  /** In the card's order: bins, stretches of a curve or choices. */
  readonly bins: readonly BinCount[]
  /** Of whom it is not known. */
  readonly missing: BinCount
}

/** Counts customers by the bins of a card, one at a time, by the very way that rates them. */
export function binCounts(card: PreparedScorecard) {
  const counts = card.characteristics.map((characteristic) => ({
    id: characteristic.id,
    bins: Array.from({ length: partsOf(characteristic) }, none),
    missing: none(),
  }))
  const each = (values: IndicatorValues, asOf: Day, count: (bin: BinCount) => void): void => {
    rateParty(card, values, { asOf }).points.forEach(({ bin }, at) => {
      const of = counts[at]
      const found = bin === 'missing' ? of?.missing : of?.bins[bin]
      if (found) count(found)
    })
  }
  return {
    addToday: (values: IndicatorValues, asOf: Day): void =>
      each(values, asOf, (bin) => {
        bin.customers += 1
      }),
    addJudged: (values: IndicatorValues, asOf: Day, isBad: boolean): void =>
      each(values, asOf, (bin) => {
        bin.judged += 1
        if (isBad) bin.bad += 1
      }),
    result: (): readonly CharacteristicCounts[] => counts,
  }
}

function none(): BinCount {
  return { customers: 0, judged: 0, bad: 0 }
}

function partsOf({ measure, parts }: PreparedCharacteristic): number {
  return measure.kind === 'curve' ? measure.at.length : parts.length
}
