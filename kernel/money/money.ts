import { invariant } from '#kernel/invariant.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'

/** An exact amount: whole minor units (fen, cents) of one currency. */
export type Money = { readonly minor: bigint; readonly currency: Currency }

export function money(minor: bigint, currency: Currency): Money {
  return { minor, currency }
}

export function zero(currency: Currency): Money {
  return { minor: 0n, currency }
}

export function add(a: Money, b: Money): Money {
  assertSame(a, b)
  return { minor: a.minor + b.minor, currency: a.currency }
}

export function subtract(a: Money, b: Money): Money {
  assertSame(a, b)
  return { minor: a.minor - b.minor, currency: a.currency }
}

export function negate(a: Money): Money {
  return { minor: -a.minor, currency: a.currency }
}

/** The sum of amounts of one currency; zero of that currency for none. */
export function sum(amounts: Iterable<Money>, currency: Currency): Money {
  let total = zero(currency)
  for (const amount of amounts) total = add(total, amount)
  return total
}

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`. */
export function compare(a: Money, b: Money): number {
  assertSame(a, b)
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0
}

/**
 * How a quotient that falls between two whole units is settled. `half-even` is the default of
 * accounting systems (no drift over many roundings), `half-up` rounds halves away from zero as
 * 四舍五入 does, `down` goes towards zero, `floor` towards minus infinity, `up` away from zero.
 */
export type Rounding = 'half-even' | 'half-up' | 'down' | 'floor' | 'up'

/** Divides integers and rounds the quotient as named. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  invariant(denominator !== 0n, 'a divisor is not zero')
  const negative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const quotient = n / d
  const rest = n % d
  const away = rest !== 0n && roundsAway({ quotient, twice: rest * 2n, d, negative, rounding })
  const magnitude = away ? quotient + 1n : quotient
  return negative ? -magnitude : magnitude
}

/** Multiplies an amount by the fraction `numerator / denominator`. */
export function multiply(
  amount: Money,
  numerator: bigint,
  denominator: bigint,
  rounding: Rounding,
): Money {
  return {
    minor: divide(amount.minor * numerator, denominator, rounding),
    currency: amount.currency,
  }
}

/**
 * Splits an amount by weights without losing a minor unit: largest remainder first, ties to the
 * earlier part. Weights are not negative and not all zero.
 */
export function allocate(amount: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((a, b) => a + b, 0n)
  invariant(total > 0n && weights.every((w) => w >= 0n), 'weights are >= 0 and not all zero')
  const sign = amount.minor < 0n ? -1n : 1n
  const magnitude = amount.minor * sign
  const shares = weights.map((w) => (magnitude * w) / total)
  let rest = magnitude - shares.reduce((a, b) => a + b, 0n)
  const order = weights
    .map((w, index) => ({ index, remainder: (magnitude * w) % total }))
    .sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : 0))
  for (const { index } of order) {
    if (rest === 0n) break
    shares[index] = (shares[index] ?? 0n) + 1n
    rest -= 1n
  }
  return shares.map((share) => ({ minor: share * sign, currency: amount.currency }))
}

/** The amount as a plain decimal: `-1234.50`, with the currency's own number of decimals. */
export function toDecimal(amount: Money): string {
  return scaledToDecimal(amount.minor, exponentOf(amount.currency))
}

/** An integer of `10^-decimals` units as a plain decimal: `(1250n, 2)` is `12.50`. */
export function scaledToDecimal(value: bigint, decimals: number): string {
  const sign = value < 0n ? '-' : ''
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0')
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** The amount for reading: `CNY 1,234.50`. */
export function toReadable(amount: Money): string {
  const [whole = '', fraction] = toDecimal(amount).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${amount.currency} ${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

function assertSame(a: Money, b: Money): void {
  invariant(a.currency === b.currency, `${a.currency} and ${b.currency} are not added or compared`)
}

function roundsAway(of: {
  quotient: bigint
  twice: bigint
  d: bigint
  negative: boolean
  rounding: Rounding
}): boolean {
  switch (of.rounding) {
    case 'down':
      return false
    case 'up':
      return true
    case 'floor':
      return of.negative
    case 'half-up':
      return of.twice >= of.d
    case 'half-even':
      return of.twice > of.d || (of.twice === of.d && of.quotient % 2n === 1n)
  }
}
