export type ScaledReading =
  | { readonly kind: 'scaled'; readonly value: bigint }
  | { readonly kind: 'not-a-decimal' }
  | { readonly kind: 'too-precise' }

/** Thirty digits are more than any amount, share or count needs, and keep integers small. */
const maximumLength = 32

/**
 * Reads a plain decimal (`-12.50`) as a whole number of `10^-decimals` units, exactly: more
 * decimals than there is room for are an outcome, never a rounding; zeros at the end are no matter.
 */
export function parseScaled(text: string, decimals: number): ScaledReading {
  const match = text.length <= maximumLength ? /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) : null
  if (!match) return { kind: 'not-a-decimal' }
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) return { kind: 'too-precise' }
  const magnitude = BigInt(`${match[2]}${fraction.padEnd(decimals, '0')}`)
  return { kind: 'scaled', value: match[1] === '-' ? -magnitude : magnitude }
}

/** A share such as `12.5%` in basis points (1250); more than two decimals are too precise. */
export function parseShare(text: string): ScaledReading {
  return text.endsWith('%') ? parseScaled(text.slice(0, -1), 2) : { kind: 'not-a-decimal' }
}
