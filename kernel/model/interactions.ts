import { type Bins, binColumn, placesIn, sizeOf } from '#kernel/model/bins.ts'
import { foldWeightsOf } from '#kernel/model/fold-weights.ts'
import { chance } from '#kernel/model/logistic.ts'
import type { TrainingTable } from '#kernel/model/table.ts'

/** Two characteristics that together tell more than their sum: a weight per pair of bins. */
export type Interaction = {
  readonly first: number
  readonly second: number
  /** Log-odds to add per pair of coarse bins: position in the first × size of the second + second. */
  readonly weights: Float64Array
}

/** Columns in a few coarse bins, as interactions see them. */
export type Coarse = { readonly bins: Bins; readonly places: Int32Array; readonly size: number }

const coarseBins = 6

export function coarseOf(table: TrainingTable): Coarse[] {
  const rules = {
    directions: ['none'] as const,
    preBins: 20,
    maxBins: coarseBins,
    minCases: table.bad.length * 0.02,
    minBads: 3,
    minGoods: 3,
  }
  return table.columns.map((column) => {
    const bins = binColumn(column, table.bad, rules)
    return { bins, places: placesIn(column, bins), size: sizeOf(bins) }
  })
}

/** The pair of coarse bins of each row; -1 where one has none. */
export function pairPlaces(
  a: Pick<Coarse, 'places'>,
  b: Pick<Coarse, 'places' | 'size'>,
): Int32Array {
  const places = new Int32Array(a.places.length)
  for (let row = 0; row < places.length; row += 1) {
    const first = a.places[row] as number
    const second = b.places[row] as number
    places[row] = first < 0 || second < 0 ? -1 : first * b.size + second
  }
  return places
}

/** How many imagined cases without any effect draw a pair's weight to 0, in p (1 − p). */
const caution = 2

export type FoundInteraction = Interaction & { readonly column: Float64Array }

/**
 * The pairs that tell most of what the model so far leaves over (a score test per pair, as in
 * GA2M: Lou, Caruana, Gehrke and Hooker, KDD 2013), each less twice its number of bins, as chance
 * alone would give about once. The weights are one Newton step per pair of bins, by folds.
 */
export function findInteractions(
  of: {
    readonly coarse: readonly Coarse[]
    readonly bad: Uint8Array
    readonly folds: { readonly of: Int32Array; readonly count: number }
  },
  logOdds: Float64Array,
  known: readonly Interaction[],
  most: number,
): FoundInteraction[] {
  const rest = new Float64Array(logOdds.length)
  const room = new Float64Array(logOdds.length)
  for (let row = 0; row < rest.length; row += 1) {
    const p = chance(logOdds[row] as number)
    rest[row] = (of.bad[row] as number) - p
    room[row] = p * (1 - p)
  }
  const isKnown = new Set(known.map(({ first, second }) => `${first} ${second}`))
  const gains: { first: number; second: number; gain: number }[] = []
  for (const [first, a] of of.coarse.entries()) {
    for (let second = first + 1; second < of.coarse.length; second += 1) {
      const b = of.coarse[second]
      if (!b || isKnown.has(`${first} ${second}`)) continue
      const gain = gainOf(a, b, rest, room)
      if (gain > 0) gains.push({ first, second, gain })
    }
  }
  gains.sort((x, y) => y.gain - x.gain || x.first - y.first || x.second - y.second)
  return gains.slice(0, most).flatMap(({ first, second }) => {
    const a = of.coarse[first]
    const b = of.coarse[second]
    if (!a || !b) return []
    const found = foldWeightsOf(pairPlaces(a, b), of.folds, a.size * b.size, {
      first: rest,
      second: room,
      weigh: (rests, rooms) => rests.map((sum, at) => sum / ((rooms[at] as number) + caution)),
    })
    return [{ first, second, ...found }]
  })
}

function gainOf(a: Coarse, b: Coarse, rest: Float64Array, room: Float64Array): number {
  const size = a.size * b.size
  const rests = new Float64Array(size)
  const rooms = new Float64Array(size)
  const firsts = a.places
  const seconds = b.places
  for (let row = 0; row < rest.length; row += 1) {
    const first = firsts[row] as number
    const second = seconds[row] as number
    if (first < 0 || second < 0) continue
    const place = first * b.size + second
    rests[place] = (rests[place] as number) + (rest[row] as number)
    rooms[place] = (rooms[place] as number) + (room[row] as number)
  }
  let gain = 0
  for (let place = 0; place < size; place += 1) {
    const sum = rests[place] as number
    const weight = (rooms[place] as number) + caution
    gain += sum ** 2 / weight - (2 * (rooms[place] as number)) / weight
  }
  return gain
}
