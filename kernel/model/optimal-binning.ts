import { type BinCounts, evidenceOf } from '#kernel/model/evidence.ts'

/** How the bad rate goes over rising values: `peak` rises then falls, `valley` the other way. */
export type Direction = 'ascending' | 'descending' | 'peak' | 'valley' | 'none'

export type BinningRules = {
  /** The best of these by information value; of equals the first. */
  readonly directions: readonly Direction[]
  readonly maxBins: number
  /** Fewest cases, bads and goods of each bin. */
  readonly minCases: number
  readonly minBads: number
  readonly minGoods: number
}

/** Positions of the last pre-bin of each bin, rising, and the information value they keep. */
export type Binning = {
  readonly direction: Direction
  readonly ends: readonly number[]
  readonly iv: number
}

/**
 * Merges neighbouring pre-bins so that the information value is the greatest there is under the
 * rules: exact, by dynamic programming over the last bin, whose predecessors are kept sorted by bad
 * rate with running maxima, so that a step is a look-up. O(n² (log n + k)) for n pre-bins and k
 * bins; the formulation is that of optimal binning (Navas-Palencia, arXiv 2001.08025), solved
 * without an integer program. `shares` are the goods and bads of the whole table, missing and
 * special ones too. One bin of direction `none` where the rules allow no other.
 */
export function optimalBinning(
  pre: readonly BinCounts[],
  rules: BinningRules,
  shares: BinCounts,
): Binning {
  const states = statesOf(pre, rules, shares)
  let best: Binning | undefined
  for (const direction of rules.directions) {
    const found = bestOf(states, direction, Math.min(rules.maxBins, pre.length))
    if (found && found.iv > (best?.iv ?? Number.NEGATIVE_INFINITY) + 1e-12) best = found
  }
  if (best) return best
  let good = 0
  let bad = 0
  for (const each of pre) {
    good += each.good
    bad += each.bad
  }
  const iv = pre.length === 0 ? 0 : evidenceOf({ good, bad }, shares).iv
  return { direction: 'none', ends: [pre.length - 1], iv }
}

/** Bins that the rules allow, by last pre-bin and then by rising bad rate. */
type States = {
  readonly count: number
  readonly first: Int32Array
  readonly iv: Float64Array
  /** Where those that end in a pre-bin begin; one more than there are pre-bins. */
  readonly offset: Int32Array
  /** Last predecessor whose rate is not above, first whose rate is not below, last of all. */
  readonly notAbove: Int32Array
  readonly notBelow: Int32Array
  readonly any: Int32Array
}

/** The rate is the weight of evidence, so that smoothing keeps what is declared of its order. */
type Found = { readonly first: number; readonly rate: number; readonly iv: number }

function statesOf(pre: readonly BinCounts[], rules: BinningRules, shares: BinCounts): States {
  const byLast = pre.map((_, last) => {
    const ending: Found[] = []
    let good = 0
    let bad = 0
    for (let first = last; first >= 0; first -= 1) {
      good += pre[first]?.good ?? 0
      bad += pre[first]?.bad ?? 0
      if (good + bad < rules.minCases || bad < rules.minBads || good < rules.minGoods) continue
      if (good + bad === 0) continue
      const { woe, iv } = evidenceOf({ good, bad }, shares)
      ending.push({ first, rate: woe, iv })
    }
    return ending.sort((a, b) => a.rate - b.rate)
  })
  const all = byLast.flat()
  const size = all.length
  const states: States = {
    count: pre.length,
    first: new Int32Array(size),
    iv: new Float64Array(size),
    offset: new Int32Array(pre.length + 1),
    notAbove: new Int32Array(size),
    notBelow: new Int32Array(size),
    any: new Int32Array(size),
  }
  for (const [last, ending] of byLast.entries()) {
    states.offset[last + 1] = (states.offset[last] as number) + ending.length
  }
  const rates = new Float64Array(size)
  for (let s = 0; s < size; s += 1) {
    const state = all[s] as Found
    rates[s] = state.rate
    states.first[s] = state.first
    states.iv[s] = state.iv
  }
  for (let s = 0; s < size; s += 1) placePredecessors(states, rates, s)
  return states
}

function placePredecessors(states: States, rates: Float64Array, s: number): void {
  const first = states.first[s] as number
  const from = first === 0 ? 0 : (states.offset[first - 1] as number)
  const to = first === 0 ? 0 : (states.offset[first] as number)
  const rate = rates[s] as number
  const below = firstNotBelow(rates, from, to, rate)
  let above = below
  while (above < to && rates[above] === rate) above += 1
  states.notAbove[s] = above > from ? above - 1 : -1
  states.notBelow[s] = below < to ? below : -1
  states.any[s] = to > from ? to - 1 : -1
}

/** The first place of a sorted stretch whose rate is not below this one, by halving. */
function firstNotBelow(rates: Float64Array, from: number, to: number, rate: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rates[middle] as number) < rate) low = middle + 1
    else high = middle
  }
  return low
}

/** `rise`: after a bin no lower rate follows. A peak is a rise, then a fall. */
type Way = 'rise' | 'fall' | 'any'

const waysOf: Readonly<Record<Direction, readonly [Way, Way | null]>> = {
  ascending: ['rise', null],
  descending: ['fall', null],
  peak: ['rise', 'fall'],
  valley: ['fall', 'rise'],
  none: ['any', null],
}

/** The best sums of paths that end in each state with so many bins, and the state before it. */
type Layer = {
  readonly value: Float64Array
  readonly from: Int32Array
  /** True where the state before belongs to the second way too. */
  readonly stays: Uint8Array
}

function bestOf(states: States, direction: Direction, maxBins: number): Binning | undefined {
  const [first, second] = waysOf[direction]
  const before: Layer[] = []
  const after: Layer[] = []
  let best: { iv: number; bins: number; turned: boolean; state: number } | undefined
  for (let layer = 0; layer < maxBins; layer += 1) {
    const last = before[layer - 1]
    before.push(last ? extended(states, first, last) : opening(states))
    if (second) {
      after.push(last ? extended(states, second, last, after[layer - 1]) : emptyLayer(states))
    }
    for (const turned of [false, true]) {
      const values = (turned ? after : before)[layer]?.value
      if (!values) continue
      for (let s = states.offset[states.count - 1] ?? 0; s < values.length; s += 1) {
        const iv = values[s] as number
        if (iv > (best?.iv ?? Number.NEGATIVE_INFINITY))
          best = { iv, bins: layer, turned, state: s }
      }
    }
  }
  if (!best) return undefined
  return { direction, ends: endsOf(states, { before, after }, best), iv: best.iv }
}

function emptyLayer({ iv }: States): Layer {
  return {
    value: new Float64Array(iv.length).fill(Number.NEGATIVE_INFINITY),
    from: new Int32Array(iv.length),
    stays: new Uint8Array(iv.length),
  }
}

function opening(states: States): Layer {
  const layer = emptyLayer(states)
  for (let s = 0; s < states.iv.length; s += 1) {
    if (states.first[s] === 0) layer.value[s] = states.iv[s] as number
  }
  return layer
}

/** Paths with one more bin, going a way on from `last`, or from those that go it already. */
function extended(states: States, way: Way, last: Layer, going?: Layer): Layer {
  const layer = emptyLayer(states)
  const places = { rise: states.notAbove, fall: states.notBelow, any: states.any }[way]
  const bestAt = runningBest(states, way === 'fall', last, going)
  for (let s = 0; s < states.iv.length; s += 1) {
    const place = places[s] as number
    if (place < 0) continue
    const from = bestAt[place] as number
    const stays = going ? (going.value[from] as number) > (last.value[from] as number) : false
    const value = (stays && going ? going : last).value[from] as number
    layer.value[s] = value + (states.iv[s] as number)
    layer.from[s] = from
    layer.stays[s] = stays ? 1 : 0
  }
  return layer
}

/** For each state the best among those of its end up to it, or from it on. */
function runningBest(states: States, fromEnd: boolean, last: Layer, going?: Layer): Int32Array {
  const { offset } = states
  const bestAt = new Int32Array(last.value.length)
  const values = going ? greaterOf(last.value, going.value) : last.value
  for (let end = 0; end < states.count; end += 1) {
    const start = offset[end] as number
    const stop = offset[end + 1] as number
    let best = fromEnd ? stop - 1 : start
    for (let step = 0; step < stop - start; step += 1) {
      const s = fromEnd ? stop - 1 - step : start + step
      if ((values[s] as number) > (values[best] as number)) best = s
      bestAt[s] = best
    }
  }
  return bestAt
}

function greaterOf(a: Float64Array, b: Float64Array): Float64Array {
  const greater = new Float64Array(a.length)
  for (let s = 0; s < a.length; s += 1) greater[s] = Math.max(a[s] as number, b[s] as number)
  return greater
}

function endsOf(
  states: States,
  layers: { readonly before: readonly Layer[]; readonly after: readonly Layer[] },
  best: { bins: number; turned: boolean; state: number },
): number[] {
  const ends: number[] = []
  let { turned, state } = best
  let end = states.count - 1
  for (let layer = best.bins; layer >= 0; layer -= 1) {
    ends.push(end)
    end = (states.first[state] ?? 0) - 1
    const of = (turned ? layers.after : layers.before)[layer]
    turned = turned && of?.stays[state] === 1
    state = of?.from[state] ?? 0
  }
  return ends.reverse()
}
