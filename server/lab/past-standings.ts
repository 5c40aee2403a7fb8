import { addDays, addMonths, type Day, endOfMonth, toEpochDay } from '#kernel/calendar/day.ts'
import type { PartyProfile } from '#kernel/document/variants.ts'
import type { IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { Standing } from '#kernel/lab/replay-party.ts'
import type { CurrentLimit } from '#kernel/limit/limit-decision.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { RateBook } from '#server/company/public.ts'
import { decideUnder } from '#server/lab/decide-parties.ts'
import type { PolicySet } from '#server/policy/public.ts'

/** The days on which a past is rated: the eve of its first day, and the end of each month after it. */
export function ratingDays(from: Day, through: Day): Day[] {
  const eve = addDays(from, -1)
  const days = [eve]
  for (let end = endOfMonth(from); end < through; end = endOfMonth(addMonths(end, 1))) {
    if (end > eve) days.push(end)
  }
  return days
}

/**
 * The standings of one customer under several sets of policies as months go by. Sets that rate and
 * grant alike share theirs.
 */
export class PastStandings {
  readonly #sets: readonly PolicySet[]
  readonly #standings: Standing[][]
  readonly #current: (CurrentLimit | null)[]
  readonly #like: readonly number[]

  constructor(sets: readonly PolicySet[]) {
    this.#sets = sets
    this.#standings = sets.map(() => [])
    this.#current = sets.map(() => null)
    this.#like = sets.map((set) =>
      sets.findIndex(({ limits, scoring }) => scoring === set.scoring && limits === set.limits),
    )
  }

  /** Rates with what was known at the end of a day; it counts from the next. */
  rate(
    known: {
      readonly currency: Currency
      readonly values: IndicatorValues
      readonly profile: PartyProfile
    },
    on: { readonly asOf: Day; readonly rates: RateBook },
  ): void {
    this.#sets.forEach((set, at) => {
      if (this.#like[at] !== at) return
      const { limit, outcome } = decideUnder(
        set,
        {
          ...{ currency: known.currency, grade: '', builtIn: known.values },
          ...{ override: null, current: this.#current[at] ?? null, profile: known.profile },
        },
        on,
      )
      if (limit.kind === 'decided') this.#current[at] = keptSince(limit, this.#current[at] ?? null)
      const { grade, limit: amount } = outcome
      this.#standings[at]?.push({ fromDay: toEpochDay(on.asOf) + 1, grade, limit: amount })
    })
  }

  /** Of a set, by its place. */
  of(at: number): readonly Standing[] {
    return this.#standings[this.#like[at] ?? at] ?? []
  }
}

function keptSince(
  limit: { readonly amount: CurrentLimit['amount']; readonly change: string; readonly asOf: Day },
  before: CurrentLimit | null,
): CurrentLimit {
  const isKept = limit.change === 'unchanged' && before !== null
  return { amount: limit.amount, grantedOn: isKept ? before.grantedOn : limit.asOf }
}
