import { type Day, earlierOf } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { divide, type Money, type Rounding } from '#kernel/money/money.ts'

/**
 * A dated exchange rate: one main unit of `from` is worth `numerator / denominator` main units of
 * `to`. The fraction is exact, positive and in lowest terms.
 */
export type ExchangeRate = {
  readonly from: Currency
  readonly to: Currency
  readonly rateOn: Day
  readonly numerator: bigint
  readonly denominator: bigint
}

/** What a rate is about, apart from its value. */
export type RateSubject = {
  readonly from: Currency
  readonly to: Currency
  readonly rateOn: Day
  /** Units of `from` the quotation is for: the State Administration quotes 100 in China. */
  readonly per?: bigint
}

/** Reads a positive plain decimal (`7.1234`) exactly; null where the text is none. */
export function parseRate(text: string, subject: RateSubject): ExchangeRate | null {
  const match = /^(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text.trim())
  if (!match) return null
  const fraction = match[2] ?? ''
  const value = BigInt(`${match[1]}${fraction}`)
  if (value === 0n) return null
  return rateOf(subject, value, 10n ** BigInt(fraction.length) * (subject.per ?? 1n))
}

/**
 * Converts an amount into minor units of the rate's currency, rounding once, and hands back the
 * rate so that whoever stores the result stores what it came from. An amount already in the
 * target currency and a rate of another pair are broken invariants.
 */
export function convert(
  amount: Money,
  rate: ExchangeRate,
  rounding: Rounding,
): { readonly money: Money; readonly rate: ExchangeRate } {
  invariant(amount.currency === rate.from, `a rate from ${rate.from} converts ${rate.from}`)
  const shift = exponentOf(rate.to) - exponentOf(rate.from)
  const up = shift > 0 ? 10n ** BigInt(shift) : 1n
  const down = shift < 0 ? 10n ** BigInt(-shift) : 1n
  const numerator = amount.minor * rate.numerator * up
  const minor = divide(numerator, rate.denominator * down, rounding)
  return { money: { minor, currency: rate.to }, rate }
}

/** The same rate read the other way: from CNY per USD to USD per CNY, exactly. */
export function invertRate(rate: ExchangeRate): ExchangeRate {
  const { from, to, rateOn, numerator, denominator } = rate
  return { from: to, to: from, rateOn, numerator: denominator, denominator: numerator }
}

/**
 * The rate from `first.from` to `second.to` over the currency both share, exactly: USD to EUR and
 * EUR to CNY give USD to CNY. It is as old as the older of the two.
 */
export function crossRate(first: ExchangeRate, second: ExchangeRate): ExchangeRate {
  invariant(first.to === second.from, `${first.to} and ${second.from} are one base currency`)
  const rateOn = earlierOf(first.rateOn, second.rateOn)
  const numerator = first.numerator * second.numerator
  const denominator = first.denominator * second.denominator
  return rateOf({ from: first.from, to: second.to, rateOn }, numerator, denominator)
}

function rateOf(subject: RateSubject, numerator: bigint, denominator: bigint): ExchangeRate {
  const { from, to, rateOn } = subject
  const common = greatestCommonDivisor(numerator, denominator)
  return { from, to, rateOn, numerator: numerator / common, denominator: denominator / common }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b]
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}
