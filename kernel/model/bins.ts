import { type BinCounts, evidenceOf } from '#kernel/model/evidence.ts'
import { fineClassing } from '#kernel/model/fine-classing.ts'
import { type BinningRules, type Direction, optimalBinning } from '#kernel/model/optimal-binning.ts'
import type { Column } from '#kernel/model/table.ts'

/**
 * The bins of a column: first those of values, then one per special value, then that of missing
 * ones. A category that was never seen is in none of them.
 */
export type Bins = {
  readonly id: string
  readonly direction: Direction
  readonly values:
    | { readonly kind: 'number'; readonly cuts: readonly number[] }
    | { readonly kind: 'category'; readonly levelsOf: readonly (readonly number[])[] }
  readonly special: readonly number[]
  /** In the order of the bins, all of them. */
  readonly counts: readonly BinCounts[]
  readonly iv: number
}

export type BinRules = BinningRules & { readonly preBins: number }

/** Bins a column by the greatest information value that the rules allow. */
export function binColumn(column: Column, bad: Uint8Array, rules: BinRules): Bins {
  const fine = fineClassing(column, rules.preBins)
  const special = column.kind === 'number' ? (column.special ?? []) : []
  const fineValues =
    fine.kind === 'number' ? fine : { ...fine, levelsOf: fine.levels.map((level) => [level]) }
  const unmerged = { values: fineValues, special }
  const all = countsOf(placesIn(column, unmerged), bad, sizeOf(unmerged))
  const shares = sumOf(all)
  const valueBins = all.length - special.length - 1
  const order = orderOf(fine.kind, all.slice(0, valueBins), shares)
  const pre = order.map((at) => all[at] ?? none)
  const directions = fine.kind === 'category' ? (['ascending'] as const) : rules.directions
  const best = optimalBinning(pre, { ...rules, directions }, shares)
  const values =
    fine.kind === 'number'
      ? {
          kind: 'number' as const,
          cuts: best.ends.slice(0, -1).map((end) => fine.cuts[end] ?? Number.POSITIVE_INFINITY),
        }
      : {
          kind: 'category' as const,
          levelsOf: best.ends.map((end, at) =>
            order
              .slice((best.ends[at - 1] ?? -1) + 1, end + 1)
              .map((level) => fine.levels[level] ?? -1),
          ),
        }
  const counts = best.ends.map((end, at) =>
    sumOf(pre.slice((best.ends[at - 1] ?? -1) + 1, end + 1)),
  )
  return described(column.id, best.direction, { values, special }, [
    ...counts,
    ...all.slice(valueBins),
  ])
}

const none: BinCounts = { good: 0, bad: 0 }

/** Categories have no order of their own: they are merged from the best to the worst. */
function orderOf(kind: Column['kind'], counts: readonly BinCounts[], all: BinCounts): number[] {
  const places = counts.map((_, at) => at)
  if (kind === 'number') return places
  const woe = counts.map((each) => evidenceOf(each, all).woe)
  return places.sort((a, b) => (woe[a] ?? 0) - (woe[b] ?? 0) || a - b)
}

function described(
  id: string,
  direction: Direction,
  of: Pick<Bins, 'values' | 'special'>,
  counts: readonly BinCounts[],
): Bins {
  const shares = sumOf(counts)
  const iv = counts.reduce((sum, each) => sum + evidenceOf(each, shares).iv, 0)
  return { id, direction, ...of, counts, iv }
}

type Places = Pick<Bins, 'values' | 'special'>

/** Values, special ones and missing: how many bins there are. */
export function sizeOf({ values, special }: Places): number {
  const own = values.kind === 'number' ? values.cuts.length + 1 : values.levelsOf.length
  return own + special.length + 1
}

/** The bin of each row; -1 for a category that has none. */
export function placesIn(column: Column, bins: Places): Int32Array {
  const { values, special } = bins
  const missing = sizeOf(bins) - 1
  if (column.kind === 'category' || values.kind === 'category') {
    const codes = column.kind === 'category' ? column.codes : new Int32Array(0)
    const levelsOf = values.kind === 'category' ? values.levelsOf : []
    const binOf = new Map(levelsOf.flatMap((levels, bin) => levels.map((level) => [level, bin])))
    return codes.map((code) => (code < 0 ? missing : (binOf.get(code) ?? -1)))
  }
  const cuts = Float64Array.from(values.cuts)
  const specialFrom = cuts.length + 1
  const places = new Int32Array(column.values.length)
  for (let row = 0; row < places.length; row += 1) {
    const value = column.values[row] as number
    const code = special.length > 0 ? special.indexOf(value) : -1
    if (Number.isNaN(value)) places[row] = missing
    else if (code >= 0) places[row] = specialFrom + code
    else places[row] = placeAmong(cuts, value)
  }
  return places
}

function placeAmong(cuts: Float64Array, value: number): number {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cuts[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

function countsOf(places: Int32Array, bad: Uint8Array, size: number): BinCounts[] {
  const goods = new Float64Array(size)
  const bads = new Float64Array(size)
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row] as number
    if (place < 0) continue
    const of = bad[row] ? bads : goods
    of[place] = (of[place] as number) + 1
  }
  return Array.from(goods, (good, at) => ({ good, bad: bads[at] ?? 0 }))
}

export function sumOf(counts: readonly BinCounts[]): BinCounts {
  let good = 0
  let bad = 0
  for (const each of counts) {
    good += each.good
    bad += each.bad
  }
  return { good, bad }
}

/**
 * Merges a bin of values with the next one by hand and tells what information value that costs.
 * Bins of special and missing values stay apart.
 */
export function mergeBins(bins: Bins, at: number): { bins: Bins; lost: number } {
  const { values, counts } = bins
  const own = values.kind === 'number' ? values.cuts.length + 1 : values.levelsOf.length
  if (!Number.isInteger(at) || at < 0 || at + 1 >= own) return { bins, lost: 0 }
  const merged =
    values.kind === 'number'
      ? { ...values, cuts: values.cuts.toSpliced(at, 1) }
      : {
          ...values,
          levelsOf: values.levelsOf.toSpliced(at, 2, values.levelsOf.slice(at, at + 2).flat()),
        }
  const together = sumOf(counts.slice(at, at + 2))
  const after = described(
    bins.id,
    bins.direction,
    { values: merged, special: bins.special },
    counts.toSpliced(at, 2, together),
  )
  return { bins: after, lost: bins.iv - after.iv }
}
