import type { BaseAmounts } from '#kernel/lab/past-orders.ts'
import { type Interval, intervalOf } from '#kernel/lab/uncertainty.ts'
import { openStream, unit } from '#kernel/random/random.ts'

/** What holding orders blindly, or with full hindsight, would do at the same cost in sales. */
export type Yardsticks = {
  /** Orders held by lot: the mean of many lots, and the middle 95 % of them. */
  readonly placebo: {
    readonly lossAvoided: bigint
    readonly lostPaid: bigint
    readonly interval: Interval
  }
  /** Orders held in the order of how little of them was paid. */
  readonly foresight: { readonly lossAvoided: bigint; readonly lostPaid: bigint }
}

const lots = 400

/**
 * Yardsticks beside a policy that loses so many sales more than today's, out of the orders that
 * today's policy lets through. A policy worth its trouble avoids more than the placebo does.
 */
export function yardsticksOf(
  orders: readonly BaseAmounts[],
  lostSales: bigint,
  seed: string,
): Yardsticks {
  return { placebo: placeboOf(orders, lostSales, seed), foresight: foresightOf(orders, lostSales) }
}

function placeboOf(
  orders: readonly BaseAmounts[],
  budget: bigint,
  seed: string,
): Yardsticks['placebo'] {
  const stream = openStream(seed, 'placebo')
  const [amounts, losses, paids] = (['amount', 'loss', 'paid'] as const).map((field) =>
    Float64Array.from(orders, (order) => Number(order[field])),
  ) as [Float64Array, Float64Array, Float64Array]
  const places = Uint32Array.from(orders, (_, at) => at)
  const avoided = new Float64Array(lots)
  let lostPaid = 0
  for (let lot = 0; lot < lots; lot += 1) {
    let rest = Number(budget)
    for (let at = 0; at < places.length && rest > 0; at += 1) {
      const chosen = at + Math.floor(unit(stream) * (places.length - at))
      const order = places[chosen] ?? 0
      places[chosen] = places[at] ?? 0
      places[at] = order
      // Of the last one only the part that fits: no lot costs more sales than another.
      const amount = amounts[order] ?? 0
      const share = amount > rest ? rest / amount : 1
      avoided[lot] = (avoided[lot] ?? 0) + share * (losses[order] ?? 0)
      lostPaid += share * (paids[order] ?? 0)
      rest -= amount
    }
  }
  const mean = avoided.reduce((sum, each) => sum + each, 0) / lots
  return {
    lossAvoided: BigInt(Math.round(mean)),
    lostPaid: BigInt(Math.round(lostPaid / lots)),
    interval: intervalOf(avoided),
  }
}

function foresightOf(orders: readonly BaseAmounts[], budget: bigint): Yardsticks['foresight'] {
  const byLoss = orders
    .filter(({ amount }) => amount > 0n)
    .toSorted((a, b) => Number(b.loss * a.amount - a.loss * b.amount))
  let [rest, lossAvoided, lostPaid] = [budget, 0n, 0n]
  for (const { amount, loss, paid } of byLoss) {
    if (rest <= 0n) break
    const part = amount > rest ? rest : amount
    lossAvoided += (loss * part) / amount
    lostPaid += (paid * part) / amount
    rest -= part
  }
  return { lossAvoided, lostPaid }
}
