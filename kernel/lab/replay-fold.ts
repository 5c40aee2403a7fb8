import { invariant } from '#kernel/invariant.ts'
import type { BaseAmounts } from '#kernel/lab/past-orders.ts'
import { addFates, addFigures, noFigures, type ReplayFigures } from '#kernel/lab/replay-figures.ts'
import type { Fate } from '#kernel/lab/replay-party.ts'
import {
  type CustomerEffect,
  type EffectIntervals,
  effectIntervals,
} from '#kernel/lab/uncertainty.ts'
import { type Yardsticks, yardsticksOf } from '#kernel/lab/yardsticks.ts'
import { divide } from '#kernel/money/money.ts'

/** A customer whose past was replayed under today's policies first, and then under others. */
export type ReplayedParty = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly segment: string
  readonly worlds: readonly (readonly Fate[])[]
}

/** What a set of policies does that today's does not; more loss and less lost margin are negative. */
export type Effect = CustomerEffect & {
  readonly lostSales: bigint
  readonly lostPaid: bigint
  readonly intervals: EffectIntervals
}

/** A customer on whom the second set of policies has an effect. */
export type TouchedCustomer = CustomerEffect & {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly lostSales: bigint
  /** Orders held under it, and the day of the first; null where none was. */
  readonly held: number
  readonly firstHeldDay: number | null
  /** When the first invoice fell due that was never paid; null: all were paid, or may yet be. */
  readonly firstLossDueDay: number | null
}

export type Replay = {
  readonly totals: readonly ReplayFigures[]
  /** By segment, each set of policies in order. */
  readonly segments: ReadonlyMap<string, readonly ReplayFigures[]>
  /** Of each set of policies but the first. */
  readonly effects: readonly Effect[]
  /** Beside the second set; null where it loses no more sales than today's. */
  readonly yardsticks: Yardsticks | null
  /** On whom the effect is largest, whichever way it goes. */
  readonly customers: readonly TouchedCustomer[]
}

/**
 * Adds up replayed customers one at a time. Margins are basis points of sales; `most` bounds the
 * customers that are named. The same customers in the same order give the same result.
 */
export function replayFold(of: {
  readonly monthEndDays: readonly number[]
  readonly worlds: number
  readonly marginBps: bigint
  readonly seed: string
  readonly most: number
}) {
  const { monthEndDays } = of
  invariant(of.worlds >= 2, 'something is held against today')
  const noWorlds = () => Array.from({ length: of.worlds }, () => noFigures(monthEndDays.length))
  const totals = noWorlds()
  const segments = new Map<string, ReplayFigures[]>()
  const effects: CustomerEffect[][] = totals.slice(1).map(() => [])
  const letThrough: BaseAmounts[] = []
  let customers: TouchedCustomer[] = []
  const marginOf = (sales: bigint) => divide(sales * of.marginBps, 10_000n, 'half-even')
  const add = (party: ReplayedParty): void => {
    const figures = noWorlds()
    const sums = segments.get(party.segment) ?? noWorlds()
    segments.set(party.segment, sums)
    party.worlds.forEach((fates, at) => {
      const [own, total, segment] = [figures[at], totals[at], sums[at]]
      invariant(own && total && segment, 'as many sets of policies as were told')
      addFates(own, fates, monthEndDays)
      addFigures(total, own)
      addFigures(segment, own)
    })
    const [now, ...others] = figures
    invariant(now, "today's policies come first")
    for (const { fate, order } of party.worlds[0] ?? []) {
      if (fate === 'passed' || fate === 'delayed') letThrough.push(order.base)
    }
    others.forEach((figure, at) => {
      const effect = effectOf(now, figure, marginOf)
      effects[at]?.push(effect)
      if (at > 0 || (effect.lossAvoided === 0n && effect.marginLost === 0n)) return
      customers = [...customers, touched(party, effect, now, figure)].sort(bySize).slice(0, of.most)
    })
  }
  const result = (): Replay => {
    const [now, ...others] = totals
    invariant(now, "today's policies come first")
    const lostMore = (others[0]?.lostSales ?? 0n) - now.lostSales
    return {
      totals,
      segments,
      effects: others.map((figure, at) => ({
        ...effectOf(now, figure, marginOf),
        lostSales: figure.lostSales - now.lostSales,
        lostPaid: figure.lostPaid - now.lostPaid,
        intervals: effectIntervals(effects[at] ?? [], of.seed),
      })),
      yardsticks: lostMore > 0n ? yardsticksOf(letThrough, lostMore, of.seed) : null,
      customers,
    }
  }
  return { add, result }
}

function effectOf(
  now: ReplayFigures,
  then: ReplayFigures,
  marginOf: (sales: bigint) => bigint,
): CustomerEffect {
  return {
    lossAvoided: then.lossAvoided - now.lossAvoided,
    marginLost: marginOf(then.lostPaid) - marginOf(now.lostPaid),
  }
}

function touched(
  { code, id, name, worlds }: ReplayedParty,
  effect: CustomerEffect,
  now: ReplayFigures,
  then: ReplayFigures,
): TouchedCustomer {
  const fates = worlds[1] ?? []
  const heldDays = fates.flatMap(({ heldBy, order }) => (heldBy.length > 0 ? order.issuedDay : []))
  const lossDays = fates.flatMap(({ order }) => (order.base.loss > 0n ? order.dueDay : []))
  return {
    ...{ id, code, name, ...effect },
    lostSales: then.lostSales - now.lostSales,
    held: heldDays.length,
    firstHeldDay: firstOf(heldDays),
    firstLossDueDay: firstOf(lossDays),
  }
}

function firstOf(days: readonly number[]): number | null {
  return days.length > 0 ? days.reduce((first, day) => Math.min(first, day)) : null
}

function bySize(a: TouchedCustomer, b: TouchedCustomer): number {
  const [one, other] = [sizeOf(a), sizeOf(b)]
  if (one !== other) return one > other ? -1 : 1
  return a.code < b.code ? -1 : 1
}

/** The larger of the two, whichever way it goes. */
function sizeOf({ lossAvoided, marginLost }: CustomerEffect): bigint {
  const absolute = (amount: bigint) => (amount < 0n ? -amount : amount)
  return absolute(lossAvoided) > absolute(marginLost) ? absolute(lossAvoided) : absolute(marginLost)
}
