import { openStream, type RandomStream, unit } from '#kernel/random/random.ts'

/** A figure with the interval in which it lies in 95 of 100 books like this one. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number }

/** How well chances of being bad tell bad from good, and how near they come to what happened. */
export type Quality = { readonly auc: Interval; readonly ks: Interval; readonly brier: Interval }

/** Cases in the order of their chance, a tenth of them together: what was told and what happened. */
export type CalibrationPart = {
  readonly cases: number
  readonly bads: number
  /** Mean of the told chances. */
  readonly told: number
}

export type Scored = {
  /** Chances of being bad, 0 to 1. */
  readonly chances: Float64Array
  readonly bad: Uint8Array
  /** Cases of one customer share a group. */
  readonly group: Int32Array
}

const draws = 400

/**
 * AUC, KS and Brier with intervals of 95 % by drawing groups anew, each as often as chance has it
 * (Poisson bootstrap: Hanley and MacGibbon, 2006). Months of one customer are drawn together, so
 * the intervals do not take them for so many customers. Null where one class is empty.
 */
export function qualityOf(of: Scored, seed: string): Quality | null {
  const sorted = byChance(of)
  const told = measure(sorted, null)
  if (told === null) return null
  const groups = of.group.reduce((most, each) => Math.max(most, each + 1), 0)
  const stream = openStream('quality', seed)
  const drawn = Array.from({ length: draws }, () => {
    const times = Uint8Array.from({ length: groups }, () => poissonOfOne(stream))
    return measure(sorted, times)
  }).filter((each) => each !== null)
  const interval = (name: keyof Measured) =>
    intervalOf(
      told[name],
      drawn.map((each) => each[name]),
    )
  return { auc: interval('auc'), ks: interval('ks'), brier: interval('brier') }
}

function byChance({ bad, chances, group }: Scored): Scored {
  const order = Int32Array.from(chances.keys()).sort(
    (a, b) => (chances[a] as number) - (chances[b] as number),
  )
  return {
    chances: Float64Array.from(order, (row) => chances[row] as number),
    bad: Uint8Array.from(order, (row) => bad[row] as number),
    group: Int32Array.from(order, (row) => group[row] as number),
  }
}

type Measured = { readonly auc: number; readonly ks: number; readonly brier: number }

/** Over cases from the lowest chance to the highest, each as often as its group was drawn. */
function measure({ bad, chances, group }: Scored, times: Uint8Array | null): Measured | null {
  const often = (row: number) => (times === null ? 1 : (times[group[row] as number] as number))
  let [goods, bads] = [0, 0]
  for (let row = 0; row < bad.length; row += 1) {
    if (bad[row]) bads += often(row)
    else goods += often(row)
  }
  if (goods === 0 || bads === 0) return null
  let [goodsBelow, badsBelow, ranks, squares, ks] = [0, 0, 0, 0, 0]
  for (let row = 0; row < bad.length; ) {
    const chance = chances[row] as number
    let [good, ill] = [0, 0]
    // Equal chances are one step: their order says nothing, and a pair of them counts half.
    for (; row < bad.length && chances[row] === chance; row += 1) {
      if (bad[row]) ill += often(row)
      else good += often(row)
    }
    ranks += ill * (goodsBelow + good / 2)
    squares += ill * (1 - chance) ** 2 + good * chance ** 2
    goodsBelow += good
    badsBelow += ill
    ks = Math.max(ks, Math.abs(goodsBelow / goods - badsBelow / bads))
  }
  return { auc: ranks / (goods * bads), ks, brier: squares / (goods + bads) }
}

function intervalOf(value: number, drawn: readonly number[]): Interval {
  const sorted = Float64Array.from(drawn).sort()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? value
  return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) }
}

function poissonOfOne(stream: RandomStream): number {
  let left = unit(stream)
  let share = Math.exp(-1)
  let times = 0
  while (left > share && times < 12) {
    left -= share
    times += 1
    share /= times
  }
  return times
}

/** Told chances beside what happened, in tenths of the cases by their chance. */
export function calibrationParts({ bad, chances }: Omit<Scored, 'group'>): CalibrationPart[] {
  const order = [...chances.keys()].sort((a, b) => (chances[a] ?? 0) - (chances[b] ?? 0))
  const parts = Math.min(10, order.length)
  return Array.from({ length: parts }, (_, part) => {
    const rows = order.slice(
      Math.floor((part * order.length) / parts),
      Math.floor(((part + 1) * order.length) / parts),
    )
    const sum = rows.reduce((total, row) => total + (chances[row] ?? 0), 0)
    return {
      cases: rows.length,
      bads: rows.reduce((total, row) => total + (bad[row] ?? 0), 0),
      told: sum / Math.max(1, rows.length),
    }
  })
}
