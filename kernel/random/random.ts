import { at } from '#kernel/random/element-at.ts'

/** The state of one stream of pseudo-random numbers; drawing from it moves it on. */
export type RandomStream = { a: number; b: number; c: number; d: number }

/**
 * Opens the stream that belongs to a seed and the labels of what is drawn (party, purpose). Streams
 * of different labels are independent, so drawing more for one party changes no other. The
 * generator is sfc32 (Chris Doty-Humphrey, PractRand), seeded by two 32-bit multiplicative hashes
 * of the text.
 */
export function openStream(...labels: readonly (string | number)[]): RandomStream {
  const text = labels.join('/')
  let low = 0xdeadbeef
  let high = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit16 = text.charCodeAt(i)
    low = Math.imul(low ^ unit16, 2654435761)
    high = Math.imul(high ^ unit16, 1597334677)
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  const stream = { a: low | 0, b: high | 0, c: (low ^ 0x9e3779b9) | 0, d: 1 }
  for (let i = 0; i < 12; i++) unit(stream)
  return stream
}

/** A fraction in [0, 1), in steps of 2^-32. */
export function unit(stream: RandomStream): number {
  const t = (((stream.a + stream.b) | 0) + stream.d) | 0
  stream.d = (stream.d + 1) | 0
  stream.a = stream.b ^ (stream.b >>> 9)
  stream.b = (stream.c + (stream.c << 3)) | 0
  stream.c = (((stream.c << 21) | (stream.c >>> 11)) + t) | 0
  return (t >>> 0) / 4294967296
}

/** A whole number from `low` to `high`, both included. */
export function integerBetween(stream: RandomStream, low: number, high: number): number {
  return low + Math.floor(unit(stream) * (high - low + 1))
}

/** True with the given probability. */
export function chance(stream: RandomStream, probability: number): boolean {
  return unit(stream) < probability
}

export function pick<T>(stream: RandomStream, list: readonly T[]): T {
  return at(list, Math.floor(unit(stream) * list.length))
}

/** One value of a table of values and weights; weights need not sum to one. */
export function pickWeighted<T>(stream: RandomStream, table: readonly (readonly [T, number])[]): T {
  let total = 0
  for (const [, weight] of table) total += weight
  let rest = unit(stream) * total
  for (const [value, weight] of table) {
    rest -= weight
    if (rest < 0) return value
  }
  return at(table, table.length - 1)[0]
}

/**
 * Nearly standard normal: the sum of four uniforms, scaled to variance 1, so never beyond ±3.47.
 * Sums are exact on every machine, which logarithms and cosines need not be.
 */
export function normal(stream: RandomStream): number {
  return (unit(stream) + unit(stream) + unit(stream) + unit(stream) - 2) * 1.7320508075688772
}
