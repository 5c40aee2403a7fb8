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

/** The sign of a decimal text: -1, 0 or 1. */
export function signOf(amount: string): -1 | 0 | 1 {
  if (/^-?[0.]*$/.test(amount)) return 0
  return amount.startsWith('-') ? -1 : 1
}
