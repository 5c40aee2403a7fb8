export type Unit = '1' | '10000'

/**
 * A decimal text as people read it: `1,234,567.80`, or in units of 10,000 (万元) `123.46`, rounded
 * half away from zero. Decimal text in, decimal text out: no number ever stands for an amount.
 */
export function amountText(amount: string, unit: Unit = '1'): string {
  const isNegative = amount.startsWith('-')
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.')
  const [shownWhole, shownFraction] =
    unit === '1' ? [whole, fraction] : inTenThousands(whole, fraction)
  const grouped = (shownWhole ?? '0').replace(/\B(?=(\d{3})+$)/g, ',')
  const digits = shownFraction ? `${grouped}.${shownFraction}` : grouped
  const isZero = /^[0.,]*$/.test(digits)
  return isNegative && !isZero ? `-${digits}` : digits
}

function inTenThousands(whole: string, fraction: string): [string, string] {
  const digits = BigInt(whole + fraction)
  const scale = 10n ** BigInt(fraction.length + 2)
  const hundredths = (digits + scale / 2n) / scale
  const text = hundredths.toString().padStart(3, '0')
  return [text.slice(0, -2), text.slice(-2)]
}

/** Below zero, zero or above, as the first amount is less than, equal to or more than the second. */
export function compareAmounts(one: string, other: string): number {
  const [a, b] = [scaled(one), scaled(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** How much a part is of a whole, in whole percent, rounded down so that only all of it is 100. */
export function percentOf(part: string, whole: string): number {
  const all = scaled(whole)
  return all <= 0n ? 0 : Number((scaled(part) * 100n) / all)
}

/** In units of 10^-8, which is finer than any currency. */
function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(8, '0'))
}

/** The sign of a decimal text: -1, 0 or 1. */
export function signOf(amount: string): -1 | 0 | 1 {
  if (/^-?[0.]*$/.test(amount)) return 0
  return amount.startsWith('-') ? -1 : 1
}

/** What part is of whole in basis points, rounded half away from zero; null of nothing. */
export function shareBps(part: string, whole: string): number | null {
  const [a, b] = [part, whole].map(scaled) as [bigint, bigint]
  if (b === 0n) return null
  const sign = a < 0n !== b < 0n ? -1 : 1
  const [n, d] = [a < 0n ? -a : a, b < 0n ? -b : b]
  return sign * Number((2n * n * 10_000n + d) / (2n * d))
}

/** The sum of decimal texts, with as many decimals as the one that has most. */
export function sumAmounts(amounts: readonly string[]): string {
  const decimals = Math.max(0, ...amounts.map((text) => text.split('.')[1]?.length ?? 0))
  const total = amounts.reduce((sum, text) => sum + scaled(text), 0n)
  const digits = (total < 0n ? -total : total).toString().padStart(9, '0')
  const text = `${total < 0n ? '-' : ''}${digits.slice(0, -8)}`
  return decimals === 0 ? text : `${text}.${digits.slice(-8).slice(0, decimals)}`
}

export function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`
}
