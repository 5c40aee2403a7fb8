import { divide } from '#kernel/money/money.ts'

/** A running sum that ends as null once a part of it is unknown. */
export type Tally = { total: bigint; isKnown: boolean }

export function openTally(): Tally {
  return { total: 0n, isKnown: true }
}

export function tallyUp(tally: Tally, part: bigint | null): void {
  if (part === null) tally.isKnown = false
  else tally.total += part
}

export function totalOf(tally: Tally): bigint | null {
  return tally.isKnown ? tally.total : null
}

/** A quotient with `decimals` places, half-even; null where a side is unknown or nothing divides. */
export function quotient(
  numerator: bigint | null,
  denominator: bigint | null,
  decimals: number,
): bigint | null {
  if (numerator === null || denominator === null || denominator <= 0n) return null
  return divide(numerator * 10n ** BigInt(decimals), denominator, 'half-even')
}
